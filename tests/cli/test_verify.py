"""Verify finds one changed byte anywhere on a live site, and tells who signed what."""

from pathlib import Path

import pytest

from tests.support.command import Team, new_team, refused
from tests.support.launched import Launched

NAME = "panne-electricite"


@pytest.fixture
def team(tmp_path: Path, launched: Launched) -> Team:
    return launched.copy(tmp_path / "team")


def test_every_file_of_a_live_site_is_read(team: Team) -> None:
    told = team.call("verify", "--json").json["sites"][0]
    assert told["files"] == len(team.public())
    assert "files of edition" in team.call("verify", "local").out


@pytest.mark.parametrize("path", ["en/outage-power/feed.xml", "fr/declarations/index.html"])
def test_one_changed_byte_is_found(team: Team, path: str) -> None:
    file = team.folder / ".sparetire/site/current" / path
    file.chmod(0o644)
    file.write_bytes(file.read_bytes().replace(b"e", b"f", 1))

    error = refused(team.call("verify", "--json"), 8)

    assert "local" in error["what"]


def test_the_signatures_of_an_incident_are_told(team: Team) -> None:
    assert "No signature" in team.call("verify", NAME).out
    assert team.call("verify", NAME, "--json").json["signatures"] == []


def test_what_is_neither_a_target_nor_an_incident_is_told(team: Team) -> None:
    error = refused(team.call("verify", "lune", "--json"), 2)
    assert NAME in "".join(error["why"])


def test_where_nothing_is_live_there_is_nothing_to_verify(tmp_path: Path) -> None:
    refused(new_team(tmp_path / "empty").call("verify", "--json"), 2)
