"""Exercise marks: the words that tell a drill from the real thing.

Hawaii (2018) and Pickering (2020) sent drill texts to the public. A live launch therefore
refuses every mark of an exercise, and a drill refuses words and pages without one.
"""

import re
from collections.abc import Iterator

from sparetire.rules.base import Built, Draft, Sight
from sparetire.rules.lines import matches, newest_words
from sparetire.rules.pages import pages

__all__ = ["MARKS", "exercise_shown", "exercise_unmarked", "exercise_word", "unmarked_page"]

MARKS = {"fr": "EXERCICE", "en": "EXERCISE"}
"""How a drill marks what it says; a language without a word here is marked in English."""

_NAMES = "exercise|exercice|drill|simulation"
_MARK = re.compile(
    "|".join(
        (
            r"\bEXERCISE\b(?! CAUTION| YOUR)",
            r"\bEXERCICE\b(?! FINANCIER| BUDGÉTAIRE| BUDGETAIRE)",
            r"\b(?:DRILL|SIMULATION)\b",
            # "A test of our values" is about character, not about a drill.
            rf"(?i:\bthis is (?:only )?an? (?:test|{_NAMES})\b(?! of (?:our|your|their)\b))",
            rf"(?i:\bceci (?:est|n['\u2019]est) (?:qu['\u2019])?une? (?:test|{_NAMES})\b)",
            r"(?i:\bc['\u2019]est (?:seulement )?une? (?:exercice|simulation)\b)",
            r"(?i:\b(?:exercise|drill|exercice|simulation) (?:only|seulement|purposes only)\b)",
            rf"(?i:[\[(](?:{_NAMES}|test)[\])])",
            rf"(?i:^[^\w\n]*(?:{_NAMES})\s?[:\u2013\u2014-](?!\w))",
        )
    ),
    re.MULTILINE,
)
_DENIAL = re.compile(
    r"(?i:\bnot an? (?:drill|exercise|test|simulation)\b"
    r"|\bn['\u2019]est pas une? (?:exercice|test|simulation)\b)"
)
# A denial is matched first, so that the mark inside it is not seen on its own.
_EITHER = re.compile(f"{_DENIAL.pattern}|{_MARK.pattern}", re.MULTILINE)
# Most lines hold nothing of the kind, and this search is ten times faster.
_HINT = re.compile("exerci|drill|simulation|test", re.IGNORECASE)
_REMEDY = (
    "For the real thing, take the mark out or put it in other words; "
    "to rehearse, use `sparetire drill`."
)
_MARKING = "A drill marks everything itself: take out what removed the mark."


def exercise_word(draft: Draft) -> Iterator[Sight]:
    """A live launch says neither EXERCISE nor EXERCICE: it would be taken for a drill."""
    for line, found in () if draft.exercise else matches(draft, _EITHER):
        if not _DENIAL.fullmatch(found):
            yield line.place, f"{found.strip()!r} marks this text as an exercise.", _REMEDY


def exercise_shown(built: Built) -> Iterator[Sight]:
    """No page of a live edition shows an exercise mark, whichever file it came from."""
    for page in () if built.settings.exercise else pages(built):
        lines = (line for line in page.text.split("\n") if _HINT.search(line))
        found = (match.group() for line in lines for match in _EITHER.finditer(line))
        marks = dict.fromkeys(mark.strip() for mark in found if not _DENIAL.fullmatch(mark))
        for mark in marks:
            yield page.path, f"The page says {mark!r}, as an exercise would.", _REMEDY


def exercise_unmarked(draft: Draft) -> Iterator[Sight]:
    """In a drill, title and text each carry the mark: either may be copied alone."""
    if not draft.exercise:
        return
    for code, words in newest_words(draft).items():
        mark = MARKS.get(code, MARKS["en"])
        for part, text in (("title", words.title), ("content", words.body)):
            if mark not in text:
                yield f"{part} ({code})", f"The mark {mark} is missing.", _MARKING


def unmarked_page(built: Built) -> Iterator[Sight]:
    """Every page of a drill says so in each language of the site, and hides from searches."""
    if not built.settings.exercise:
        return
    wanted = {MARKS.get(language.code, MARKS["en"]) for language in built.settings.languages}
    for page in pages(built):
        for mark in sorted(wanted):
            if mark not in page.text:
                yield page.path, f"The page does not say {mark}.", _MARKING
        if not page.hidden:
            yield page.path, "Search engines could find the page of a drill.", _MARKING
