"""Characters that nobody sees and that change what is read.

Bidirectional marks reorder a title (CVE-2021-42574, "Trojan Source"), zero-width characters
break a search, control characters break feeds (XML 1.0, section 2.2).
"""

import re
import unicodedata
from collections.abc import Iterator

from sparetire.rules.base import Draft, Sight
from sparetire.rules.lines import Part, matches

__all__ = ["INVISIBLE", "bidi_mark", "control_character", "zero_width", "zero_width_body"]

_BIDI = re.compile("[\u202a-\u202e\u2066-\u2069]")
_ZERO_WIDTH = re.compile("[\u00ad\u180e\u200b-\u200d\u2060\ufeff]")
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufffe\uffff]")
INVISIBLE = re.compile(f"{_BIDI.pattern}|{_ZERO_WIDTH.pattern}|{_CONTROL.pattern}")


def bidi_mark(draft: Draft) -> Iterator[Sight]:
    """No mark reverses the reading order: it can make a title say something else."""
    for line, found in matches(draft, _BIDI):
        yield (
            line.place,
            f"There is an invisible mark that reverses text: {_named(found)}.",
            "Delete it, or type the words again instead of pasting them.",
        )


def zero_width(draft: Draft) -> Iterator[Sight]:
    """No invisible character stands in title, keywords or slug: no search would find them."""
    for line, found in matches(draft, _ZERO_WIDTH):
        if line.part in {Part.TITLE, Part.KEYWORDS, Part.SLUG}:
            yield _invisible(line.place, found)


def zero_width_body(draft: Draft) -> Iterator[Sight]:
    """Invisible characters in the text are usually left over from pasting."""
    for line, found in matches(draft, _ZERO_WIDTH):
        if line.part in {Part.BODY, Part.SUMMARY}:
            yield _invisible(line.place, found)


def control_character(draft: Draft) -> Iterator[Sight]:
    """No control character is in the words: one of them makes a whole feed unreadable."""
    for line, found in matches(draft, _CONTROL):
        yield (
            line.place,
            f"There is a control character: {_named(found)}.",
            "Delete it, or type the words again instead of pasting them.",
        )


def _invisible(place: str, found: str) -> Sight:
    return (
        place,
        f"There is an invisible character: {_named(found)}.",
        "Delete it, or type the word again instead of pasting it.",
    )


def _named(character: str) -> str:
    name = unicodedata.name(character, "")
    return f"U+{ord(character):04X} {name}".rstrip()
