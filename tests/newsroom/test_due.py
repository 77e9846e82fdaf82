"""No release is early by a second, whatever the clocks of its zone do that day."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparetire.model.moment import moment_from
from sparetire.model.release import Publication, Release, Status
from sparetire.newsroom.due import agenda

ZONES = (
    *("America/Toronto", "America/St_Johns", "America/Vancouver", "America/Halifax"),
    *("America/New_York", "America/Santiago", "Europe/Paris", "Europe/London"),
    *("Australia/Lord_Howe", "Australia/Sydney", "Africa/Casablanca", "Pacific/Auckland"),
)
LIMIT = timedelta(hours=24)
SECOND = timedelta(seconds=1)


def changes(zone: ZoneInfo) -> Iterator[datetime]:
    """Yield every instant of 2026 to 2030 at which the offset of a zone changes."""
    instant, end = datetime(2026, 1, 1, tzinfo=UTC), datetime(2031, 1, 1, tzinfo=UTC)
    step = timedelta(minutes=15)
    while instant < end:
        day = instant + timedelta(days=1)
        if instant.astimezone(zone).utcoffset() != day.astimezone(zone).utcoffset():
            while (
                instant.astimezone(zone).utcoffset()
                == (instant + step).astimezone(zone).utcoffset()
            ):
                instant += step
            yield instant + step
            instant += step
        else:
            instant = day


CHANGES = [(name, at) for name in ZONES for at in changes(ZoneInfo(name))]


def ready(at: str | None, zone: str = "America/Toronto", **facts: Any) -> Release:
    moment = moment_from(at, zone) if at else None
    release = Release("id", "port", "results", Status.READY, {}, publish_at=moment)
    return replace(release, **facts)


def test_the_zones_change_often_enough_to_prove_something() -> None:
    assert len({name for name, _ in CHANGES}) == len(ZONES) == 12
    assert len(CHANGES) >= 12 * 10


@pytest.mark.parametrize(("name", "change"), CHANGES, ids=lambda value: str(value)[:25])
def test_on_a_day_when_clocks_change_it_is_due_at_its_second(
    name: str, change: datetime
) -> None:
    zone = ZoneInfo(name)
    for minutes in range(-180, 181, 15):
        instant = change + timedelta(minutes=minutes)
        local = instant.astimezone(zone)
        typed = f"{local.replace(tzinfo=None):%Y-%m-%d %H:%M}"
        other = local.replace(fold=1 - local.fold)
        if other.utcoffset() != local.utcoffset():
            # This hour is shown twice: the words alone do not say which one is meant.
            with pytest.raises(ValueError, match="exists twice"):
                moment_from(typed, name)
            typed = local.isoformat()
        release = ready(typed, name)
        assert release.due == instant
        assert agenda([release], instant - SECOND, LIMIT).due == ()
        assert agenda([release], instant, LIMIT).due == (release,)


@pytest.mark.parametrize(("name", "change"), CHANGES, ids=lambda value: str(value)[:25])
def test_a_time_that_no_clock_shows_is_refused(name: str, change: datetime) -> None:
    zone = ZoneInfo(name)
    before = (change - SECOND).astimezone(zone).utcoffset()
    after = change.astimezone(zone).utcoffset()
    assert before is not None
    assert after is not None
    if after < before:
        return  # clocks go back: no time is left out
    skipped = (change + before).replace(tzinfo=None) + (after - before) / 2
    with pytest.raises(ValueError, match="does not exist"):
        moment_from(f"{skipped:%Y-%m-%d %H:%M}", name)


@given(
    seconds=st.integers(-200_000, 200_000),
    limit=st.integers(0, 100_000).map(lambda value: timedelta(seconds=value)),
)
def test_a_release_is_in_one_place_and_never_early(seconds: int, limit: timedelta) -> None:
    release = ready("2026-12-01 09:00")
    assert release.due is not None
    now = release.due + timedelta(seconds=seconds)
    seen = agenda([release], now, limit)
    assert [*seen.due, *seen.late, *seen.waiting] == [release]
    assert bool(seen.waiting) == (seconds < 0)
    assert bool(seen.late) == (timedelta(seconds=seconds) > limit)


def test_the_later_of_appointment_and_embargo_counts() -> None:
    embargo = moment_from("2026-12-01 10:00", "America/Toronto")
    release = ready("2026-12-01 09:00", embargo=embargo)
    assert agenda([release], embargo.instant - SECOND, LIMIT).waiting == (release,)
    assert agenda([release], embargo.instant, LIMIT).due == (release,)


def test_only_what_its_author_has_finished_and_nobody_has_seen_is_on_the_agenda() -> None:
    now = datetime(2026, 12, 1, 14, tzinfo=UTC)
    public = Publication(now, now, {}, {}, ("local",))
    releases = [
        ready(None, name="plain"),
        ready("2026-12-01 08:00", name="older"),
        ready(None, name="draft", status=Status.DRAFT),
        ready("2026-12-01 08:00", name="public", publication=public),
        ready("2026-12-24 08:00", name="later"),
        ready("2026-12-02 08:00", name="sooner"),
    ]
    seen = agenda(releases, now, LIMIT)
    assert [one.name for one in seen.due] == ["plain", "older"]
    assert [one.name for one in seen.waiting] == ["sooner", "later"]
