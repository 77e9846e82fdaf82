"""What a run that ends early says of the public is what the public shows."""

from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.support.command import Team, new_team, refused
from tests.support.faults import Answer, Fault, LostAnswer, Proxy, faulty
from tests.support.outside import read_public
from tests.support.ports import free_port
from tests.support.seaweed import Seaweed, seaweed_server

__all__ = ["seaweed_server"]

FRENCH, ENGLISH = "fr/panne-electricite.html", "en/outage-power.html"


@pytest.fixture
def line(seaweed_server: Seaweed) -> Iterator[Proxy]:
    with faulty(seaweed_server.endpoint_url) as proxy:
        yield proxy


@pytest.fixture
def team(
    seaweed_server: Seaweed, line: Proxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Team:
    made = new_team(tmp_path / f"team-{uuid4().hex[:8]}")
    made.use_bucket(seaweed_server, endpoint_url=line.endpoint_url)
    made.set("crisis", "page_urls", value='"file"')
    for name, value in made.env.items():
        monkeypatch.setenv(name, value)
    return made


def launch(team: Team) -> list[str]:
    return team.launch("--target", "production", "--yes", "--json")


def base_of(team: Team, server: Seaweed) -> str:
    return f"{server.endpoint_url}/{server.bucket}/{team.folder.name}"


@pytest.mark.parametrize(("kept", "gone"), [(FRENCH, ENGLISH), (ENGLISH, FRENCH)])
def test_a_link_to_a_page_that_is_not_there_yet_is_named(
    team: Team, line: Proxy, seaweed_server: Seaweed, kept: str, gone: str
) -> None:
    def rule(method: str, path: str) -> Fault:
        refused_here = method == "PUT" and path.endswith(gone)
        return Answer(403, "AccessDenied") if refused_here else None

    assert team.call("prepare", "--target", "production", "--yes").code == 0
    line.rule = rule
    error = refused(team.call(*launch(team)), 7)

    base = base_of(team, seaweed_server)
    there = read_public(base, [kept, gone])
    dead = f"{base}/{kept} links to {base}/{gone}, which is not there yet"
    assert (dead in error["public"]) == (kept in there)
    assert "No link is dead" not in error["public"] or kept not in there
    assert gone not in there


def test_a_commit_whose_answer_is_lost_is_not_called_unchanged(
    team: Team, line: Proxy, seaweed_server: Seaweed
) -> None:
    def rule(method: str, path: str) -> Fault:
        return LostAnswer() if method == "PUT" and path.endswith("live.json") else None

    line.rule = rule
    ended = team.call(*launch(team))

    assert FRENCH in read_public(base_of(team, seaweed_server), [FRENCH])
    if ended.code:
        assert "Nothing has changed" not in refused(ended, ended.code)["public"]


def test_a_refusal_at_the_first_file_leaves_the_public_as_it_was_and_says_so(
    team: Team, line: Proxy
) -> None:
    def rule(method: str, path: str) -> Fault:
        public = method == "PUT" and path.startswith("/site/")
        return Answer(403, "AccessDenied") if public else None

    line.rule = rule
    assert refused(team.call(*launch(team)), 4)["public"] == (
        "Nothing has changed for the public."
    )


def test_a_public_address_that_cannot_be_read_is_not_guessed(team: Team, line: Proxy) -> None:
    url = f"http://127.0.0.1:{free_port()}"
    team.set("targets", "production", "url", value=f'"{url}"')

    def rule(method: str, path: str) -> Fault:
        return Answer(403, "AccessDenied") if method == "PUT" and FRENCH in path else None

    line.rule = rule
    ended = team.call(*launch(team))
    error = refused(ended, ended.code)
    assert f"{url} could not be read from here" in error["public"]
    assert "status" in error["public"]
