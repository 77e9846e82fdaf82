"""What happened, for afterwards; and that nobody has touched the record."""

from pathlib import Path

import pytest

from tests.support.command import Team, new_team, refused


@pytest.fixture
def team(tmp_path: Path) -> Team:
    made = new_team(tmp_path / "team")
    assert made.call(*made.launch("--yes")).code == 0
    return made


def test_a_report_tells_what_was_said_and_done_in_order(team: Team) -> None:
    report = team.call("report", "panne-electricite").out

    assert report.startswith("# Panne à Sept-Îles\n")
    order = [
        report.index(word) for word in ("statement 1", "push started", "verified on local")
    ]
    assert order == sorted(order)


def test_an_incident_that_never_was_is_a_usage_fault(team: Team) -> None:
    told = team.call("report", "grève")
    assert told.code == 2
    assert "panne-electricite" in told.err


def test_the_history_holds_until_a_line_is_changed(team: Team) -> None:
    assert team.call("history", "--verify", "--json").json["runs"][0]["outcome"] == "verified"
    ledger = team.folder / ".sparetire" / "ledger.jsonl"
    ledger.write_text(ledger.read_text("utf-8").replace("local", "lokal", 1), encoding="utf-8")

    error = refused(team.call("history", "--verify", "--json"), 4)

    assert "line" in error["what"]
