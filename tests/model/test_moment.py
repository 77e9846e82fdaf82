"""A local time names one instant, or none, or two; only the first kind is taken."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparetire.model.moment import UnclearTime, moment_from

ZONES = st.sampled_from(["America/Toronto", "America/St_Johns", "Europe/Paris", "UTC"])
INSTANTS = st.datetimes(
    datetime.fromisoformat("2026-01-01"), datetime.fromisoformat("2031-01-01")
)


@given(INSTANTS, ZONES)
def test_a_time_with_its_offset_names_the_same_instant_in_any_zone(
    instant: datetime, zone: str
) -> None:
    local = instant.replace(microsecond=0, tzinfo=UTC).astimezone(ZoneInfo(zone))
    assert moment_from(local.isoformat(), "Asia/Tokyo").instant == local


@given(INSTANTS, ZONES)
def test_what_a_clock_on_the_wall_shows_once_names_that_instant(
    instant: datetime, zone: str
) -> None:
    there = ZoneInfo(zone)
    local = instant.replace(second=0, microsecond=0, tzinfo=UTC).astimezone(there)
    others = [local.replace(fold=fold).astimezone(UTC) for fold in (0, 1)]
    wall = f"{local:%Y-%m-%d %H:%M}"
    if others[0] == others[1]:
        assert moment_from(wall, zone).instant == local
    else:
        with pytest.raises(ValueError, match="exists twice"):
            moment_from(wall, zone)


def test_the_words_are_kept_with_the_zone() -> None:
    moment = moment_from("2026-12-01 09:00", "America/Toronto")
    assert (moment.typed, moment.zone) == ("2026-12-01 09:00", "America/Toronto")
    assert moment.instant - datetime(2026, 12, 1, 9, tzinfo=UTC) == timedelta(hours=5)


def test_a_time_that_the_clocks_skip_is_refused() -> None:
    with pytest.raises(ValueError, match="skip"):
        moment_from("2027-03-14 02:30", "America/Toronto")


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("2027-03-14 02:30", ["2027-03-14T01:30-05:00", "2027-03-14T03:30-04:00"]),
        ("2026-11-01 01:30", ["2026-11-01T01:30-04:00", "2026-11-01T01:30-05:00"]),
    ],
)
def test_an_unclear_time_comes_with_both_that_may_be_meant(
    typed: str, meant: list[str]
) -> None:
    with pytest.raises(UnclearTime, match=f"{meant[0]} or") as unclear:
        moment_from(typed, "America/Toronto")
    assert [one.typed for one in unclear.value.meant] == meant
    assert [moment_from(one, "UTC").instant for one in meant] == [
        one.instant for one in unclear.value.meant
    ]


@pytest.mark.parametrize("typed", ["2026-12-01", "demain", "9:00", ""])
def test_a_day_without_an_hour_does_not_stand_for_midnight(typed: str) -> None:
    with pytest.raises(ValueError, match="not a day and an hour"):
        moment_from(typed, "America/Toronto")
