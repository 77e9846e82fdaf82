"""Status: what the public sees now, at every live target."""

from collections.abc import Iterator

from sparetire import clock
from sparetire.config.schema import Target
from sparetire.errors import ConfigurationFault, NotVerified, SparetireError
from sparetire.flows.session import Session
from sparetire.flows.standing import as_heard
from sparetire.hosts.base import Host
from sparetire.hosts.registry import open_host
from sparetire.model.edition import Live
from sparetire.model.manifest import Wave
from sparetire.model.outcome import Promise, TargetStatus
from sparetire.stages.build.source import routes_of
from sparetire.stages.verify import Subject, verify_live
from sparetire.workspace.incidents import read_incidents

__all__ = ["look_at_target", "status"]

PATIENCE = 3.0  # seconds; a page that is right is right at once


def status(session: Session, names: tuple[str, ...]) -> tuple[TargetStatus, ...]:
    """Return what each target carries, and whether its public address shows it."""
    return tuple(_look(session, session.settings.target(name)) for name in names)


def look_at_target(
    session: Session, target: Target, host: Host, live: Live, *, whole: bool = False
) -> tuple[str, ...]:
    """Return what the public address shows wrongly, or nothing where all is right.

    Args:
        session: The run.
        target: Whose public address is looked at.
        host: Its host.
        live: What is live there.
        whole: Look at every file, not only at the lists.
    """
    subject = Subject(
        target=target.name,
        routes=routes_of(session.settings, target.name),
        entries=tuple(
            entry
            for entry in live.manifest.entries.values()
            if whole or entry.wave is Wave.LISTS
        ),
        private_urls=host.private_urls(),
        headers=host.features.headers,
    )
    if live.manifest.edition != live.edition:  # a host leaves out what is not there any more
        gone = f"Files of edition {live.edition} are gone or were changed: "
        return (f"{gone}publish it again with the same command.",)
    try:
        with host.serving():
            verify_live(subject, emit=session.emit, deadline=PATIENCE)
    except NotVerified as error:
        return error.why
    except ConfigurationFault as error:  # another program answers at the address
        return (" ".join((error.what, *error.why)),)
    return ()


def _look(session: Session, target: Target) -> TargetStatus:
    try:
        host = open_host(target, session.workspace.root)
        live = host.read_live()
    except SparetireError as error:
        told = " ".join((error.what, *error.why))
        return TargetStatus(target.name, target.url, "", "", {}, told)
    if live is None:
        return TargetStatus(target.name, target.url, "", "", {}, "nothing of ours is live here")
    wrong = look_at_target(session, target, host, live)
    return TargetStatus(
        target=target.name,
        url=target.url,
        edition=live.edition,
        committed=live.committed,
        incidents=live.incidents,
        seen=wrong[0] if wrong else "yes",
        promises=tuple(_promises(session, live)),
    )


def _promises(session: Session, live: Live) -> Iterator[Promise]:
    """Yield what was promised of the incidents that are live and known here."""
    for incident in read_incidents(session.workspace.incidents):
        due = as_heard(incident, live).promise
        if due and incident.name in live.incidents:
            local = due.astimezone(session.settings.zone)
            left = round((due - clock.now()).total_seconds())
            yield Promise(incident.name, local.isoformat(), left)
