"""A promise is read as the person meant it, and reads the same on every later day."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest

from sparetire.errors import UsageFault
from sparetire.stages.fill.promises import read_promise

ZONE = ZoneInfo("America/Toronto")
SAID = datetime(2026, 11, 24, 19, 50, tzinfo=UTC)  # 14 h 50 in Toronto


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=ZONE).astimezone(UTC)


@pytest.mark.parametrize(
    ("text", "promised"),
    [
        ("30m", "2026-11-24T15:20"),
        ("30 min", "2026-11-24T15:20"),
        ("2h", "2026-11-24T16:50"),
        ("2h30m", "2026-11-24T17:20"),
        ("15:30", "2026-11-24T15:30"),
        ("15 h 30", "2026-11-24T15:30"),
        ("15 h", "2026-11-24T15:00"),
        ("8:15", "2026-11-25T08:15"),
        ("14:50", "2026-11-25T14:50"),
        ("2026-11-26T09:00", "2026-11-26T09:00"),
        ("2026-11-26T14:00:00+00:00", "2026-11-26T09:00"),
    ],
)
def test_a_span_an_hour_or_a_date_is_an_instant(text: str, promised: str) -> None:
    assert read_promise(text, SAID, ZONE) == at(promised)


def test_nothing_promises_nothing() -> None:
    assert read_promise(" ", SAID, ZONE) is None


@pytest.mark.parametrize(
    "text", ["soon", "25:00", "30", "h", "2026-11-24T14:00", "2026-12-24T14:00", "0m"]
)
def test_what_is_no_time_to_come_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(UsageFault) as refusal:
        read_promise(text, SAID, ZONE)
    assert text in refusal.value.what
    assert "--next 30m" in refusal.value.then


def test_an_hour_after_the_clocks_change_is_the_hour_on_the_wall() -> None:
    evening = datetime(2026, 11, 1, 3, 0, tzinfo=UTC)  # 23 h on the eve, in summer time
    assert read_promise("8:00", evening, ZONE) == at("2026-11-01T08:00")
