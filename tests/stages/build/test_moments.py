"""Instants are told as Quebec and English Canada write them, with their zone."""

from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

import pytest

from sparetire.stages.build.moments import day_in_words, endonym, moment_in_words

TORONTO = ZoneInfo("America/Toronto")
EASTERN = "heure de l’Est nord-américain"


def told(*moment: int, tag: str) -> str:
    year, month, day, hour, minute = moment
    instant = datetime(year, month, day, hour, minute, tzinfo=UTC)
    text = moment_in_words(instant, tag, TORONTO)
    return text.replace("\u00a0", " ")


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ((2027, 3, 1, 19, 5), "1er mars 2027, 14 h 05"),
        ((2027, 3, 2, 14, 0), "2 mars 2027, 9 h"),
        ((2027, 3, 2, 5, 0), "2 mars 2027, 0 h"),
        ((2027, 3, 2, 4, 59), "1er mars 2027, 23 h 59"),
        ((2027, 8, 1, 16, 0), "1er août 2027, 12 h"),
    ],
)
def test_french_counts_24_hours(moment: tuple[int, ...], words: str) -> None:
    assert told(*moment, tag="fr-CA").startswith(f"{words} (")


@pytest.mark.parametrize(
    ("moment", "words"),
    [
        ((2027, 3, 1, 19, 5), "March 1, 2027, 2:05 p.m."),
        ((2027, 3, 2, 14, 0), "March 2, 2027, 9:00 a.m."),
        ((2027, 3, 2, 5, 0), "March 2, 2027, 12:00 a.m."),
        ((2027, 8, 1, 16, 0), "August 1, 2027, 12:00 p.m."),
    ],
)
def test_english_counts_twelve_hours_twice(moment: tuple[int, ...], words: str) -> None:
    assert told(*moment, tag="en-CA").startswith(f"{words} (")


def test_the_zone_is_said_in_words() -> None:
    assert told(2027, 3, 1, 19, 5, tag="en-CA").endswith("(Eastern Time)")
    assert EASTERN.split("’", maxsplit=1)[0] in told(2027, 3, 1, 19, 5, tag="fr-CA")


def test_the_clock_follows_summer_time() -> None:
    # In 2026, Toronto's clocks go back on 1 November at 6:00 UTC: 1:30 comes twice.
    before = told(2026, 11, 1, 5, 30, tag="en-CA")
    after = told(2026, 11, 1, 6, 30, tag="en-CA")
    assert before == after == "November 1, 2026, 1:30 a.m. (Eastern Time)"
    assert told(2026, 3, 8, 7, 0, tag="fr-CA").startswith("8 mars 2026, 3 h (")


def test_a_time_is_never_torn_from_its_half_of_the_day() -> None:
    moment = datetime(2027, 3, 1, 19, 5, tzinfo=UTC)
    assert "2:05\u00a0p.m." in moment_in_words(moment, "en-CA", TORONTO)
    assert "14\u00a0h\u00a005" in moment_in_words(moment, "fr-CA", TORONTO)
    assert day_in_words(date(2027, 3, 1), "fr-CA").startswith("1er\u00a0mars")


def test_other_zones_have_other_names() -> None:
    moment = datetime(2027, 7, 1, 12, 0, tzinfo=UTC)
    assert "Newfoundland Time" in moment_in_words(moment, "en-CA", ZoneInfo("America/St_Johns"))
    assert "9:30" in moment_in_words(moment, "en-CA", ZoneInfo("America/St_Johns"))


def test_a_zone_without_a_name_is_called_by_the_offset_of_the_day() -> None:
    troll = ZoneInfo("Antarctica/Troll")
    called = [
        moment_in_words(datetime(2027, month, 1, tzinfo=UTC), "en-CA", troll)
        for month in (1, 7, 1)
    ]
    assert [each.partition("(")[2] for each in called] == [
        *("GMT+00:00)", "GMT+02:00)", "GMT+00:00)"),
    ]


def test_a_language_is_called_what_its_speakers_call_it() -> None:
    assert (endonym("fr-CA"), endonym("en-CA")) == ("Français", "English")
