"""The text of a release: opening, length, quotes, sentences, links."""

import re
from collections.abc import Iterator

from sparetire.rules.base import Sight
from sparetire.rules.folding import count_words
from sparetire.rules.releases.base import ReleaseDraft, most
from sparetire.rules.releases.shape import links_in, paragraphs, prose, quotes, sentences

__all__ = [
    "embargo_line",
    "lead",
    "lead_long",
    "length",
    "links",
    "quote",
    "quote_long",
    "sentences_long",
    "too_short",
]

LEAD, LEAD_WHOLE, LEAD_FEWEST = 40, 60, 15
SHORTEST, SHORT, LONG = 80, 300, 800
QUOTED, SENTENCE = 3, 25
EXTERNAL = 5
_BLIND = re.compile(r"\b(?:click here|here|cliquez ici|ici)\b", re.IGNORECASE)
_EMBARGO = re.compile(
    r"\b(?:sous embargo|embargo(?:ed)? (?:until|jusqu)|under embargo|ne pas publier avant"
    r"|not for publication before|hold for release)",
    re.IGNORECASE,
)


def lead(draft: ReleaseDraft) -> Iterator[Sight]:
    """The first paragraph has 15 to 40 words: who, what, where, when.

    Severity: warning. Source: PR News, anatomy of an online news release.
    Fails: Grande nouvelle aujourd’hui. · Big news today.
    Passes: Minéraux Boréal doublera en 2027 la longueur de son quai de Sept-Îles, sur la
    Côte-Nord. · Boreal Minerals will double the length of its Sept-Îles quay, on the North
    Shore, in 2027.
    """
    for code, file, wording in draft.texts():
        count = count_words(next(iter(paragraphs(wording.body)), ""))
        longest = most(LEAD, code)
        if not LEAD_FEWEST <= count <= longest and count <= most(LEAD_WHOLE, code):
            yield (
                f"{file}, first paragraph",
                f"The first paragraph has {count} words, not {LEAD_FEWEST} to {longest}.",
                "Say who does what, where and when, and nothing else yet.",
            )


def lead_long(draft: ReleaseDraft) -> Iterator[Sight]:
    """The first paragraph has no more than 60 words: what comes later is not read there.

    Severity: error. Source: PR News, anatomy of an online news release.
    Fails: a first paragraph of half a page, in either language
    Passes: two short sentences
    """
    for code, file, wording in draft.texts():
        count = count_words(next(iter(paragraphs(wording.body)), ""))
        if count > most(LEAD_WHOLE, code):
            yield (
                f"{file}, first paragraph",
                f"The first paragraph has {count} words; {most(LEAD_WHOLE, code)} is the most.",
                "Cut it in two: the news first, the circumstances after.",
            )


def too_short(draft: ReleaseDraft) -> Iterator[Sight]:
    """A text has at least 80 words: search engines took shorter ones for no article.

    Severity: error. Source: Google News, article extraction errors.
    Fails: three lines, in either language
    Passes: 80 words or more
    """
    for _, file, wording in draft.texts():
        count = count_words(prose(wording.body))
        if count < SHORTEST:
            wrong = f"The text has {count} words; {SHORTEST} is the least."
            yield file, wrong, "Say why and how, and quote somebody."


def length(draft: ReleaseDraft) -> Iterator[Sight]:
    """A text has 300 to 800 words.

    Severity: warning. Source: PR News, anatomy of an online news release.
    Fails: 150 words · 1,500 words
    Passes: 400 words
    """
    for code, file, wording in draft.texts():
        count, longest = count_words(prose(wording.body)), most(LONG, code)
        if SHORTEST <= count < SHORT or count > longest:
            yield (
                file,
                f"The text has {count} words, not {SHORT} to {longest}.",
                "Add what a journalist would ask next, or link to the long document.",
            )


def quote(draft: ReleaseDraft) -> Iterator[Sight]:
    """One or two quotes, each with a name and a title after a dash.

    Severity: warning. Source: PR News, anatomy of an online news release.
    Fails: > « Un grand jour. » · > “A great day.”
    Passes: > « Un grand jour. » / > — Ana Roy, directrice du port ·
    > “A great day.” / > — Ana Roy, harbour manager
    """
    for _, file, wording in draft.texts():
        found = quotes(wording.body)
        remedy = "Write > before each line, and > — Name, title on the last one."
        if not found:
            yield file, "Nobody is quoted.", remedy
        for one in found:
            if "," not in one.who:
                told = f"{one.text[:40]}…"
                yield file, f"The quote {told!r} names nobody with a title.", remedy


def quote_long(draft: ReleaseDraft) -> Iterator[Sight]:
    """A quote has at most three sentences: the press cuts the rest, where it likes.

    Severity: warning. Source: GOV.UK, news stories and press releases.
    Fails: a quote of five sentences, in either language
    Passes: a quote of two
    """
    for _, file, wording in draft.texts():
        for one in quotes(wording.body):
            count = len(sentences(one.text))
            if count > QUOTED:
                wrong = f"The quote of {one.who or 'nobody'} has {count} sentences."
                yield file, wrong, "Keep the one that should be printed."


def sentences_long(draft: ReleaseDraft) -> Iterator[Sight]:
    """Sentences have 25 words or fewer on average.

    Severity: info. Source: GOV.UK content design, sentence length.
    Fails: sentences of forty words, in either language
    Passes: sentences of fifteen
    """
    for code, file, wording in draft.texts():
        found = sentences(" ".join(paragraphs(wording.body)))
        if not found:
            continue
        mean = sum(map(count_words, found)) / len(found)
        if mean > most(SENTENCE, code):
            yield file, f"Sentences have {mean:.0f} words on average.", "Cut the longest ones."


def links(draft: ReleaseDraft) -> Iterator[Sight]:
    """Links say where they lead, and there are at most five.

    Severity: warning. Source: WCAG 2.2, 2.4.4.
    Fails: [cliquez ici](https://…) · [click here](https://…)
    Passes: [le plan du quai](https://…) · [the plan of the quay](https://…)
    """
    for _, file, wording in draft.texts():
        found = links_in(wording.body)
        for words, address in found:
            if _BLIND.fullmatch(words.strip()):
                wrong = f"The link to {address} only says {words!r}."
                yield file, wrong, "Name what it leads to."
        if len(found) > EXTERNAL:
            yield file, f"There are {len(found)} links.", f"Keep the {EXTERNAL} that matter."


def embargo_line(draft: ReleaseDraft) -> Iterator[Sight]:
    """A public text says nothing of an embargo: who reads it later would think it still holds.

    Severity: error. Source: OQLF, communiqué.
    Fails: SOUS EMBARGO jusqu’au 1er mars · EMBARGOED until March 1
    Passes: no such line; write embargo = "2027-03-01 09:00" in the head instead
    """
    for _, file, wording in draft.texts():
        if found := _EMBARGO.search(f"{wording.title}\n{wording.summary}\n{wording.body}"):
            yield (
                file,
                f"The text speaks of an embargo: {found.group()!r}",
                'Take that line out and write embargo = "…" in the head.',
            )
