"""What was promised to the public is kept before the eyes of whoever must keep it."""

import signal
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from tests.support.command import Team, new_team, refused, started
from tests.support.launched import Launched

FRENCH = "Le courant est rétabli dans la moitié de la raffinerie.\n"
ENGLISH = "Power is back in half of the refinery.\n"


@pytest.fixture
def team(tmp_path: Path, launched: Launched) -> Team:
    team = launched.copy(tmp_path / "team")
    words = ["update", "--next", "30m", "--yes"]
    for code, text in (("fr", FRENCH), ("en", ENGLISH)):
        (tmp_path / f"{code}.md").write_text(text, "utf-8")
        words += ["--content", f"{code}={tmp_path}/{code}.md"]
    assert team.call(*words).code == 0
    return team


def test_the_next_update_is_counted_down_and_then_called_overdue(team: Team) -> None:
    (promise,) = team.call("status", "--json").json["targets"][0]["promises"]
    assert promise["incident"] == "panne-electricite"
    assert 0 < promise["left"] <= 1800
    assert "next update promised at" in team.call("status").out

    later = datetime.now(UTC) + timedelta(minutes=33)  # noqa: TID251  when it is late
    with time_machine.travel(later, tick=True):
        assert "OVERDUE by" in team.call("status").out
        (promise,) = team.call("status", "--json").json["targets"][0]["promises"]
        assert promise["left"] < 0


def test_the_first_statement_can_promise_the_next(tmp_path: Path) -> None:
    team = new_team(tmp_path / "early")
    assert team.call(*team.launch("--yes", "--next", "20m")).code == 0
    (promise,) = team.call("status", "--json").json["targets"][0]["promises"]
    assert 0 < promise["left"] <= 1200


def test_a_closed_incident_owes_nothing(team: Team) -> None:
    words = ["close", "--yes"]
    for code in ("fr", "en"):
        words += ["--content", f"{code}={team.folder.parent}/{code}.md"]
    assert team.call(*words).code == 0
    assert team.call("status", "--json").json["targets"][0]["promises"] == []


def test_it_stays_on_screen_until_ctrl_c(team: Team) -> None:
    with started("-w", str(team.folder), "status", "--watch", "--every", "1") as program:
        assert program.stdout is not None
        seen = ""
        while seen.count("next update promised") < 2:
            line = program.stdout.readline()
            assert line, seen
            seen += line
        program.send_signal(signal.SIGINT)
        assert program.wait(timeout=20) == 0


def test_a_program_gets_one_object_only(team: Team) -> None:
    error = refused(team.call("status", "--watch", "--json"), 2)
    assert "--watch" in error["what"]
