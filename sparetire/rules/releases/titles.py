"""Title, summary, address: what lists, feeds and search results show of a release."""

import re
from collections.abc import Iterator

from sparetire.rules.base import Sight
from sparetire.rules.releases.base import ReleaseDraft, most

__all__ = [
    "address_taken",
    "address_words",
    "summary",
    "title_short",
    "title_shout",
    "title_twice",
]

SHORTEST = 30
_SHOUTED = re.compile(r"\b[A-ZÀ-ÖØ-Þ]{4,}\b(?:\s+\b[A-ZÀ-ÖØ-Þ]{2,}\b){2,}|!|https?://|www\.")
_SHORT, _LONG = 50, 160
_FEWEST, _MOST = 3, 8


def title_short(draft: ReleaseDraft) -> Iterator[Sight]:
    """A title of 30 characters or more says who does what: lists show nothing else.

    Severity: warning. Source: GOV.UK content design, titles.
    Fails: Nouvelle · News
    Passes: Le port de Sept-Îles s’agrandit en 2027 · The port of Sept-Îles grows in 2027
    """
    for _, file, wording in draft.texts():
        if len(wording.title) < SHORTEST:
            yield (
                f"{file}, title",
                f"The title has {len(wording.title)} characters.",
                "Say who does what: 40 to 65 characters.",
            )


def title_shout(draft: ReleaseDraft) -> Iterator[Sight]:
    """A title has no run of capitals, no exclamation mark and no address.

    Severity: warning. Source: PR News, anatomy of an online news release.
    Fails: GRANDE NOUVELLE POUR LE PORT! · BIG NEWS FOR US!
    Passes: Le port de Sept-Îles s’agrandit · The port of Sept-Îles grows
    """
    for _, file, wording in draft.texts():
        if found := _SHOUTED.search(wording.title):
            yield f"{file}, title", f"The title shouts: {found.group()}", "Say it calmly."


def title_twice(draft: ReleaseDraft) -> Iterator[Sight]:
    """No two releases share a title: nobody could tell them apart in a list.

    Severity: warning. Source: WCAG 2.2, 2.4.2.
    Fails: Résultats du trimestre, twice · Quarterly results, twice
    Passes: Résultats du premier trimestre de 2027 · Results for the first quarter of 2027
    """
    for code, file, wording in draft.texts():
        for other in draft.others:
            if code in other.wordings and other.wordings[code].title == wording.title:
                yield f"{file}, title", f"{other.name} has the same title.", "Tell them apart."


def summary(draft: ReleaseDraft) -> Iterator[Sight]:
    """A summary has 50 to 160 characters, ends as a sentence, and is not the title again.

    Severity: warning. Source: GOV.UK content design, summaries.
    Fails: Le port s’agrandit · The port grows
    Passes: Le quai de Sept-Îles doublera de longueur d’ici à la fin de 2027. ·
    The Sept-Îles quay will double in length by the end of 2027.
    """
    for code, file, wording in draft.texts():
        text, longest = wording.summary, most(_LONG, code)
        remedy = "Write one or two sentences that a list or a search result can show."
        if not _SHORT <= len(text) <= longest:
            wrong = f"The summary has {len(text)} characters, not {_SHORT} to {longest}."
            yield f"{file}, summary", wrong, remedy
        elif not text.endswith((".", "!", "?", "…", "»", "”")):
            yield f"{file}, summary", "The summary does not end as a sentence.", remedy
        elif text.rstrip(".").lower() == wording.title.rstrip(".").lower():
            yield f"{file}, summary", "The summary says the title again.", remedy


def address_words(draft: ReleaseDraft) -> Iterator[Sight]:
    """An address has three to eight words: people read it in a message before they open it.

    Severity: warning. Source: our own practice.
    Fails: port · news
    Passes: port-sept-iles-agrandi · port-sept-iles-grows
    """
    for code, file, _ in draft.texts():
        slug = draft.release.slug(code)
        if not _FEWEST <= len(slug.split("-")) <= _MOST:
            yield (
                f"{file}, slug",
                f"The address {slug!r} has {len(slug.split('-'))} words.",
                "Take three to eight words of the title.",
            )


def address_taken(draft: ReleaseDraft) -> Iterator[Sight]:
    """No two releases share an address: one would replace the other.

    Severity: error. Source: our own practice.
    Fails: slug = "port-agrandi" twice · slug = "port-grows" twice
    Passes: port-agrandi-2027 · port-grows-2027
    """
    for code, file, _ in draft.texts():
        for other in draft.others:
            if code in other.wordings and other.slug(code) == draft.release.slug(code):
                yield (
                    f"{file}, slug",
                    f"{other.name} has the same address: {other.slug(code)}",
                    "Add a word or the year to the slug of the newer one.",
                )
