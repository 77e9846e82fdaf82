"""What status, history and rollback say is so."""

import re
from collections.abc import Iterator

import pytest
import requests

from tests.support.command import Team
from tests.support.faults import Answer, Proxy, faulty
from tests.support.seaweed import Seaweed

NAME = "panne-electricite"
NEWS = {"fr": "Le courant revient à 14 h.\n", "en": "Power comes back at 2 p.m.\n"}
TIME = re.compile(r"\d{4}-\d\d-\d\d \d\d:\d\d E[SD]T")


@pytest.fixture
def line(seaweed_server: Seaweed) -> Iterator[Proxy]:
    with faulty(seaweed_server.endpoint_url) as proxy:
        yield proxy


def production(team: Team, line: Proxy, server: Seaweed) -> tuple[str, ...]:
    """Make the bucket the target, reached through the proxy."""
    place = f"{server.bucket}/{team.folder.name}"
    for key, path in (("endpoint_url", ""), ("url", f"/{place}")):
        team.set("targets", "production", key, value=f'"{line.endpoint_url}{path}"')
    return ("--target", "production", "--yes", "--json")


def update(team: Team, *more: str) -> None:
    words = ["update", "--yes", *more]
    for code, text in NEWS.items():
        path = team.folder.parent / f"news.{code}.md"
        path.write_text(text, "utf-8")
        words += ["--content", f"{code}={path}"]
    assert team.call(*words).code == 0


def test_a_page_of_a_launch_that_was_stopped_is_told(
    bucket_team: Team, line: Proxy, seaweed_server: Seaweed
) -> None:
    more = production(bucket_team, line, seaweed_server)
    line.always("PUT", f"{bucket_team.folder.name}/index.html", Answer(400, "ExpiredToken"))
    assert bucket_team.call(*bucket_team.launch(*more)).code == 7
    line.rule = lambda _method, _path: None

    (seen,) = bucket_team.call("status", "production", "--json").json["targets"]

    assert seen["edition"] == ""
    assert seen["unfinished"] != []
    assert all(requests.get(url, timeout=10).status_code == 200 for url in seen["unfinished"])
    told = bucket_team.call("status", "production").out
    assert "Nothing published" not in told
    assert "Run the same command again" in told

    assert bucket_team.call(*bucket_team.launch(*more)).code == 0
    (seen,) = bucket_team.call("status", "production", "--json").json["targets"]
    assert (seen["unfinished"], seen["seen"]) == ([], "yes")


def test_a_page_of_an_update_that_was_stopped_is_told(
    bucket_team: Team, line: Proxy, seaweed_server: Seaweed
) -> None:
    more = production(bucket_team, line, seaweed_server)
    assert bucket_team.call(*bucket_team.launch(*more)).code == 0
    line.always("PUT", f"{bucket_team.folder.name}/index.html", Answer(400, "ExpiredToken"))
    words = [f"--content={code}={bucket_team.words(code)}" for code in ("fr", "en")]
    titles = ("--title", "Du nouveau sur la panne", "--title", "en=News about the outage")
    assert bucket_team.call("update", *words, *titles, *more).code == 7
    line.rule = lambda _method, _path: None

    (seen,) = bucket_team.call("status", "production", "--json").json["targets"]
    assert seen["seen"] != "yes"


def test_a_loopback_target_is_not_seen_by_the_public(live: Team) -> None:
    shown = live.call("status").out
    assert "served on this machine only" in shown
    assert "seen by the public" not in shown
    assert live.call("status", "--json").json["targets"][0]["public"] is False


@pytest.mark.parametrize(
    ("command", "state"),
    [(("close", "--content"), "closed"), (("withdraw", "--reason", "wrong"), "withdrawn")],
    ids=["closed", "withdrawn"],
)
def test_status_says_that_an_incident_is_over(
    live: Team, command: tuple[str, ...], state: str
) -> None:
    assert f"{NAME} (open)" in live.call("status").out
    words = [*command, str(live.words("fr"))] if "--content" in command else [*command]
    extra = ["--content", f"en={live.words('en')}"] if "--content" in command else []
    if extra:
        words[-1] = f"fr={words[-1]}"
    assert live.call(*words, *extra, "--yes").code == 0
    assert f"{NAME} ({state})" in live.call("status").out


def test_all_times_of_a_screen_are_on_the_workspaces_clock(team: Team) -> None:
    assert team.call(*team.launch("--yes", "--next", "2h")).code == 0
    for words in (("status",), ("history",)):
        shown = team.call(*words).out
        assert TIME.findall(shown)
        assert "+00:00" not in shown
    assert len(TIME.findall(team.call("status").out)) == 3


def test_history_names_versions_that_rollback_takes(live: Team) -> None:
    first = live.public()
    update(live)
    versions = re.findall(r"version ([0-9a-f]{12})", live.call("history").out)
    assert len(versions) == 2
    assert live.call("rollback", versions[-1], "--yes").code == 0
    assert live.public() == first


def test_a_proof_of_the_record_has_a_verdict(live: Team) -> None:
    assert "The record is as it was written: 3 lines" in live.call("history", "--verify").out
    assert live.call("history", "--verify", "--json").json["verified"] == 3
    assert live.call("history", "--json").json["verified"] is None
    ledger = live.folder / ".sparetire/ledger.jsonl"
    ledger.write_text(ledger.read_text("utf-8").replace("launch", "lunch", 1), "utf-8")
    assert live.call("history", "--verify").code == 4


def test_a_rollback_names_the_version_and_what_disappears(team: Team) -> None:
    edition = team.call(*team.launch("--yes", "--json")).json["edition"]
    update(team)
    found = team.call("rollback", "--dry-run", "--json").json["findings"]
    told = [one["message"] for one in found]
    assert f"Version {edition}, live since" in told[0]
    assert any("update 2 of" in one and "disappears: Le courant revient" in one for one in told)

    assert team.call("withdraw", "--reason", "wrong", "--yes").code == 0
    shown = " ".join(team.call("rollback", "--dry-run").err.split())
    assert "the text that was withdrawn is public again" in shown


def test_a_rollback_to_before_a_launch_says_that_its_page_may_remain(team: Team) -> None:
    assert team.call("prepare", "--yes").code == 0
    assert team.call(*team.launch("--yes")).code == 0
    found = team.call("rollback", "--dry-run", "--json").json["findings"]
    assert [one["severity"] for one in found] == ["info", "warning"]
    assert found[1]["message"] == f"{NAME} disappears from every list and feed."
    assert "sparetire withdraw" in found[1]["remedy"]
