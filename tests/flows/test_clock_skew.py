"""One clock an hour off never publishes early, and never in silence keeps something back."""

from datetime import UTC, datetime, timedelta
from email.utils import format_datetime
from pathlib import Path

import pytest
import time_machine

from tests.stages.test_clocks import saying
from tests.support.command import Outcome, Team, new_team, refused
from tests.support.newsroom import write_ready

NINE = datetime(2026, 12, 1, 14, 0, tzinfo=UTC)  # 9 a.m. in Toronto
SECOND, HOUR, NONE = timedelta(seconds=1), timedelta(hours=1), timedelta()


@pytest.fixture
def team(tmp_path: Path) -> Team:
    made = new_team(tmp_path / "team")
    write_ready(made.folder / "releases", embargo="2026-12-01 09:00")
    return made


def round_at(
    true: datetime, team: Team, ours: timedelta, theirs: timedelta, *names: str
) -> Outcome:
    """Look what is due, with this machine's clock and the host's each off by so much."""
    date = format_datetime(true + theirs, usegmt=True)
    with saying(200, {"Date": date}) as url, time_machine.travel(true + ours):
        team.set("targets", "local", "url", value=f'"{url.rstrip("/")}"')
        return team.call("newsroom", "publish", *names, "--dry-run", "--json")


@pytest.mark.parametrize(
    ("ours", "theirs"), [(HOUR, NONE), (NONE, HOUR)], ids=["ours fast", "theirs fast"]
)
def test_a_fast_clock_is_not_believed_a_second_before(
    team: Team, ours: timedelta, theirs: timedelta
) -> None:
    error = refused(round_at(NINE - SECOND, team, ours, theirs), 10)
    assert "clocks disagree" in error["what"]
    assert len(error["why"]) == 2


@pytest.mark.parametrize(
    ("ours", "theirs"), [(-HOUR, NONE), (NONE, -HOUR)], ids=["ours slow", "theirs slow"]
)
def test_a_slow_clock_is_told_a_second_after(
    team: Team, ours: timedelta, theirs: timedelta
) -> None:
    assert "clocks disagree" in refused(round_at(NINE + SECOND, team, ours, theirs), 10)["what"]


@pytest.mark.parametrize(
    ("ours", "theirs"), [(-HOUR, NONE), (NONE, -HOUR)], ids=["ours slow", "theirs slow"]
)
def test_a_slow_clock_does_not_matter_before(
    team: Team, ours: timedelta, theirs: timedelta
) -> None:
    seen = round_at(NINE - SECOND, team, ours, theirs)
    assert (seen.code, seen.json["published"]) == (0, [])


@pytest.mark.parametrize(
    ("ours", "theirs"),
    [(NONE, NONE), (HOUR, NONE), (NONE, HOUR)],
    ids=["right", "ours fast", "theirs fast"],
)
def test_when_both_have_reached_it_it_goes_out(
    team: Team, ours: timedelta, theirs: timedelta
) -> None:
    seen = round_at(NINE + SECOND, team, ours, theirs)
    assert [one["name"] for one in seen.json["published"]] == ["port-agrandi"]


def test_right_clocks_a_second_before_keep_it_back(team: Team) -> None:
    assert round_at(NINE - SECOND, team, NONE, NONE).json["published"] == []


def test_a_clock_days_ahead_makes_nothing_overdue_that_waits(team: Team) -> None:
    two_days = timedelta(days=2)
    unnamed = refused(round_at(NINE - SECOND, team, two_days, NONE), 10)
    assert "is overdue" in unnamed["what"]
    named = refused(round_at(NINE - SECOND, team, two_days, NONE, "port-agrandi"), 10)
    assert "clocks disagree" in named["what"]
    late = round_at(NINE + two_days, team, NONE, NONE, "port-agrandi")
    assert [one["name"] for one in late.json["published"]] == ["port-agrandi"]
