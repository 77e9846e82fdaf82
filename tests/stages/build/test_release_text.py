"""A dateline opens a release as the press of each language writes it."""

from datetime import date

import pytest

from sparetire.stages.build.release_text import dateline


@pytest.mark.parametrize(
    ("place", "day", "tag", "says"),
    [
        ("Sept-Îles", date(2026, 11, 23), "fr-CA", "Sept-Îles, le 23\u00a0novembre 2026. –"),
        ("Québec", date(2027, 3, 1), "fr-CA", "Québec, le 1er\u00a0mars 2027. –"),
        ("", date(2027, 3, 1), "fr-CA", "Le 1er\u00a0mars 2027. –"),
        ("Sept-Îles", date(2026, 11, 23), "en-CA", "SEPT-ÎLES, Nov.\u00a023, 2026 –"),
        ("Quebec City", date(2027, 3, 1), "en-CA", "QUEBEC CITY, March\u00a01, 2027 –"),
        ("", date(2026, 9, 30), "en-CA", "Sept.\u00a030, 2026 –"),
    ],
)
def test_a_dateline_is_set_in_its_language(place: str, day: date, tag: str, says: str) -> None:
    assert dateline(place, day, tag) == says
