"""Tells an instant in words, as Canadian French and English write it.

French follows the OQLF (« Écriture des heures »): 24 hours, spaces around h, minutes with a
leading zero, none at the full hour, and « 1er ». Times are absolute, with the zone in words: a
relative time is wrong as soon as a cache keeps the page.
"""

from collections.abc import Mapping
from datetime import date, datetime, timedelta, tzinfo
from functools import lru_cache

__all__ = [
    "NO_BREAK",
    "day_in_words",
    "endonym",
    "moment_in_words",
    "published_in",
    "time_in_words",
    "zone_in_words",
]

NO_BREAK = "\u00a0"
_ZONES: dict[tuple[tzinfo | None, timedelta | None, str], str] = {}


def endonym(tag: str) -> str:
    """Return what a language calls itself, without its region: ``Français``."""
    from babel import Locale  # noqa: PLC0415  a launch rarely needs any of it

    language = Locale.parse(tag, sep="-").language
    return (Locale(language).get_language_name(language) or tag).capitalize()


def day_in_words(day: date, tag: str) -> str:
    """Return the date, ``1er mars 2027`` or ``March 1, 2027``."""
    locale = tag.replace("-", "_")
    if tag.startswith("fr"):
        number = "1er" if day.day == 1 else str(day.day)
        month = _formatted(date(day.year, day.month, 1), "MMMM y", locale)
        return f"{number}{NO_BREAK}{month}"
    return _formatted(date(day.year, day.month, day.day), "long", locale)


@lru_cache(maxsize=1 << 12)
def _formatted(day: date, form: str, locale: str) -> str:
    """Return a date; an archive tells the same few on a page and in each list that has it."""
    from babel.dates import format_date  # noqa: PLC0415  as above

    return format_date(day, form, locale=locale)


def moment_in_words(moment: datetime, tag: str, zone: tzinfo) -> str:
    """Return the date, the time and the zone of an instant."""
    local = moment.astimezone(zone)
    day, time = day_in_words(local, tag), time_in_words(local, tag)
    return f"{day}, {time} ({zone_in_words(local, tag)})"


def published_in(later: datetime, first: datetime, words: Mapping[str, str], tag: str) -> str:
    """Return when the text in a language was published, beside when the statement was.

    The day is named where it is another one; instants are local.
    """
    if later.date() == first.date():
        return words["translated"] % time_in_words(later, tag)
    day, time = day_in_words(later, tag), time_in_words(later, tag)
    return words["translated_on"] % f"{day}, {time}"


def zone_in_words(local: datetime, tag: str) -> str:
    """Return what the zone of a local time is called, summer and winter alike.

    An archive asks on each of its pages. A zone without a name is called by its offset.
    """
    key = local.tzinfo, local.utcoffset(), tag
    if key not in _ZONES:
        from babel.dates import get_timezone_name  # noqa: PLC0415  as above

        _ZONES[key] = get_timezone_name(
            local, width="long", locale=tag.replace("-", "_"), zone_variant="generic"
        )
    return _ZONES[key]


def time_in_words(local: datetime, tag: str) -> str:
    """Return the time of day, ``13 h 30`` or ``1:30 p.m.``."""
    if tag.startswith("fr"):
        minutes = f"{NO_BREAK}{local.minute:02d}" if local.minute else ""
        return f"{local.hour}{NO_BREAK}h{minutes}"
    half = "a.m." if local.hour < 12 else "p.m."  # noqa: PLR2004  noon
    return f"{local.hour % 12 or 12}:{local.minute:02d}{NO_BREAK}{half}"
