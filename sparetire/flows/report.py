"""Report: what happened, minute by minute, from the ledger and the words that were said."""

from collections.abc import Iterator
from datetime import datetime

from sparetire.errors import UsageFault
from sparetire.flows.session import Session
from sparetire.model.incident import Incident
from sparetire.workspace.incidents import read_incident
from sparetire.workspace.ledger import Ledger, Record

__all__ = ["report"]


def report(session: Session, name: str) -> str:
    """Return an incident's timeline as Markdown.

    Raises:
        UsageFault: This workspace knows no such incident.
    """
    folder = session.workspace.incidents / name
    if not name or not (folder / "incident.toml").is_file():
        known = sorted(path.parent.name for path in folder.parent.glob("*/incident.toml"))
        raise UsageFault(
            f"This workspace knows no incident {name!r}.",
            why=f"It knows: {', '.join(known) or 'none'}.",
            then=f"sparetire report {known[0]}" if known else "Launch one first.",
        )
    incident = read_incident(folder)
    title = incident.title(session.settings.languages[0].code) or name
    where = ", ".join(incident.live_on) or "nothing"
    events = sorted([*_said(incident), *_done(session, incident)], key=lambda event: event[0])
    lines = [f"- {_local(session, at)} {words}" for at, words in events]
    return "\n".join(
        [f"# {title}", "", f"State: {incident.state}. Live on: {where}.", "", *lines]
    )


def _said(incident: Incident) -> Iterator[tuple[datetime, str]]:
    for statement in incident.statements:
        titles = " / ".join(words.title for words in statement.words.values())
        yield statement.published, f"statement {statement.number}: {titles}"


def _done(session: Session, incident: Incident) -> Iterator[tuple[datetime, str]]:
    for record in Ledger(session.workspace.ledger).records():
        if record.facts.get("purpose", "").endswith(incident.name):
            yield datetime.fromisoformat(record.at), _in_words(record)


def _in_words(record: Record) -> str:
    if "target" not in record.facts:
        return f"{record.what}: {record.facts.get('reason') or record.facts.get('role', '')}"
    target, edition = record.facts["target"], record.facts["edition"]
    seconds = record.facts.get("seconds")
    proof = f", {seconds:.1f} s after the push" if seconds is not None else ""
    return f"{record.what} on {target}, edition {edition}{proof}"


def _local(session: Session, at: datetime) -> str:
    return at.astimezone(session.settings.zone).strftime("%Y-%m-%d %H:%M:%S %Z")
