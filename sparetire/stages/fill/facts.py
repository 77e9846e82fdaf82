"""Facts as languages tell them: 13 h 30 and 1:30 p.m., 1 200 and 1,200, 418 555-0142."""

import re
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Protocol
from zoneinfo import ZoneInfo

from babel.numbers import format_decimal

from sparetire.model.language import Language
from sparetire.stages.build.moments import NO_BREAK, day_in_words, time_in_words, zone_in_words

__all__ = [
    "PARTS",
    "Fact",
    "Link",
    "Moment",
    "Number",
    "Person",
    "Phone",
    "Worded",
    "as_markdown",
]

PARTS = {"bare", "day", "time", "name", "role"}

_SIGNS = re.compile(r"([\\`*_{}\[\]<>#|~])")
_ARTICLE = re.compile(r"(?:une?|des|du|de la|les?|la|an?|the)\s+|(?:de )?l[’'](?=\w)")
_NORTH_AMERICA = re.compile(r"\+?1?([2-9]\d{2})([2-9]\d{2})(\d{4})")
_TOLL_FREE = {"800", "833", "844", "855", "866", "877", "888"}


class Fact(Protocol):
    """The answer to one blank."""

    def told(self, language: Language, part: str = "") -> str:
        """Return it as plain text in a language, or one part of it."""
        ...

    def written(self, language: Language, part: str = "") -> str:
        """Return it as Markdown."""
        ...


def as_markdown(text: str) -> str:
    """Escape what Markdown would read as a sign."""
    return _SIGNS.sub(r"\\\1", text)


@dataclass(frozen=True, slots=True)
class Worded:
    """Words, by language code: a text, a name, or the option that was chosen."""

    words: dict[str, str]

    def told(self, language: Language, part: str = "") -> str:
        """Return the words; as ``bare`` without their article, for titles and keywords."""
        words = self.words[language.code]
        return _ARTICLE.sub("", words, count=1) if part == "bare" else words

    def written(self, language: Language, part: str = "") -> str:
        """Return the words, which are never markup."""
        return as_markdown(self.told(language, part))


@dataclass(frozen=True, slots=True)
class Number:
    """A count or a measure."""

    value: Decimal

    def told(self, language: Language, part: str = "") -> str:
        """Return it grouped in threes, as the language does."""
        del part
        told = format_decimal(self.value, locale=language.locale)
        return told.replace("\u202f", NO_BREAK)  # the narrow one is missing from many fonts

    def written(self, language: Language, part: str = "") -> str:
        """Return the same: digits are no markup."""
        return self.told(language, part)


@dataclass(frozen=True, slots=True)
class Moment:
    """An instant, told in the organisation's time zone."""

    at: datetime
    zone: ZoneInfo

    def told(self, language: Language, part: str = "") -> str:
        """Return day, time and zone; or its ``day`` or ``time`` alone."""
        local = self.at.astimezone(self.zone)
        day, time = day_in_words(local, language.tag), time_in_words(local, language.tag)
        if part:
            return day if part == "day" else time
        joint = f" à {time}" if language.code == "fr" else f" at {time}"
        return f"{day}{joint} ({zone_in_words(local, language.tag)})"

    def written(self, language: Language, part: str = "") -> str:
        """Return the same: no day holds markup."""
        return self.told(language, part)


@dataclass(frozen=True, slots=True)
class Phone:
    """A number to dial, in digits, with + where it was given."""

    digits: str

    def told(self, language: Language, part: str = "") -> str:
        """Return it grouped, as the OQLF and Canadian English write North American numbers."""
        del part
        number = _NORTH_AMERICA.fullmatch(self.digits)
        if not number:
            return self.digits
        area, exchange, line = number.groups()
        first = f"1 {area}" if area in _TOLL_FREE else area
        if language.code == "fr":
            return f"{first} {exchange}-{line}".replace(" ", NO_BREAK)
        return f"{first} {exchange} {line}".replace(" ", "-")

    def written(self, language: Language, part: str = "") -> str:
        """Return a link that dials (RFC 3966)."""
        number = _NORTH_AMERICA.fullmatch(self.digits)
        full = f"+1{''.join(number.groups())}" if number else self.digits
        return f"[{self.told(language, part)}](tel:{full})"


@dataclass(frozen=True, slots=True)
class Link:
    """A web address, of each language's page."""

    urls: dict[str, str]

    def told(self, language: Language, part: str = "") -> str:
        """Return the address as it is."""
        del part
        return self.urls[language.code]

    def written(self, language: Language, part: str = "") -> str:
        """Return it as a link."""
        return f"<{self.told(language, part)}>"


@dataclass(frozen=True, slots=True)
class Person:
    """Somebody who speaks, with a role by language code."""

    name: str
    roles: dict[str, str] = field(default_factory=dict)

    def told(self, language: Language, part: str = "") -> str:
        """Return name and role; or ``name`` or ``role`` alone."""
        role = self.roles.get(language.code, "")
        if part:
            return self.name if part == "name" else role
        return f"{self.name}, {role}" if role else self.name

    def written(self, language: Language, part: str = "") -> str:
        """Return the same words, which are never markup."""
        return as_markdown(self.told(language, part))
