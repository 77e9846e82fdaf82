"""Status: what the public sees now, at every live target."""

from collections.abc import Iterator
from contextlib import suppress
from dataclasses import replace

from sparetire import clock
from sparetire.config.schema import Target
from sparetire.errors import ConfigurationFault, NotVerified, SparetireError
from sparetire.flows.session import Session
from sparetire.flows.standing import as_heard
from sparetire.hosts.base import Host
from sparetire.hosts.registry import open_host
from sparetire.model.edition import Live
from sparetire.model.incident import Incident
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
        whole: Look at every file, not only at the lists and the pages of incidents.
    """
    incidents = read_incidents(session.workspace.incidents)
    pages = {path for one in incidents for path in _pages(session, target, one)}
    subject = Subject(
        target=target.name,
        routes=routes_of(session.settings, target.name),
        entries=tuple(
            entry
            for path, entry in live.manifest.entries.items()
            if whole or entry.wave is Wave.LISTS or path in pages
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
    unfinished = tuple(_unfinished(session, target, host, live))
    if live is None:
        told = "No version is complete here." if unfinished else "Nothing published here yet."
        empty = TargetStatus(target.name, target.url, "", "", {}, told)
        return replace(empty, unfinished=unfinished, public=target.public)
    wrong = look_at_target(session, target, host, live)
    return TargetStatus(
        target=target.name,
        url=target.url,
        edition=live.edition,
        committed=live.committed,
        incidents=live.incidents,
        seen=wrong[0] if wrong else "yes",
        promises=tuple(_promises(session, live)),
        public=target.public,
        states={
            incident.name: str(as_heard(incident, live).state)
            for incident in read_incidents(session.workspace.incidents)
            if incident.name in live.incidents
        },
        unfinished=unfinished,
    )


def _pages(session: Session, target: Target, incident: Incident) -> tuple[str, ...]:
    """Return the paths of an incident's page, one for each language."""
    routes = routes_of(session.settings, target.name)
    return tuple(routes.page(code, slug) for code, slug in incident.slugs.items())


def _unfinished(
    session: Session, target: Target, host: Host, live: Live | None
) -> Iterator[str]:
    """Yield addresses that a run that was stopped has left: in no version, and yet they answer.

    A page counts as ours where it names its own address: some servers answer 200 to anything.
    """
    known = live.manifest.entries if live else {}
    paths = [
        path
        for incident in read_incidents(session.workspace.incidents)
        if not incident.heard  # else a rollback left its page behind
        for path in _pages(session, target, incident)
        if path not in known
    ]
    if not (paths and host.features.served):
        return
    import requests  # noqa: PLC0415  slow to import

    routes = routes_of(session.settings, target.name)
    with suppress(ConfigurationFault), host.serving():
        for path in paths:
            with suppress(requests.RequestException):
                answer = requests.get(routes.url(path), timeout=PATIENCE)
                if answer.ok and routes.public(path).encode() in answer.content:
                    yield routes.url(path)


def _promises(session: Session, live: Live) -> Iterator[Promise]:
    """Yield what was promised of the incidents that are live and known here."""
    for incident in read_incidents(session.workspace.incidents):
        due = as_heard(incident, live).promise
        if due and incident.name in live.incidents:
            local = due.astimezone(session.settings.zone)
            left = round((due - clock.now()).total_seconds())
            yield Promise(incident.name, local.isoformat(), left)
