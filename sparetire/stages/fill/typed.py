"""Reads the answers that a person typed, each by the type of its blank."""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from decimal import Decimal, InvalidOperation
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from sparetire.config.scenario import Blank, BlankType
from sparetire.model.language import Language
from sparetire.rules.blanks import placeholder_in
from sparetire.stages.fill.facts import Fact, Link, Moment, Number, Person, Phone, Worded

__all__ = ["Asked", "read_answer", "read_phone"]

LONGEST = 1000  # characters of one answer
ROUND = 5  # minutes: nobody promises 15 h 33
HELD = timedelta(minutes=2)  # the clock of whoever saw it may be ahead of ours

_GROUPED = re.compile(r"[+-]?\d{1,3}(?:[\s\u00a0\u202f,]\d{3})+(?:\.\d+)?")
_HOUR = re.compile(r"(\d{1,2})\s*(?:h|:)\s*(\d{2})?\s*([ap]\.?m\.?)?|(\d{1,2})\s*([ap]\.?m\.?)")
_MINUTES = re.compile(r"(\d{1,3})\s*m(?:in)?\.?")
_PHONE = re.compile(r"\+?[\d\s().\u00a0-]+")
# ITU-T E.164: at most 15 digits; three are an emergency or information line (911, 811).
_PHONE_DIGITS = range(3, 16)
_NOON = 12


@dataclass(frozen=True, slots=True)
class Asked:
    """What an answer is read against.

    Attributes:
        languages: The site's languages.
        zone: The zone in which a time without one is meant.
        now: The present instant.
    """

    languages: tuple[Language, ...]
    zone: ZoneInfo
    now: datetime


def read_answer(blank: Blank, raw: object, asked: Asked) -> Fact:
    """Return the fact that an answer states.

    Raises:
        ValueError: It is none of the blank's type; the message says what would be.
    """
    return _READERS[blank.type](blank, raw, asked)


def _worded(blank: Blank, raw: object, asked: Asked) -> Fact:
    del blank
    if not isinstance(raw, dict):
        if len(asked.languages) > 1:
            message = "needs its words in every language: " + " and ".join(
                f".{each.code}" for each in asked.languages
            )
            raise ValueError(message)
        raw = {asked.languages[0].code: raw}
    return Worded(_by_language(raw, asked))


def _same(blank: Blank, raw: object, asked: Asked) -> Fact:
    del blank
    if isinstance(raw, dict):
        return Worded(_by_language(raw, asked))
    return Worded({each.code: _line(raw) for each in asked.languages})


def _number(blank: Blank, raw: object, asked: Asked) -> Fact:
    del blank, asked
    text = str(raw).strip()
    if _GROUPED.fullmatch(text):
        text = re.sub(r"[\s\u00a0\u202f,]", "", text)
    try:
        value = Decimal(text.replace(",", "."))
    except InvalidOperation:
        value = Decimal("NaN")
    if isinstance(raw, bool) or not value.is_finite() or abs(value) >= Decimal(10) ** 15:
        message = f"{text!r} is no number, such as 9000"
        raise ValueError(message)
    return Number(value)


def _moment(blank: Blank, raw: object, asked: Asked) -> Fact:
    at = raw if isinstance(raw, datetime) else None
    if isinstance(raw, time):
        at = _nearest(raw, blank, asked)
    if at is None:
        at = _typed_moment(str(raw).strip().lower(), blank, asked)
    instant = (at if at.tzinfo else at.replace(tzinfo=asked.zone)).astimezone(UTC)
    if blank.when == "past" and instant > asked.now + HELD:
        message = f"{raw} has not come yet"
        raise ValueError(message)
    if blank.when == "future" and instant <= asked.now:
        message = f"{raw} is past: nobody can promise it"
        raise ValueError(message)
    return Moment(instant, asked.zone)


def read_phone(text: str) -> str:
    """Return the digits of a phone number, with + where it was written.

    Raises:
        ValueError: It is none.
    """
    digits = re.sub(r"[^\d+]", "", text)
    if not _PHONE.fullmatch(text) or len(digits.lstrip("+")) not in _PHONE_DIGITS:
        message = f"{text!r} is no phone number, such as +1 418 555-0142"
        raise ValueError(message)
    return digits


def _phone(blank: Blank, raw: object, asked: Asked) -> Fact:
    del blank, asked
    return Phone(read_phone(str(raw).strip()))


def _link(blank: Blank, raw: object, asked: Asked) -> Fact:
    urls = _same(blank, raw, asked)
    for language in asked.languages:
        url = urls.told(language)
        parts = urlsplit(url)
        plain = parts.hostname and not parts.username and not re.search(r"[\s<>\\\"]", url)
        if parts.scheme != "https" or not plain:
            message = f"{url!r} is no address that begins with https://"
            raise ValueError(message)
    return Link({each.code: urls.told(each) for each in asked.languages})


def _choice(blank: Blank, raw: object, asked: Asked) -> Fact:
    words = blank.options.get(str(raw).strip())
    if words is None:
        message = f"{raw!r} is none of: {', '.join(blank.options)}"
        raise ValueError(message)
    return Worded(_by_language(dict(words), asked))


def _person(blank: Blank, raw: object, asked: Asked) -> Fact:
    del blank
    if not isinstance(raw, dict):
        return Person(_line(raw))
    if unknown := raw.keys() - {"name", "role"}:
        message = f"has no {', '.join(sorted(unknown))}: only .name and .role"
        raise ValueError(message)
    if "role" not in raw:
        return Person(_line(raw.get("name", "")))
    role = raw["role"]
    if not isinstance(role, dict):
        role = {asked.languages[0].code: role}
    return Person(_line(raw.get("name", "")), _by_language(role, asked))


def _by_language(raw: dict[str, object], asked: Asked) -> dict[str, str]:
    codes = [language.code for language in asked.languages]
    missing = [code for code in codes if not str(raw.get(code, "")).strip()]
    if missing:
        message = "has no words in " + " and ".join(missing)
        raise ValueError(message)
    return {code: _line(raw[code]) for code in codes}


def _line(raw: object) -> str:
    text = " ".join(raw.split()) if isinstance(raw, str) else ""
    if not re.search(r"\w", text) or len(text) > LONGEST:
        message = f"must be words, at most {LONGEST} characters of them"
        raise ValueError(message)
    if left := placeholder_in(text):
        message = f"still holds {left!r}, which is no answer"
        raise ValueError(message)
    return text


def _typed_moment(text: str, blank: Blank, asked: Asked) -> datetime:
    """Read ``2026-11-24 13:30`` (ISO 8601), ``13 h 30``, ``1:30 p.m.``, or ``30m`` from now."""
    if blank.when == "future" and (minutes := _MINUTES.fullmatch(text)):
        at = asked.now + timedelta(minutes=int(minutes[1]))
        return at + timedelta(minutes=-at.minute % ROUND, seconds=-at.second)
    if hour := _HOUR.fullmatch(text):
        number, half = int(hour[1] or hour[4]), (hour[3] or hour[5] or "")[:1]
        if half:
            number = number % _NOON + (_NOON if half == "p" else 0)
        try:
            return _nearest(time(number, int(hour[2] or 0)), blank, asked)
        except ValueError:
            pass
    try:
        if blank.when is None or len(text) > len("2026-11-24"):  # a day alone is no promise
            return datetime.fromisoformat(text.upper())
    except ValueError:
        pass
    message = f"{text!r} is no moment, such as 13:30 or 2026-11-24 13:30"
    raise ValueError(message)


def _nearest(hour: time, blank: Blank, asked: Asked) -> datetime:
    """Return that hour today; the last one before now, or the next one, where that matters."""
    local = asked.now.astimezone(asked.zone)
    at = datetime.combine(local.date(), hour, asked.zone)
    if blank.when == "past" and at > local + HELD:
        return at - timedelta(days=1)
    if blank.when == "future" and at <= local:
        return at + timedelta(days=1)
    return at


_READERS: dict[BlankType, Callable[[Blank, object, Asked], Fact]] = {
    BlankType.TEXT: _worded,
    BlankType.NAME: _same,
    BlankType.NUMBER: _number,
    BlankType.MOMENT: _moment,
    BlankType.PHONE: _phone,
    BlankType.LINK: _link,
    BlankType.CHOICE: _choice,
    BlankType.PERSON: _person,
}
