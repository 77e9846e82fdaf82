"""Report: what happened, minute by minute, from the ledger and the words that were said."""

from collections.abc import Iterator
from datetime import datetime
from shlex import quote

from sparetire import clock
from sparetire.errors import UsageFault
from sparetire.flows.scenario import chosen_scenario
from sparetire.flows.session import Session
from sparetire.model.incident import Incident
from sparetire.model.report import (
    Divergence,
    Happened,
    Happening,
    IncidentReport,
    Rehearsed,
)
from sparetire.stages.fill.rewriting import compare
from sparetire.workspace.incidents import read_incident
from sparetire.workspace.ledger import Ledger, Record
from sparetire.workspace.scenarios import BESIDE, STATEMENT, Scenario

__all__ = ["report"]

_KINDS = {
    "push started": Happened.SENDING,
    "live": Happened.LIVE,
    "verified": Happened.VERIFIED,
    "approval asked": Happened.ASKED,
    "approved": Happened.SIGNED,
    "glass broken": Happened.GLASS,
}


def report(session: Session, name: str) -> IncidentReport:
    """Return what an incident came to.

    Raises:
        UsageFault: This workspace knows no such incident.
    """
    folder = session.workspace.incidents / name
    known = sorted(path.parent.name for path in folder.parent.glob("*/incident.toml"))
    if name not in known:
        raise UsageFault(
            f"This workspace knows no incident {name!r}.",
            why=f"It knows: {', '.join(known) or 'none'}.",
            then=f"sparetire report {quote(known[0])}" if known else "Launch one first.",
        )
    incident = read_incident(folder)
    happenings = [*_said(incident), *_done(session, incident)]
    order = list(Happened)
    happenings.sort(key=lambda one: (one.at, order.index(one.what)))
    rehearsed = _rehearsed(session, incident)
    return IncidentReport(incident, tuple(happenings), clock.now(), rehearsed)


def _rehearsed(session: Session, incident: Incident) -> Rehearsed | None:
    """Return what became of the scenario, to be offered back to it."""
    if not incident.scenario:
        return None
    try:
        scenario = chosen_scenario(session.workspace, incident.scenario)
    except UsageFault:  # it is not in this workspace any more
        return None
    outline, codes = scenario.outline, [each.code for each in session.settings.languages]
    open_blanks = [outline.blanks[name] for name in incident.unfilled if name in outline.blanks]
    return Rehearsed(
        scenario=scenario.name,
        divergences=tuple(_divergences(scenario, incident)),
        unfilled={
            code: tuple(each.ask.get(code, "") for each in open_blanks) for code in codes
        },
        duties={code: tuple(one.told(code) for one in outline.clocks) for code in codes},
    )


def _divergences(scenario: Scenario, incident: Incident) -> Iterator[Divergence]:
    """Yield where the first statement, and each sheet as it stands, is not what was ready."""
    first = {code: words.body for code, words in incident.statements[0].words.items()}
    texts = {STATEMENT: first}
    texts |= {name: incident.sheets[name].body for name in BESIDE if name in incident.sheets}
    for part, bodies in texts.items():
        for code, body in bodies.items():
            found = compare(scenario.text(part, code), body)
            if found.added or found.left_out:
                yield Divergence(part, code, found.added, found.left_out)


def _said(incident: Incident) -> Iterator[Happening]:
    for one in incident.statements:
        told = " / ".join(one.named(incident, code) for code in one.words)
        yield Happening(one.published, Happened.SAID, str(one.kind), told, one.number)


def _done(session: Session, incident: Incident) -> Iterator[Happening]:
    """Yield what was done about this incident, and the rollbacks that went over it."""
    for record in Ledger(session.workspace.ledger).records():
        purpose = str(record.facts.get("purpose", ""))
        command, _, about = purpose.partition(" ")
        at = datetime.fromisoformat(record.at)
        if about == incident.name or (command == "rollback" and at >= incident.started):
            what = _KINDS.get(record.what, Happened.OTHER)
            yield Happening(at, what, purpose, _detail(record, what))


def _detail(record: Record, what: Happened) -> str:
    facts = record.facts
    match what:
        case Happened.ASKED:
            return ", ".join(facts.get("roles", ()))
        case Happened.SIGNED:
            return str(facts.get("role", ""))
        case Happened.GLASS:
            return str(facts.get("reason", ""))
        case Happened.OTHER:
            told = (record.what, facts.get("target", ""), facts.get("reason", ""))
            return ", ".join(str(part) for part in told if part)
        case _:
            return f"{facts.get('target', '')} ({facts.get('edition', '')})"
