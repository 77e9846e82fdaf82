"""Keywords do work: people find the page by them, so they must stand where readers look."""

import re
from collections.abc import Iterator, Sequence

from sparetire.model.incident import Kind, Words
from sparetire.rules.base import Draft, Sight
from sparetire.rules.folding import count_words, phrase_words
from sparetire.rules.lines import newest_words

__all__ = ["keyword_stuffed", "keyword_unused"]

STUFFED = 0.05  # share of the text, above which search engines take a word for spam
OFTEN = 4  # times; in a short statement fewer say nothing about spam

_HEADING = re.compile(r"^ {0,3}#{1,6}\s+(.+)$")
_UNDERLINE = re.compile(r"^ {0,3}(?:=+|-+)\s*$")


def keyword_unused(draft: Draft) -> Iterator[Sight]:
    """Each keyword stands in the title, the first heading or the first paragraph.

    That is the work of the first statement; the next ones share its page.
    """
    if draft.incident.statements[-1].kind is not Kind.STATEMENT:
        return
    for code, words in newest_words(draft).items():
        shown = [phrase_words(text) for text in (words.title, *_opening(words.body))]
        for keyword in draft.incident.keywords.get(code, ()):
            phrase = phrase_words(keyword)
            if phrase and not any(_occurrences(phrase, text) for text in shown):
                yield (
                    f"keywords ({code})",
                    f"{keyword!r} is in neither title, first heading nor first paragraph.",
                    "Use the keyword there, or leave it out.",
                )


def keyword_stuffed(draft: Draft) -> Iterator[Sight]:
    """No keyword is more than one word in twenty: search engines punish it, readers too."""
    for code, words in newest_words(draft).items():
        text, length = _text(words), count_words(words.body) + count_words(words.title)
        for keyword in draft.incident.keywords.get(code, ()):
            times = _occurrences(phrase_words(keyword), text)
            if times >= OFTEN and times / length > STUFFED:
                yield (
                    f"keywords ({code})",
                    f"The keyword {keyword!r} ({code}) stands {times} times in {length} words.",
                    "Say it less often: three times are enough.",
                )


def _text(words: Words) -> list[str]:
    return phrase_words(f"{words.title}\n{words.body}")


def _opening(body: str) -> tuple[str, str]:
    """Return the first heading and the first paragraph of a Markdown text."""
    heading = paragraph = ""
    for block in re.split(r"\n\s*\n", body.replace("\r\n", "\n").strip()):
        lines = block.split("\n")
        if title := _HEADING.match(lines[0]):
            heading = heading or title[1]
            lines = lines[1:]
        elif len(lines) > 1 and _UNDERLINE.match(lines[1]):
            heading = heading or lines[0]
            lines = lines[2:]
        paragraph = paragraph or "\n".join(lines).strip()
        if heading and paragraph:
            break
    return heading, paragraph


def _occurrences(phrase: Sequence[str], text: Sequence[str]) -> int:
    if not phrase:
        return 0
    size = len(phrase)
    return sum(text[at : at + size] == phrase for at in range(len(text) - size + 1))
