"""What happened, for afterwards; and that nobody has touched the record."""

import json
from dataclasses import replace
from datetime import timedelta
from html.parser import HTMLParser
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest

from sparetire.model.incident import Kind
from sparetire.model.report import Happened, Happening, IncidentReport
from sparetire.output.report import Telling, report_json
from sparetire.stages.fill.brief import brief_text
from tests.support.command import Team, new_team, refused
from tests.support.draft import WORDS
from tests.support.launched import Launched
from tests.support.scenarios import SCENARIOS, generated_brief
from tests.support.workspaces import SAID_AT, incident

ZONE = ZoneInfo("America/Toronto")
SPILL = next(one for one in SCENARIOS if one.name == "spill")
MINUTE = timedelta(minutes=1)


@pytest.fixture
def team(tmp_path: Path, launched: Launched) -> Team:
    return launched.copy(tmp_path / "team")


def report_of(*happenings: Happening) -> IncidentReport:
    """Return a report on an hourly crisis whose first promise was broken by half an hour."""
    said = incident(WORDS, WORDS, WORDS)
    first, second, third = said.statements
    statements = (
        replace(first, promise=first.published + 30 * MINUTE),
        replace(second, kind=Kind.UPDATE, promise=second.published + 90 * MINUTE),
        replace(third, kind=Kind.CORRECTION, corrects=1),
    )
    return IncidentReport(
        replace(said, statements=statements), happenings, SAID_AT + timedelta(hours=4)
    )


def test_a_report_tells_what_was_said_and_done_in_order(team: Team) -> None:
    report = team.call("report", "panne-electricite", "--lang", "en").out

    assert report.startswith("# Report: Power outage in Sept-Îles\n")
    order = [
        report.rindex(word) for word in ("Said, statement 1", "Push started", "Verified from")
    ]
    assert order == sorted(order)
    assert "Rapport\u00a0: Panne à Sept-Îles" in team.call("report", "panne-electricite").out


def test_a_report_for_programs_holds_the_same(team: Team) -> None:
    told = team.call("report", "panne-electricite", "--json").json
    assert [one["number"] for one in told["statements"]] == [1]
    assert told["statements"][0]["seconds_to_live"] >= 0
    assert [one["what"] for one in told["timeline"]] == ["said", "sending", "live", "verified"]


def test_promises_that_were_not_kept_are_told_with_how_late() -> None:
    report = report_of()
    assert [late.by for late in report.late] == [30 * MINUTE, 90 * MINUTE]
    assert [late.came is None for late in report.late] == [False, True]
    assert "late by 30 min 00 s" in Telling(report, "en", ZONE).markdown()
    assert "attendue depuis 1 h 30 min" in Telling(report, "fr", ZONE).markdown()
    kept = replace(report, made=SAID_AT + timedelta(hours=1, minutes=40))
    assert len(kept.late) == 1


def test_waits_for_a_signature_are_counted_from_the_first_request() -> None:
    at = SAID_AT
    report = report_of(
        Happening(at, Happened.ASKED, "approve spill"),
        Happening(at + MINUTE, Happened.ASKED, "approve spill"),
        Happening(at + 7 * MINUTE, Happened.SIGNED, "approve spill", "legal"),
        Happening(at + 9 * MINUTE, Happened.SIGNED, "approve spill", "direction"),
    )
    assert report.waits == (7 * MINUTE,)
    assert json.loads(report_json(report))["waits"] == [420.0]


@pytest.mark.parametrize("code", ["fr", "en"])
def test_the_page_holds_no_script_and_no_words_as_tags(code: str) -> None:
    evil = Happening(SAID_AT, Happened.GLASS, "launch x", "<script>alert(1)</script>")
    page = Telling(report_of(evil), code, ZONE).html()

    tags: list[str] = []

    class Tags(HTMLParser):
        def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
            tags.append(tag)
            assert not [name for name, _ in attrs if name.startswith("on")]

    Tags().feed(page)
    assert "script" not in tags
    assert {"table", "svg", "main"} <= set(tags)
    assert "http" not in page.replace("http-equiv", "")
    assert "&lt;script&gt;" in page


def test_what_became_of_the_scenario_is_offered_back(tmp_path: Path) -> None:
    team = new_team(tmp_path / "spill")
    brief = generated_brief(SPILL, optional=False) | {"next_update": "45m"}
    path = tmp_path / "brief.toml"
    path.write_text(brief_text(brief), "utf-8")
    launched = team.call("launch", "--scenario", "spill", "--brief", str(path), "--yes")
    assert launched.code == 0, launched.err
    (folder,) = (path.parent for path in team.folder.glob("incidents/*/incident.toml"))
    advice = tmp_path / "advice.md"
    advice.write_text("1. Gardez vos animaux à l’intérieur jusqu’à demain matin.\n", "utf-8")
    team.call("update", "--advice", f"fr={advice}", "--yes")

    told = team.call("report", folder.name, "--lang", "fr").out.replace("\u00a0", " ")

    assert "## Ajouté ou réécrit par rapport au scénario spill" in told
    assert "Que faire (fr) : Gardez vos animaux à l’intérieur" in told
    left_out = told.split("## Prévu par le scénario et laissé de côté")[1].split("##")[0]
    assert "Que faire (fr) :" in left_out
    assert "La déclaration (en) :" in left_out
    skipped = SPILL.outline.blanks["helpline"].ask["fr"]
    assert skipped in told.split("## Questions du scénario restées sans réponse")[1]
    assert SPILL.outline.clocks[0].told("fr").replace("\u00a0", " ") in told
    facts = team.call("report", folder.name, "--json").json["rehearsed"]
    assert facts["scenario"] == "spill"
    assert {one["part"] for one in facts["divergences"]} >= {"statement", "advice"}


def test_a_statement_without_a_scenario_is_compared_with_none(team: Team) -> None:
    assert team.call("report", "panne-electricite", "--json").json["rehearsed"] is None


def test_a_broken_glass_is_told_apart() -> None:
    broken = Happening(SAID_AT, Happened.GLASS, "approve spill", "The lawyer is on a plane.")
    told = Telling(report_of(broken), "en", ZONE).markdown()
    section = told.split("## Published unsigned")[1].split("##")[0]
    assert "The lawyer is on a plane." in section
    assert "PUBLISHED UNSIGNED" in told


def test_an_incident_that_never_was_is_a_usage_fault(team: Team) -> None:
    told = team.call("report", "grève")
    assert told.code == 2
    assert "panne-electricite" in told.err


def test_the_history_holds_until_a_line_is_changed(team: Team) -> None:
    assert team.call("history", "--verify", "--json").json["runs"][0]["outcome"] == "verified"
    ledger = team.folder / ".sparetire" / "ledger.jsonl"
    ledger.write_text(ledger.read_text("utf-8").replace("local", "lokal", 1), encoding="utf-8")

    error = refused(team.call("history", "--verify", "--json"), 4)

    assert "line" in error["what"]
