"""What check says of a target beyond its settings: who may read it, and what time it is."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine

from tests.support.command import Team, new_team
from tests.support.faults import Answer, Fault, faulty
from tests.support.rclone import ACCESS_KEY, SECRET_KEY, rclone_server
from tests.support.seaweed import Seaweed, seaweed_server

__all__ = ["seaweed_server"]


@pytest.fixture
def team(tmp_path_factory: pytest.TempPathFactory, seaweed_server: Seaweed) -> Team:
    made = new_team(tmp_path_factory.mktemp("check") / "team")
    made.use_bucket(seaweed_server)
    made.set("crisis", "targets", value='["production"]')
    return made


def checked(team: Team) -> tuple[dict[str, dict[str, Any]], str]:
    """Return the findings by rule, and what has passed."""
    told = team.call("check", "--json").json
    return {each["rule"]: each for each in told["findings"]}, str(told)


def test_a_sound_bucket_passes_every_look_before_a_first_launch(team: Team) -> None:
    findings, told = checked(team)
    assert not findings.keys() & {"target", "open-state", "clock", "lock-advisory"}
    assert "lets us write, read and delete" in told
    assert "keeps its private state and its lists to itself" in told
    assert "agree on the time" in told


def test_a_list_that_everybody_can_read_is_found(team: Team, seaweed_server: Seaweed) -> None:
    def open_list(_method: str, path: str) -> Fault:
        return (
            Answer(200, body=b"<ListBucketResult/>") if path.endswith("list-type=2") else None
        )

    with faulty(seaweed_server.endpoint_url) as line:
        line.rule = open_list
        endpoint = f'"{line.endpoint_url}"'
        team.set("targets", "production", "endpoint_url", value=endpoint)
        findings, _ = checked(team)
    assert "answers 200 to everybody" in findings["open-state"]["message"]
    assert findings["open-state"]["severity"] == "error"


@pytest.mark.parametrize(
    ("minutes", "severity", "words"),
    [(3, "warning", "ahead of"), (-8, "error", "8 min behind")],
)
def test_a_clock_that_is_wrong_is_found_before_it_matters(
    team: Team, minutes: int, severity: str, words: str
) -> None:
    wrong = datetime.now(UTC) + timedelta(minutes=minutes)  # noqa: TID251  the real one
    with time_machine.travel(wrong, tick=True):
        findings, _ = checked(team)
    assert findings["clock"]["severity"] == severity
    assert words in findings["clock"]["message"]


def test_a_service_that_ignores_conditions_is_said_to(
    team: Team, seaweed_server: Seaweed
) -> None:
    names = (seaweed_server.bucket, seaweed_server.state_bucket)
    with rclone_server(team.folder.with_name("served"), *names) as address:
        team.set("targets", "production", "endpoint_url", value=f'"{address}"')
        team.env.update(AWS_ACCESS_KEY_ID=ACCESS_KEY, AWS_SECRET_ACCESS_KEY=SECRET_KEY)
        findings, _ = checked(team)
    assert "not kept apart" in findings["lock-advisory"]["message"]
