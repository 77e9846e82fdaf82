"""``drill`` as a team types it, its scorecard, and what ``check`` makes of it."""

import json
from pathlib import Path

import pytest

from tests.support.command import Team, call
from tests.support.places import free_port
from tests.support.seaweed import Seaweed


@pytest.fixture
def stage(team: Team) -> Team:
    team.set("staging", "rehearsal", "url", value=f'"http://127.0.0.1:{free_port()}"')
    return team


def finding(team: Team, rule: str) -> str:
    found = team.call("check", "--json").json["findings"]
    return next((one["severity"] for one in found if one["rule"] == rule), "")


def test_a_drill_is_scored_kept_and_counted_by_check(stage: Team) -> None:
    assert finding(stage, "drill-missing") == "warning"
    told = stage.call("drill", "--yes", "--json", "--inject", "wrong-figure")
    assert told.code == 0, told.out
    card = told.json
    assert [score["task"] for score in card["scores"]] == [
        *("launch", "update", "figure", "correct", "clear")
    ]
    assert all(score["reached"] for score in card["scores"])
    assert not finding(stage, "drill-missing")
    folder = stage.folder / ".sparetire" / "drills" / card["name"]
    page = (folder / "scorecard.html").read_text("utf-8")
    assert '<html lang="fr">' in page
    assert "<script" not in page
    assert "Bilan d’exercice" in page
    assert stage.call("history").code == 0
    report = stage.call("report", card["name"])
    assert report.code == 0, report.err
    assert "EXERCICE" in report.out
    age(folder / "scorecard.json", "2026-01-05T12:00:00+00:00")
    assert finding(stage, "drill-old") == "error"


def age(path: Path, at: str) -> None:
    path.write_text(json.dumps({**json.loads(path.read_text("utf-8")), "at": at}), "utf-8")


def test_a_damaged_record_of_a_drill_counts_as_none(stage: Team) -> None:
    folder = stage.folder / ".sparetire" / "drills" / "broken"
    folder.mkdir(parents=True)
    (folder / "scorecard.json").write_text('{"scores": [1]}', "utf-8")
    assert finding(stage, "drill-missing") == "warning"


def test_a_dry_run_tells_the_steps_and_publishes_nothing(stage: Team) -> None:
    told = stage.call("drill", "--dry-run", "--json", "--inject", "page-to-withdraw")
    assert [step["task"] for step in told.json["steps"]] == [
        *("launch", "update", "withdraw", "clear")
    ]
    assert "2 min" in stage.call("drill", "--dry-run").out
    assert not (stage.folder / ".sparetire" / "rehearsal").exists()


def test_without_a_terminal_a_drill_wants_yes(stage: Team) -> None:
    assert stage.call("drill").code == 2


def test_help_has_an_example() -> None:
    assert "sparetire drill --scenario spill" in call("drill", "--help").out


def test_a_bucket_takes_one_drill_after_another(stage: Team, seaweed_server: Seaweed) -> None:
    prefix = f"{stage.folder.name}-drill"
    table = (
        '[staging.bucket]\nhost = "s3"\n'
        f'url = "{seaweed_server.endpoint_url}/{seaweed_server.bucket}/{prefix}"\n'
        f'bucket = "{seaweed_server.bucket}"\nprefix = "{prefix}"\n'
        f'state_bucket = "{seaweed_server.state_bucket}"\nregion = "us-east-1"\n'
        f'endpoint_url = "{seaweed_server.endpoint_url}"\n\n[staging.rehearsal]'
    )
    path = stage.folder / "sparetire.toml"
    path.write_text(path.read_text("utf-8").replace("[staging.rehearsal]", table, 1), "utf-8")
    stage.set("crisis", "drill", value='"bucket"')
    stage.set("crisis", "page_urls", value='"file"')
    stage.env["AWS_ACCESS_KEY_ID"] = seaweed_server.access_key
    stage.env["AWS_SECRET_ACCESS_KEY"] = seaweed_server.secret_key
    for scenario in ("spill", "recall"):
        told = stage.call("drill", "--scenario", scenario, "--yes", "--json")
        assert told.code == 0, told.out
        assert told.json["target"] == "bucket"
