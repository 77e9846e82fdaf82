"""Figures: the same in every language, for journalists quote whichever they read first."""

import re
from collections.abc import Iterator
from decimal import Decimal

from sparetire.model.incident import Words
from sparetire.rules.base import Draft, Sight
from sparetire.rules.folding import phrase_words
from sparetire.rules.lines import newest_words

__all__ = ["figures_differ", "phone_digits"]

Reading = tuple[str, Decimal]

_ADDRESS = re.compile(r"\]\([^)\s]{0,500}\)|https?://\S{1,500}|[\w.+-]{1,64}@[\w.-]{1,200}")
_SPACE = "[ \u00a0\u202f]"
_SEPARATOR = "[ \u00a0\u202f.\u2011-]"
_PHONE = re.compile(
    rf"(?:\+?1{_SEPARATOR}?)?\(?\d{{3}}\)?{_SEPARATOR}\d{{3}}{_SEPARATOR}\d{{4}}(?!\d)"
)
_TIME = re.compile(
    rf"(?<!\d)(?P<hour>\d{{1,2}}){_SPACE}?(?:"
    rf"h(?![a-zà-ÿ])(?:{_SPACE}?(?P<past>\d{{2}}))?"
    rf"|(?::(?P<minute>\d{{2}}))?{_SPACE}?(?P<half>[ap])\.?m\b\.?"
    r"|:(?P<clock>\d{2}))",
    re.IGNORECASE,
)
_NUMBERS = {
    "fr": re.compile(rf"\d{{1,3}}(?:{_SPACE}\d{{3}})+(?:,\d+)?|\d+(?:,\d+)?"),
    "en": re.compile(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+(?:\.\d+)?"),
}
# A small number is a word as often as not: "deux personnes", "2 people".
_SPELT = {
    "fr": "zero un deux trois quatre cinq six sept huit neuf dix onze douze",
    "en": "zero one two three four five six seven eight nine ten eleven twelve",
}
_NOON, _DAY = 12, 24


def figures_differ(draft: Draft) -> Iterator[Sight]:
    """Every number, time and phone number of one language stands in the others too."""
    told = newest_words(draft)
    codes = [code for code in told if code in _NUMBERS]
    for other in codes[1:]:
        first = codes[0]
        here, there = _unmatched(told[first], first, told[other], other)
        if here or there:
            parts = [
                f"{', '.join(texts)} only in {code!r}"
                for code, texts in ((first, here), (other, there))
                if texts
            ]
            yield (
                draft.places.get(other, f"content ({other})"),
                f"Figures differ between the languages: {'; '.join(parts)}.",
                "Compare both texts, and correct the one that is wrong.",
            )


def phone_digits(text: str) -> dict[str, str]:
    """Return the phone numbers in a text, as they are written, by their ten digits."""
    plain = _ADDRESS.sub(" ", text)
    return {_ten(match.group()): match.group() for match in _PHONE.finditer(plain)}


def _ten(phone: str) -> str:
    return re.sub(r"\D", "", phone)[-10:]


def _unmatched(words: Words, code: str, twin: Words, other: str) -> tuple[list[str], list[str]]:
    """Return what stands in one of two languages only, as it is written there."""
    here, there = _figures(words, code), _figures(twin, other)
    left = []
    for text, readings in here:
        match = next((one for one in there if readings & one[1]), None)
        if match:
            there.remove(match)
        else:
            left.append((text, readings))
    return _without_spelt(left, twin, other), _without_spelt(there, words, code)


def _without_spelt(
    figures: list[tuple[str, frozenset[Reading]]], twin: Words, other: str
) -> list[str]:
    """Leave out small numbers that the other language writes as words."""
    heard = set(phrase_words(f"{twin.title}\n{twin.body}"))
    spelt = {
        ("number", Decimal(value))
        for value, word in enumerate(_SPELT[other].split())
        if heard & set(phrase_words(word))
    }
    return [text for text, readings in figures if not readings & spelt]


def _figures(words: Words, code: str) -> list[tuple[str, frozenset[Reading]]]:
    text = _ADDRESS.sub(" ", f"{words.title}\n{words.body}")
    found: list[tuple[str, frozenset[Reading]]] = []

    def take(pattern: re.Pattern[str], kind: str) -> None:
        nonlocal text
        matches = pattern.finditer(text)
        found.extend((match.group().strip(), _readings(match, kind)) for match in matches)
        text = pattern.sub(" ; ", text)

    take(_PHONE, "phone")
    take(_TIME, "time")
    take(_NUMBERS[code], "number")
    return found


def _readings(match: re.Match[str], kind: str) -> frozenset[Reading]:
    """Return what a figure may mean: "2 h" is an hour of the day, or a length of time."""
    if kind == "phone":
        return frozenset({("phone", Decimal(_ten(match.group())))})
    if kind == "number":
        plain = re.sub("[ \u00a0\u202f]", "", match.group())
        thousands = re.fullmatch(r"\d{1,3}(?:,\d{3})+(?:\.\d+)?", plain)
        return frozenset({("number", Decimal(plain.replace(",", "" if thousands else ".")))})
    hour = int(match["hour"])
    minute = int(match["past"] or match["minute"] or match["clock"] or 0)
    if match["half"]:
        hour = hour % _NOON + (_NOON if match["half"].lower() == "p" else 0)
    readings = {("time", Decimal(hour % _DAY * 60 + minute))}
    if not minute:
        readings.add(("number", Decimal(hour)))
    return frozenset(readings)
