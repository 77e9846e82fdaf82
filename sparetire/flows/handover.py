"""Handover: the sources of an incident wait at each host, so that any laptop can go on."""

from collections.abc import Iterator
from contextlib import contextmanager

from sparetire.flows.approach import Approached
from sparetire.flows.elsewhere import tell_share
from sparetire.flows.made import Made
from sparetire.flows.session import Session
from sparetire.hosts.base import Host
from sparetire.model.approval import incident_subject
from sparetire.model.incident import Incident
from sparetire.model.plan import Action, Plan
from sparetire.workspace.approvals import ApprovalStore
from sparetire.workspace.handover import pack, said_in_public
from sparetire.workspace.incidents import is_recorded, read_incident

__all__ = ["ENDING", "PARCELS", "SIGNATURES", "WITHHELD", "hand_over"]

PARCELS = "incidents/"
SIGNATURES = "approvals/"
WITHHELD = "withheld/"  # incidents with the words that were taken from the public again
ENDING = ".json"


def hand_over(session: Session, made: Made, one: Approached, plan: Plan) -> None:
    """Leave what was said at a target, for a colleague; the public does not wait for it.

    Whatever keeps it from being left spoils nothing: the run is told of it in the ledger.
    """
    about = {made.incident.name} if made.incident else set(made.incidents)
    for name in sorted(about & made.incidents.keys()):
        folder = session.workspace.incidents / name
        with _spoiling_nothing(session, made, one, f"handover {name}"):
            if is_recorded(folder):
                incident = read_incident(folder)
                _leave(one.host, incident)
                _leave_signatures(session, one.host, incident)
    if made.newest and _moves(made, plan):
        with _spoiling_nothing(session, made, one, "releases"):
            tell_share(session, made.edition, made.newest, one.host)


@contextmanager
def _spoiling_nothing(
    session: Session, made: Made, one: Approached, purpose: str
) -> Iterator[None]:
    try:
        yield
    except Exception as error:  # noqa: BLE001  nobody waits for the thread that meets it
        reason = getattr(error, "what", f"{type(error).__name__}: {error}")
        facts = {"target": one.target.name, "edition": made.edition.manifest.edition}
        session.record("not handed over", purpose=purpose, reason=reason, **facts)


def _moves(made: Made, plan: Plan) -> bool:
    """Tell whether a run may bring anything of the newsroom that the target does not know."""
    resting = made.edition.inspected
    return not resting or any(entry.path in resting for entry in plan.of(Action.PUT))


def _leave(host: Host, incident: Incident) -> None:
    """Leave an incident, and apart from it what was withdrawn, for whoever brings it back."""
    public = said_in_public(incident)
    if public != incident and host.features.hides_notes:
        host.keep(f"{WITHHELD}{incident.name}{ENDING}", pack(incident))
    host.keep(f"{PARCELS}{incident.name}{ENDING}", pack(public))


def _leave_signatures(session: Session, host: Host, incident: Incident) -> None:
    """Leave the signatures over what is public now."""
    subject = incident_subject(incident)
    for file, body in ApprovalStore(session.workspace.approvals).signed(subject).items():
        host.keep(f"{SIGNATURES}{incident.name}/{file}", body)
