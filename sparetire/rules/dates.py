"""Dates that cannot be, or that nobody can have meant.

In 2008 a story that was six years old, and bore no date, halved an airline's share.
"""

import re
from collections.abc import Iterator
from datetime import date, timedelta

from sparetire.rules.base import Draft, Sight
from sparetire.rules.folding import fold
from sparetire.rules.lines import Line, Part, draft_lines

__all__ = ["date_far", "date_impossible"]

FAR = timedelta(days=366)
_MONTHS = (
    "janvier fevrier mars avril mai juin juillet aout septembre octobre novembre decembre",
    "january february march april may june july august september october november december",
)
_DAYS = (
    "lundi mardi mercredi jeudi vendredi samedi dimanche",
    "monday tuesday wednesday thursday friday saturday sunday",
)
_MONTH = {name: at for row in _MONTHS for at, name in enumerate(row.split(), start=1)}
_WEEKDAY = {name: at for row in _DAYS for at, name in enumerate(row.split())}
_NAME, _WEEK = "|".join(_MONTH), "|".join(_WEEKDAY)
_WORDS = re.compile(
    rf"\b(?:(?P<week>{_WEEK}),? )?(?:the |le )?(?:"
    rf"(?P<day>\d{{1,2}})(?:er)? (?P<month>{_NAME})\b"
    rf"|(?P<name>{_NAME}) (?P<number>\d{{1,2}})(?:st|nd|rd|th)?\b)"
    r"(?:,? (?P<year>\d{4})\b)?"
)
_NUMBERS = re.compile(r"\b(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})\b")
_CLOCK = re.compile(r"\b(?P<hour>\d{1,2}) ?(?:h ?|:)(?P<minute>\d{2})\b")


def date_impossible(draft: Draft) -> Iterator[Sight]:
    """No date or hour is out of the calendar or off the clock: 30 February, 25:10."""
    for line in _said(draft):
        text = _plain(line)
        for match in (*_WORDS.finditer(text), *_NUMBERS.finditer(text)):
            if wrong := _wrong(match, _today(draft)):
                yield line.place, f"{match.group()!r} {wrong}", "Correct the date."
        for match in _CLOCK.finditer(text):
            if int(match["hour"]) > 24 or int(match["minute"]) > 59:  # noqa: PLR2004  a clock
                yield line.place, f"{match.group()!r} is no hour.", "Correct the hour."


def date_far(draft: Draft) -> Iterator[Sight]:
    """A date more than a year away, before or after, is usually last year's text."""
    today = _today(draft)
    for line in _said(draft):
        text = _plain(line)
        for match in (*_WORDS.finditer(text), *_NUMBERS.finditer(text)):
            day = _date(match, today)
            if day and match["year"] and abs(day - today) > FAR:
                yield (
                    line.place,
                    f"{match.group()!r} is more than a year away.",
                    "Make sure that this date is meant.",
                )


def _said(draft: Draft) -> Iterator[Line]:
    return (line for line in draft_lines(draft) if line.part in {Part.TITLE, Part.BODY})


def _plain(line: Line) -> str:
    return re.sub("[\u00a0\u202f]", " ", fold(line.text))


def _today(draft: Draft) -> date:
    return draft.incident.statements[-1].published.date()


def _parts(match: re.Match[str], today: date) -> tuple[int, int, int]:
    named = match.groupdict()
    year = int(match["year"] or today.year)
    if "name" not in named:
        return year, int(match["month"]), int(match["day"])
    month = _MONTH[match["month"] or match["name"]]
    return year, month, int(match["day"] or match["number"])


def _date(match: re.Match[str], today: date) -> date | None:
    try:
        return date(*_parts(match, today))
    except ValueError:
        return None


def _wrong(match: re.Match[str], today: date) -> str:
    year, month, number = _parts(match, today)
    day = _date(match, today)
    if day is None:
        leap = not match["year"] and (month, number) == (2, 29)
        return "" if leap else "is in no calendar."
    week = match.groupdict().get("week")
    # Without a year the next or the last such day may be meant.
    years = [year] if match["year"] else [year - 1, year, year + 1]
    meant = [_weekday(each, month, number) for each in years]
    if week and _WEEKDAY[week] not in meant:
        return f"is another day of the week in {year}."
    return ""


def _weekday(year: int, month: int, number: int) -> int | None:
    try:
        return date(year, month, number).weekday()
    except ValueError:
        return None
