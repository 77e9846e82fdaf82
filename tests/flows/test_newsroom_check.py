"""Check proves that the timer ran, and that whoever is to be told has an address."""

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
import time_machine

from tests.support.command import Team, new_team
from tests.support.newsroom import write_ready

NOW = datetime(2026, 12, 1, 14, 0, tzinfo=UTC)


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return new_team(tmp_path / "team")


def rules(team: Team) -> set[str]:
    return {finding["rule"] for finding in team.call("check", "--json").json["findings"]}


def test_a_timer_is_missed_only_while_something_waits(team: Team) -> None:
    with time_machine.travel(NOW):
        assert "newsroom-asleep" not in rules(team)
        write_ready(team.folder / "releases", publish_at="2026-12-24 09:00")
        assert "newsroom-asleep" in rules(team)
        assert team.call("newsroom", "publish", "--yes").code == 0
        assert "newsroom-asleep" not in rules(team)
    with time_machine.travel(NOW + timedelta(hours=2)):
        assert "newsroom-asleep" in rules(team)


def test_a_webhook_needs_its_variable(team: Team, monkeypatch: pytest.MonkeyPatch) -> None:
    table = '\n[announce]\nwebhooks = [{ name = "desk", url_env = "DESK_ADDRESS" }]\n'
    (team.folder / "sparetire.toml").write_text(team.settings + table, encoding="utf-8")
    assert "webhook-unknown" in rules(team)
    monkeypatch.setenv("DESK_ADDRESS", "https://desk.example/hook")
    assert "webhook-unknown" not in rules(team)
