import pytest

from tests.support.draft import draft_findings, spoilt


@pytest.mark.parametrize(
    "text",
    [
        "Le 30 février, tout ira bien.",
        "Le 0 mars 2026.",
        "Le 2026-02-30.",
        "Le 0000-00-00.",
        "À 25 h 10.",
        "À 9 h 75.",
        "Le mardi 23 novembre 2026.",
    ],
)
def test_what_no_calendar_and_no_clock_has_is_refused_in_french(text: str) -> None:
    assert draft_findings("date-impossible", spoilt("fr", body=text))


@pytest.mark.parametrize(
    "text",
    ["On February 30.", "On March 32, 2026.", "At 24:75.", "Tuesday, November 23, 2026."],
)
def test_what_no_calendar_and_no_clock_has_is_refused_in_english(text: str) -> None:
    assert draft_findings("date-impossible", spoilt("en", body=text))


@pytest.mark.parametrize(
    "text",
    [
        "Le lundi 23 novembre 2026, à 9 h 05.",
        "Le 1er mars.",
        "Le vendredi 1er janvier.",
        "Le 29 février.",
        "À 24 h 00.",
        "Un ratio de 3:2 et 100 % de 0,5 m.",
        "On Monday, November 23, 2026, at 9:05 a.m.",
        "Il a dit mardi : 24 camions en mai 2026.",
    ],
)
def test_what_can_be_passes(text: str) -> None:
    for code in ("fr", "en"):
        assert not draft_findings("date-impossible", spoilt(code, body=text))
        assert not draft_findings("date-far", spoilt(code, body=text))


@pytest.mark.parametrize(
    ("code", "text"),
    [
        ("fr", "Le 24 novembre 2024."),
        ("en", "On November 24, 2028."),
        ("fr", "Le 2002-09-08."),
    ],
)
def test_a_date_more_than_a_year_away_is_asked_about(code: str, text: str) -> None:
    assert draft_findings("date-far", spoilt(code, body=text))
    assert not draft_findings("date-impossible", spoilt(code, body=text))
