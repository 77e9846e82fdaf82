"""A site that waits: complete, and hidden until something happens."""

from pathlib import Path

import pytest

from tests.support.command import Team, new_team


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return new_team(tmp_path / "team")


def pages(team: Team) -> list[str]:
    root = team.folder / ".sparetire" / "site" / "current"
    return [path.read_text("utf-8") for path in root.rglob("*.html") if path.name != "404.html"]


def test_the_standing_pages_wait_and_no_search_engine_shows_them(team: Team) -> None:
    prepared = team.call("prepare", "--yes", "--json")

    assert prepared.code == 0, prepared.out
    assert prepared.json["incident"] is None
    assert len(pages(team)) == 15
    assert all('name="robots" content="noindex"' in page for page in pages(team))


def test_a_launch_shows_them_and_sends_no_picture_again_but_its_cards(team: Team) -> None:
    team.call("prepare", "--yes")

    launched = team.call(*team.launch("--yes", "--json"))

    assert launched.code == 0, launched.out
    assert not any("noindex" in page for page in pages(team))
    put = [step["path"] for step in launched.json["plan"]["local"]]
    pictures = [path for path in put if path.startswith("assets/")]
    assert len(pictures) == 2, "a card in each language"
    assert all(path.startswith("assets/card.") for path in pictures)


def test_preparing_again_changes_nothing(team: Team) -> None:
    team.call("prepare", "--yes")
    assert team.call("prepare", "--json").json["changed"] is False


def test_an_incident_that_is_live_stays(live: Team) -> None:
    before = live.public()

    assert live.call("prepare", "--json").json["changed"] is False
    assert live.public() == before
