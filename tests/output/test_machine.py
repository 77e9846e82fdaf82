"""A program gets one JSON object, with the same keys each time."""

import json
from dataclasses import replace
from typing import Any

import pytest

from sparetire.errors import ContentRefused
from sparetire.model.finding import Finding, Severity
from sparetire.model.outcome import Checked, Initialised, Pruned, Run, RunHistory, TargetStatus
from sparetire.model.published import Published
from sparetire.output.machine import Listing, Result, error_json, result_json
from tests.support.outcomes import URLS, WARNING, proposal, published, receipt, unchanged

ERROR = Finding("body-empty", Severity.ERROR, "fr.md", "There is no text.", "Write it.")


def told(result: Result) -> dict[str, Any]:
    facts: dict[str, Any] = json.loads(result_json(result))
    return facts


def test_a_launch_tells_what_was_promised() -> None:
    facts = told(published(receipt(), of=proposal(WARNING)))
    assert facts == {
        "ok": True,
        "exit_code": 0,
        "changed": True,
        "dry_run": False,
        "incident": "deversement-riviere",
        "edition": "0a1b2c3d4e5f",
        "target": "local",
        "urls": URLS,
        "timings": {"build": 0.5, "push": 0.75, "total": 1.25},
        "verified_after": 1.5,
        "files": {"put": 2, "kept": 1, "removed": 0, "bytes": 3_000},
        "announcements": [],
        "findings": [
            {
                "rule": "title-long",
                "severity": "warning",
                "place": "title (fr)",
                "message": "It is long.",
                "remedy": "Shorten it.",
            }
        ],
        "plan": {
            "local": [
                {"path": "b.html", "action": "put", "reason": "new"},
                {"path": "c.html", "action": "put", "reason": "new"},
                {"path": "old.html", "action": "retire", "reason": "no longer in the edition"},
            ]
        },
    }


def test_a_target_that_nobody_could_look_at_says_no_time_of_proof() -> None:
    unseen = replace(receipt(), verified=None)
    assert told(published(unseen))["verified_after"] is None
    assert told(published(unseen, receipt()))["verified_after"] == receipt().verified


@pytest.mark.parametrize(
    ("result", "changed", "dry"),
    [
        (published(), False, True),
        (unchanged(), False, False),
        (published(receipt()), True, False),
    ],
)
def test_a_dry_run_and_a_run_without_change_can_be_told_apart(
    result: Published, *, changed: bool, dry: bool
) -> None:
    assert (told(result)["changed"], told(result)["dry_run"]) == (changed, dry)


@pytest.mark.parametrize(("finding", "code"), [(WARNING, 0), (ERROR, 4)])
def test_readiness_is_a_verdict_and_a_score(finding: Finding, code: int) -> None:
    facts = told(Checked(("a", "b", "c"), (finding,)))
    assert (facts["ok"], facts["exit_code"], facts["score"]) == (code == 0, code, 75)
    assert facts["passed"] == ["a", "b", "c"]


@pytest.mark.parametrize(
    ("result", "key", "value"),
    [
        (Initialised("ws", ("sparetire.toml",), ()), "written", ["sparetire.toml"]),
        (Pruned("local", ("old.html",), removed=True), "paths", ["old.html"]),
        (Listing("runs", ()), "runs", []),
    ],
)
def test_other_results_are_told_by_their_names(
    result: Result, key: str, value: list[str]
) -> None:
    facts = told(result)
    assert (facts["ok"], facts["exit_code"], facts[key]) == (True, 0, value)


def test_rows_are_told_under_their_name() -> None:
    run = Run("r1", "2026", "launch spill", "local", "verified", None)
    status = TargetStatus("local", "https://a.example", "", "", {}, "nothing yet")
    assert told(RunHistory((run,), 3))["runs"][0]["seconds"] is None
    assert told(RunHistory((run,), 3))["verified"] == 3
    assert told(Listing("targets", (status,)))["targets"][0]["seen"] == "nothing yet"


def test_a_failure_says_its_four_parts_in_any_language() -> None:
    error = ContentRefused("Déversement", why=["a", "b"], public="Rien.", then="Encore.")
    text = error_json(error, 3, (ERROR,))
    assert "Déversement" in text
    facts = json.loads(text)
    assert (facts["ok"], facts["exit_code"]) == (False, 3)
    assert facts["error"] == {
        "what": "Déversement",
        "why": ["a", "b"],
        "public": "Rien.",
        "next": "Encore.",
    }
    assert [one["rule"] for one in facts["findings"]] == ["body-empty"]
