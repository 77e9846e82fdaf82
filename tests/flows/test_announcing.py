"""A launch tells receivers on this machine: once, in one voice, and never before it is live."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.command import Team, new_team, refused
from tests.support.receivers import Receivers, receivers
from tests.support.samples import ALL

KEY = "boreal-info-2027"
HUBS = ("/hub-a", "/hub-b")
RECEIVERS = {*HUBS, "/indexnow", "/desk"}


@pytest.fixture
def there() -> Iterator[Receivers]:
    with receivers() as running:
        yield running


@pytest.fixture
def team(tmp_path: Path, there: Receivers) -> Team:
    made = new_team(tmp_path / "team")
    table = f"""
[announce]
hubs = {json.dumps([there.url + path for path in HUBS])}
indexnow = "{there.url}/indexnow"
indexnow_key = "{KEY}"
webhooks = [{{ name = "desk", url_env = "DESK_ADDRESS" }}]
"""
    (made.folder / "sparetire.toml").write_text(made.settings + table, encoding="utf-8")
    made.env["DESK_ADDRESS"] = f"{there.url}/desk"
    return made


def page(team: Team) -> Path:
    return team.folder / ".sparetire/site/current/fr/panne-electricite/index.html"


def test_everybody_is_told_once_and_only_once_it_is_live(team: Team, there: Receivers) -> None:
    live: list[bool] = []
    there.before = lambda _number: live.append(page(team).exists())

    launched = team.call(*team.launch("--yes", "--json"))

    assert launched.code == 0, launched.out
    assert there.told == dict.fromkeys(RECEIVERS, 1)
    assert live == [True] * 4
    assert {row["standing"] for row in launched.json["announcements"]} == {"accepted"}
    urls = launched.json["urls"]
    (desk,) = there.objects("/desk")
    assert (desk["event"], desk["urls"]) == ("launch", urls)
    assert desk["titles"] == {"fr": "Panne à Sept-Îles", "en": "Power outage in Sept-Îles"}
    (index,) = there.objects("/indexnow")
    assert set(urls.values()) < set(index["urlList"])
    assert not [url for url in index["urlList"] if "404" in url]
    assert (page(team).parents[2] / f"{KEY}.txt").read_text() == KEY
    (form,) = there.forms("/hub-a")
    assert f"{team.url}/fr/feed.xml" in form["hub.url"]


def test_nothing_new_tells_nobody(team: Team, there: Receivers) -> None:
    assert team.call(*team.launch("--yes")).code == 0
    again = team.call(*team.launch("--yes", "--json"))
    assert again.json["changed"] is False
    assert there.told == dict.fromkeys(RECEIVERS, 1)


def test_a_dry_run_shows_who_would_be_told_and_tells_nobody(
    team: Team, there: Receivers
) -> None:
    dry = team.call(*team.launch("--dry-run", "--json"))
    assert {row["standing"] for row in dry.json["announcements"]} == {"pending"}
    assert len(dry.json["announcements"]) == 4
    assert there.calls == 0


def test_the_standing_pages_hide_themselves_so_nobody_is_told(
    team: Team, there: Receivers
) -> None:
    prepared = team.call("prepare", "--yes", "--json")
    assert (prepared.code, prepared.json["announcements"]) == (0, [])
    assert there.calls == 0


def test_who_refuses_is_named_and_told_by_the_same_command_again(
    team: Team, there: Receivers
) -> None:
    there.answer = lambda path, _number: 403 if path == "/indexnow" else 204

    error = refused(team.call(*team.launch("--yes", "--json")), 9)

    assert "key file" in " ".join(error["why"])
    assert "Live and verified" in error["public"]
    there.answer = lambda _path, _number: 204
    again = team.call(*team.launch("--yes", "--json"))
    assert again.code == 0, again.out
    assert there.told == dict.fromkeys(RECEIVERS, 1)
    assert team.call(*team.launch("--yes", "--json")).json["announcements"] == []


def test_the_address_of_a_desk_is_nowhere_to_be_read(team: Team, there: Receivers) -> None:
    team.env["DESK_ADDRESS"] = f"{there.url}/desk/S3CRET-CANARY"
    there.answer = lambda _path, _number: 500
    told = [
        team.run("--verbose", *team.launch("--yes")),
        team.run(*team.launch("--yes", "--json")),
    ]
    assert [outcome.code for outcome in told] == [9, 9]
    assert "S3CRET" not in repr(told)
    files = [path for path in team.folder.rglob("*") if path.is_file()]
    assert [path for path in files if b"S3CRET" in path.read_bytes()] == []


@pytest.mark.skipif(not ALL, reason="it waits for a page until the patience of a run ends")
def test_when_it_could_not_be_seen_nobody_is_told(team: Team, there: Receivers) -> None:
    # At this address somebody else answers.
    team.set("targets", "local", "url", value=f'"{there.url}"')
    error = refused(team.call(*team.launch("--yes", "--json")), 8)
    assert "does not show" in error["what"]
    assert there.calls == 0
