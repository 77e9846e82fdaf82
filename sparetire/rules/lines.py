"""A draft read line by line, so that a finding can name the line it stands on."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sparetire.model.incident import Words
from sparetire.rules.base import Draft

__all__ = ["Line", "Part", "draft_lines", "matches", "newest_words"]


_ESCAPE = re.compile(r"\\(?=[!-/:-@\[-`{-~])")  # CommonMark 0.31, section 2.4


class Part(StrEnum):
    """Where in the words a line stands."""

    TITLE = "title"
    SUMMARY = "summary"
    BODY = "body"
    KEYWORDS = "keywords"
    SLUG = "slug"


@dataclass(frozen=True, slots=True)
class Line:
    """One line that somebody wrote, and how to tell them which."""

    part: Part
    code: str
    text: str
    place: str


def newest_words(draft: Draft) -> dict[str, Words]:
    """Return the words that are about to go out, by language."""
    return draft.incident.statements[-1].words


def draft_lines(draft: Draft) -> Iterator[Line]:
    """Yield everything that a reader or a search engine would get to see."""
    for code, words in newest_words(draft).items():
        yield Line(Part.TITLE, code, words.title, f"title ({code})")
        yield Line(Part.SUMMARY, code, words.summary, f"summary ({code})")
        source = draft.places.get(code, f"content ({code})")
        # Not splitlines(): it would swallow the very control characters that we look for.
        for number, text in enumerate(words.body.split("\n"), start=1):
            yield Line(Part.BODY, code, text.removesuffix("\r"), f"{source}, line {number}")
    yield from _sheet_lines(draft)
    for code, keywords in draft.incident.keywords.items():
        for keyword in keywords:
            yield Line(Part.KEYWORDS, code, keyword, f"keywords ({code})")
    for code, slug in draft.incident.slugs.items():
        yield Line(Part.SLUG, code, slug, f"slug ({code})")


def _sheet_lines(draft: Draft) -> Iterator[Line]:
    for name, sheet in draft.incident.sheets.items():
        for code, body in sheet.body.items():
            for number, text in enumerate(body.split("\n"), start=1):
                yield Line(Part.BODY, code, text, f"{name} ({code}), line {number}")


def matches(
    draft: Draft, pattern: re.Pattern[str], *, unescaped: bool = False
) -> Iterator[tuple[Line, str]]:
    """Yield each line with each text in it that matches, once.

    A summary is usually the start of the body: what stands in both is told for the body.

    Args:
        draft: What is looked at.
        pattern: What is looked for.
        unescaped: Look at letters as readers see them, without Markdown's backslashes.
    """
    words = newest_words(draft)
    for line in draft_lines(draft):
        text = _ESCAPE.sub("", line.text) if unescaped else line.text
        for match in pattern.finditer(text):
            found = match.group()
            if line.part is not Part.SUMMARY or found not in words[line.code].body:
                yield line, found
