"""How often a publish waits for a bucket once its site is built: counted on a slow line."""

from pathlib import Path

import pytest

from tests.support.built import publish_built
from tests.support.command import Team, new_team
from tests.support.delay import delayed
from tests.support.editions import edition, page_with_style
from tests.support.seaweed import Seaweed, seaweed_server

__all__ = ["seaweed_server"]

HELD = 0.2  # seconds; so long that no load on this machine parts what goes side by side
FILES = page_with_style("one")
CHANGED = FILES | {"fr/statement/index.html": "<p>Corrigé"}


@pytest.fixture
def team(tmp_path: Path, seaweed_server: Seaweed, monkeypatch: pytest.MonkeyPatch) -> Team:
    made = new_team(tmp_path / "team")
    made.use_bucket(seaweed_server)
    for name, value in made.env.items():
        monkeypatch.setenv(name, value)
    return made


def test_one_changed_file_is_live_seen_and_let_go_of_in_three_round_trips(
    team: Team, seaweed_server: Seaweed, tmp_path: Path
) -> None:
    with delayed(seaweed_server.endpoint_url, HELD) as line:
        direct, through = seaweed_server.endpoint_url, line.endpoint_url
        text = team.settings.replace(direct, through)
        (team.folder / "sparetire.toml").write_text(text, encoding="utf-8")
        publish_built(team, edition(tmp_path / "1", FILES))
        publish_built(team, edition(tmp_path / "2", CHANGED), line.spans.clear)
    asked = [what for _, _, what in line.spans]
    assert line.rounds() <= 3, asked
    assert not any("list-type=2&prefix" in what for what in asked)
    assert any(what.startswith("GET") and "statement" in what for what in asked)
