"""How often a publish waits for a bucket once its site is built: counted on a slow line."""

from pathlib import Path

import pytest

from sparetire.config.load import load_settings
from sparetire.flows.delivery import Made
from sparetire.flows.publication import Allowed, Order, publish
from sparetire.flows.session import Session
from sparetire.model.routes import PageUrls, Routes
from sparetire.workspace.layout import Workspace
from tests.support.command import Team, new_team
from tests.support.delay import Line, delayed
from tests.support.editions import edition, page_with_style
from tests.support.seaweed import Seaweed, seaweed_server

__all__ = ["seaweed_server"]

FORTY_MS = 0.04
FILES = page_with_style("one")
CHANGED = FILES | {"fr/statement/index.html": "<p>Corrigé"}


@pytest.fixture
def team(tmp_path: Path, seaweed_server: Seaweed, monkeypatch: pytest.MonkeyPatch) -> Team:
    made = new_team(tmp_path / "team")
    made.use_bucket(seaweed_server)
    for name, value in made.env.items():
        monkeypatch.setenv(name, value)
    return made


def publish_files(team: Team, folder: Path, files: dict[str, str], line: Line) -> None:
    """Publish a site that is built already; the line is counted from the end of the build."""
    session = Session(Workspace(team.folder), load_settings(team.folder), lambda _event: None)
    target = session.settings.target("production")
    site = edition(folder, files)

    def make(reached: object) -> Made | None:
        if reached is None:
            return None
        line.spans.clear()
        routes = Routes(target.url, PageUrls.FILE)
        return Made(site, routes, {}, None, {"fr": "fr/statement/index.html"}, ())

    order = Order(
        purpose="count",
        targets=(target,),
        make=make,
        started=lambda _made: None,
        landed=lambda _made, _name: None,
        dry_run=False,
        allowed=Allowed(),
    )
    publish(session, order, approve=lambda _proposal: True)


def test_one_changed_file_is_live_seen_and_let_go_of_in_three_round_trips(
    team: Team, seaweed_server: Seaweed, tmp_path: Path
) -> None:
    with delayed(seaweed_server.endpoint_url, FORTY_MS) as line:
        direct, through = seaweed_server.endpoint_url, line.endpoint_url
        text = team.settings.replace(direct, through)
        (team.folder / "sparetire.toml").write_text(text, encoding="utf-8")
        publish_files(team, tmp_path / "1", FILES, line)
        publish_files(team, tmp_path / "2", CHANGED, line)
    asked = [what for _, _, what in line.spans]
    assert line.rounds() <= 3, asked
    assert not any("list-type=2&prefix" in what for what in asked)
    assert any(what.startswith("GET") and "statement" in what for what in asked)
