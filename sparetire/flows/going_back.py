"""Says what a rollback does: which version comes back, and what readers lose or get with it."""

from collections.abc import Iterator
from datetime import datetime, tzinfo

from sparetire.clock import local_time
from sparetire.flows.session import Session
from sparetire.model.edition import Live, Past
from sparetire.model.finding import Finding, Severity
from sparetire.model.incident import Incident, Kind, Statement
from sparetire.workspace.incidents import read_incidents

__all__ = ["going_back"]


def going_back(
    session: Session, target: str, live: Live | None, past: Past
) -> Iterator[Finding]:
    """Yield the version that comes back, and every statement that disappears or returns."""
    if live is None or live.edition == past.edition:
        return
    zone = session.settings.zone
    since = local_time(past.committed, zone)
    yield _found(
        Severity.INFO,
        target,
        f"Version {past.edition}, live since {since}, takes the place of {live.edition}.",
    )
    known = {one.name: one for one in read_incidents(session.workspace.incidents)}
    for name in sorted(live.incidents.keys() | past.incidents.keys()):
        now, then = live.incidents.get(name), past.incidents.get(name)
        if now == then:
            continue
        if then is None:
            message = f"{name} disappears from every list and feed."
            remedy = "Its page may go on answering: sparetire withdraw takes its text back."
            yield _found(Severity.WARNING, target, message, remedy)
        elif now is None:
            message = f"{name} comes back, as it was at {local_time(then, zone)}."
            yield _found(Severity.WARNING, target, message)
        else:
            yield from _statements(target, known.get(name), name, (now, then), zone)


def _statements(
    target: str, incident: Incident | None, name: str, between: tuple[str, str], zone: tzinfo
) -> Iterator[Finding]:
    """Yield what becomes of the statements of an incident between two of their instants."""
    now, then = between
    if incident is None:
        message = f"{name} goes back from {local_time(now, zone)} to {local_time(then, zone)}."
        yield _found(Severity.WARNING, target, message)
        return
    low, high = sorted((datetime.fromisoformat(now), datetime.fromisoformat(then)))
    moved = [one for one in incident.statements if low < one.published <= high]
    verb = "disappears" if now > then else "comes back"
    for one in moved:
        at = local_time(one.published, zone)
        message = f"{name}: {one.kind} {one.number} of {at} {verb}: {_summary(one)}"
        yield _found(Severity.WARNING, target, message)
        if one.kind is Kind.WITHDRAWAL and verb == "disappears":
            message = f"{name}: the text that was withdrawn is public again."
            remedy = "Do this only where the withdrawal itself was the mistake."
            yield _found(Severity.WARNING, target, message, remedy)


def _summary(statement: Statement) -> str:
    words = next(iter(statement.words.values()))
    return words.summary or words.title


def _found(severity: Severity, target: str, message: str, remedy: str = "") -> Finding:
    return Finding("going-back", severity, target, message, remedy)
