"""One release of an archive, cleaned: what it says and when it said so."""

import html
import re
from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime, time
from email.utils import parsedate_to_datetime

__all__ = ["Piece", "dated", "plain", "timed"]

_TAG = re.compile(r"<[^<>]*>")
_SPACES = re.compile(r"\s+")


@dataclass(frozen=True, slots=True)
class Piece:
    """One release.

    Attributes:
        place: What it was taken from, for messages.
        title: Plain text, one line; empty where it had none.
        body: Markdown.
        date: When it first appeared, or None where it does not say.
        tags: Its categories, as they were.
        dropped: What stayed behind, one line each.
        timed: Whether its date says an hour; a midnight mostly stands for the day alone.
    """

    place: str
    title: str
    body: str
    date: datetime | None
    tags: tuple[str, ...] = ()
    dropped: tuple[str, ...] = ()
    timed: bool = True


def plain(markup: str) -> str:
    """Return the text of a title: one line, without markup, whatever it was escaped with."""
    text = html.unescape(_TAG.sub(" ", html.unescape(markup)))
    printable = "".join(each for each in text if each.isprintable() or each.isspace())
    return _SPACES.sub(" ", printable).strip()


def dated(text: str) -> datetime | None:
    """Return a date as feeds and pages write it, or None; one without a zone is in UTC."""
    found = _read(text)
    if found is None:
        return None
    return (found if found.tzinfo else found.replace(tzinfo=UTC)).astimezone(UTC)


def timed(text: str) -> bool:
    """Tell whether a date says an hour, by the clock that it was written by."""
    found = _read(text)
    return found is not None and found.time() != time()


def _read(text: str) -> datetime | None:
    for read in (datetime.fromisoformat, parsedate_to_datetime):
        with suppress(ValueError, TypeError):
            return read(text.strip())
    return None
