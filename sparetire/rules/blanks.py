"""Blanks and placeholders: text that was meant to be replaced before anybody read it.

In 2012 a company's results went out with "PENDING LARRY QUOTE" in them, and trading stopped.
"""

import re
from collections.abc import Iterator

from sparetire.rules.base import Built, Draft, Sight
from sparetire.rules.lines import draft_lines, matches
from sparetire.rules.pages import pages

__all__ = ["blank_open", "blank_shown", "placeholder_in", "placeholder_left"]

_BLANK = re.compile(r"\{\{[^{}\n]*\}\}|\{\{|\}\}")

_CAPITAL = "A-ZÀ-ÖØ-ÞŒ"
# Every repetition has a limit: no text, however odd, may hold up a launch.
_NO_LINK = r"(?![(\[:])"  # [TEXT](url), [TEXT][ref] and "[TEXT]: url" are Markdown links
_PLACEHOLDERS = (
    # [DATE], [NOM DU LIEU], [2 PHONE NUMBERS]: capitals in brackets.
    rf"\[(?=[^\]]{{0,80}}[{_CAPITAL}]{{2}})[{_CAPITAL}0-9 .,;:!?'\u2019/&_-]{{2,80}}\]"
    + _NO_LINK,
    # [insert the name here], [votre nom], [date]: an instruction in brackets.
    r"(?i:\[(?:insert|insérer|inserer|fill in|remplir|[àa] compléter|[àa] completer|to be |tbc|"
    r"your [\w-]+|votre [\w-]+|vos [\w-]+)[^\]]{0,80}\])" + _NO_LINK,
    r"(?i:\[(?:date|heure|time|name|nom|lieu|place|location|number|numéro)\])" + _NO_LINK,
    r"(?i:\bX{3,}\b)",
    r"\bXX\b",
    r"\b(?:XYZ|TODO|TBD|TBC|FIXME|TKTK)\b",
    r"\bTK\b(?! [A-Z][a-z])",  # TK Elevator is a company
    r"(?i:\blorem\b(?: ipsum\b)?)",
    r"\?{3,}",
    r"(?<=\S )_{4,}|(?<!_)_{4,}(?= \S)",  # "Le ____ novembre", but not a Markdown rule
    r"(?i:\binsert\b[^.!?\n]{0,60}\bhere\b)",
    r"(?i:\bins[ée]rer\b[^.!?\n]{0,60}\bici\b)",
    # "un formulaire à compléter" is a sentence; these are marks.
    r"[ÀA] COMPL[ÉE]TER\b",
    r"(?i:(?<=[(:\u2013\u2014-])\s*[àa] compl[ée]ter\b(?=\W*$|\)))",
    r"(?i:^[\s*>_-]*[àa] compl[ée]ter\W*$)",
)
_PLACEHOLDER = re.compile("|".join(_PLACEHOLDERS))
_DEFINITION = re.compile(r"^ {0,3}\[([^\]]+)\]:", re.MULTILINE)


def placeholder_in(text: str) -> str:
    """Return the first blank or placeholder of a plain text, or nothing."""
    found = _BLANK.search(text) or _PLACEHOLDER.search(text)
    return found.group() if found else ""


def blank_open(draft: Draft) -> Iterator[Sight]:
    """No ``{{ blank }}`` is left: a reader would see the hole in the statement."""
    for line, found in matches(draft, _BLANK):
        name = found.strip("{} ") or "…"
        yield (
            line.place,
            f"The blank {found} is still open.",
            f"Fill it with --set '{name}=…', or take it out of the text.",
        )


def placeholder_left(draft: Draft) -> Iterator[Sight]:
    """No [DATE], XXX, TODO, lorem ipsum or "insert … here" is left."""
    defined = {
        f"[{name}]" for line in draft_lines(draft) for name in _DEFINITION.findall(line.text)
    }
    for line, found in matches(draft, _PLACEHOLDER):
        if found not in defined:
            yield (
                line.place,
                f"{found.strip()!r} looks like a placeholder.",
                "Write what belongs there, or put it in other words.",
            )


def blank_shown(built: Built) -> Iterator[Sight]:
    """No page shows ``{{`` or ``}}``: a blank forgotten in a skeleton, not in a draft."""
    for page in pages(built):
        for found in dict.fromkeys(_BLANK.findall(page.text)):
            yield (
                page.path,
                f"The page shows an open blank: {found}",
                "Fill or remove the blank in the skeleton's page.",
            )
