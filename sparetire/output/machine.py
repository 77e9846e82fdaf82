"""Every result as one JSON object, for programs."""

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any, assert_never

from sparetire.errors import ExitCode, SparetireError
from sparetire.model.brand import Taken
from sparetire.model.finding import Finding
from sparetire.model.intake import Imported
from sparetire.model.issue import Issued
from sparetire.model.outcome import Checked, Drafted, Initialised, Linted, Pruned, RunHistory
from sparetire.model.published import Published
from sparetire.model.scorecard import Scorecard

if TYPE_CHECKING:
    from _typeshed import DataclassInstance
from sparetire.output.announcements import notice_rows
from sparetire.output.issues import issued_facts

__all__ = ["Listing", "Result", "error_json", "result_json"]


@dataclass(frozen=True, slots=True)
class Listing:
    """Rows under a name, for commands that show a table."""

    name: str
    rows: "tuple[DataclassInstance, ...]"


Result = (
    Taken
    | Published
    | Issued
    | Initialised
    | Checked
    | Drafted
    | Linted
    | Pruned
    | Imported
    | Scorecard
    | RunHistory
    | Listing
)


def result_json(result: Result) -> str:
    """Return the JSON text of a result."""
    facts: dict[str, Any]
    match result:
        case Published():
            facts = _published(result)
        case Checked():
            facts = {
                "ok": result.ready,
                "exit_code": int(ExitCode.OK if result.ready else ExitCode.CONFIGURATION),
                "score": result.score,
                "passed": result.passed,
                "findings": _findings(result.findings),
            }
        case Linted():
            code = ExitCode.OK if result.clean else ExitCode.CONTENT_REFUSED
            findings = _findings(result.findings)
            facts = {"ok": result.clean, "exit_code": int(code), "findings": findings}
        case Pruned() | Initialised() | Imported() | Drafted() | Taken() | RunHistory():
            facts = {"ok": True, "exit_code": 0, **asdict(result)}
        case Issued():
            facts = _published(result.published) if result.published else {"changed": False}
            facts |= {"ok": True, "exit_code": 0, **issued_facts(result)}
            facts["findings"] = _findings(result.seen)
        case Scorecard():
            ends = {"ok": not result.exit_code, "exit_code": result.exit_code}
            facts = {**ends, **asdict(result), "scores": _scores(result)}
        case Listing():
            rows = [asdict(row) for row in result.rows]
            facts = {"ok": True, "exit_code": 0, result.name: rows}
        case _:
            assert_never(result)
    return json.dumps(facts, ensure_ascii=False, indent=2)


def _scores(card: Scorecard) -> list[dict[str, Any]]:
    return [
        {**asdict(one), "total": one.total, "goal": one.goal, "reached": one.reached}
        for one in card.scores
    ]


def error_json(error: SparetireError, code: int, findings: tuple[Finding, ...]) -> str:
    """Return the JSON text of a failure: the four parts, and what the rules saw."""
    facts = {
        "ok": False,
        "exit_code": code,
        "error": {
            "what": error.what,
            "why": error.why,
            "public": error.public,
            "next": error.then,
        },
        "findings": _findings(findings),
    }
    return json.dumps(facts, ensure_ascii=False, indent=2)


def _published(result: Published) -> dict[str, Any]:
    proposal, receipts = result.proposal, result.receipts
    facts: dict[str, Any] = {
        "ok": True,
        "exit_code": 0,
        "changed": result.changed,
        "dry_run": not receipts,
        "incident": proposal.incident.name if proposal.incident else None,
        "edition": result.edition,
        "target": proposal.plans[0].target,
        "urls": proposal.urls,
        "timings": {**result.timings, "total": round(sum(result.timings.values()), 3)},
        "verified_after": result.verified,
        "files": {
            "put": sum(receipt.put for receipt in receipts),
            "kept": sum(receipt.kept for receipt in receipts),
            "removed": 0,
            "bytes": sum(receipt.size for receipt in receipts),
        },
        "announcements": notice_rows(result.notices),
        "findings": _findings(proposal.findings),
    }
    facts["plan"] = {
        plan.target: [
            {"path": step.entry.path, "action": step.action, "reason": step.reason}
            for step in plan.steps
        ]
        for plan in proposal.plans
    }
    return facts


def _findings(findings: tuple[Finding, ...]) -> list[dict[str, str]]:
    return [
        {
            "rule": finding.rule,
            "severity": finding.severity,
            "place": finding.place,
            "message": finding.message,
            "remedy": finding.remedy,
        }
        for finding in findings
    ]
