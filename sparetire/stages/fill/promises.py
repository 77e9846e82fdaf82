"""When the next update is promised: ``30m``, ``2h``, ``15:30``, ``15 h 30`` or a whole date."""

import re
from datetime import UTC, datetime, timedelta, tzinfo

from sparetire.errors import UsageFault

__all__ = ["LONGEST", "read_promise"]

LONGEST = timedelta(days=14)  # a later promise is a date typed wrongly
_SPAN = re.compile(r"(?:(\d{1,3})\s*h)?\s*(?:(\d{1,3})\s*m(?:in)?)?", re.IGNORECASE)
_HOUR = re.compile(r"(\d{1,2})\s*(?:h|:)\s*(\d{2})|(\d{1,2})\s+h", re.IGNORECASE)


def read_promise(text: str, said: datetime, zone: tzinfo) -> datetime | None:
    """Return the promised instant, counted from when the statement was said.

    The same text and the same statement always give the same instant, whenever it is read.
    An hour alone is the next such hour on the organisation's clock; nothing promises nothing.

    Raises:
        UsageFault: The text is no time, or not one between the statement and two weeks later.
    """
    text = text.strip()
    if not text:
        return None
    promised = _after(text, said) or _next_hour(text, said, zone) or _date(text, zone)
    if promised is None:
        raise UsageFault(
            f"--next {text!r} is no time.",
            why="It is a span (30m, 2h), an hour (15:30) or a date (2026-11-24T15:30).",
            then="Give the time again: --next 30m",
        )
    if not said < promised <= said + LONGEST:
        local = promised.astimezone(zone)
        raise UsageFault(
            f"--next {text!r} is {local:%Y-%m-%d %H:%M}.",
            why="An update is promised for after the statement, within two weeks of it.",
            then="Give the time again: --next 30m",
        )
    return promised


def _after(text: str, said: datetime) -> datetime | None:
    # "15 h 30" is an hour of the day in French, "2h30m" a span.
    found = _SPAN.fullmatch(text)
    if not found or not (found[1] or found[2]) or _HOUR.fullmatch(text):
        return None
    return said + timedelta(hours=int(found[1] or 0), minutes=int(found[2] or 0))


def _next_hour(text: str, said: datetime, zone: tzinfo) -> datetime | None:
    found = _HOUR.fullmatch(text)
    if not found:
        return None
    local = said.astimezone(zone)
    try:
        clock = local.replace(
            hour=int(found[1] or found[3]), minute=int(found[2] or 0), second=0, fold=0
        )
    except ValueError:
        return None
    if clock <= local:  # both on the same wall clock
        clock += timedelta(days=1)
    return clock.astimezone(UTC)


def _date(text: str, zone: tzinfo) -> datetime | None:
    try:
        given = datetime.fromisoformat(text)
    except ValueError:
        return None
    return (given if given.tzinfo else given.replace(tzinfo=zone)).astimezone(UTC)
