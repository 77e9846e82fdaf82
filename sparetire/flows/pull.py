"""Pull: brings what was said elsewhere into this workspace, so that it can go on from here."""

from contextlib import suppress
from datetime import datetime
from pathlib import Path

from sparetire.errors import ConfigurationFault, UsageFault
from sparetire.flows.approach import Approached, approach, arrivals
from sparetire.flows.handover import ENDING, PARCELS, SIGNATURES, WITHHELD
from sparetire.flows.session import Session
from sparetire.hosts.base import Host
from sparetire.hosts.folder_lock import folder_lock
from sparetire.model.attachment import Attachment, is_genuine
from sparetire.model.incident import Incident
from sparetire.model.outcome import Pulled
from sparetire.workspace.approvals import ApprovalStore
from sparetire.workspace.attachments import find_attachment, keep_attachments, paths_of
from sparetire.workspace.handover import unpack, with_words_of
from sparetire.workspace.incidents import read_incident, write_incident

__all__ = ["pull"]


def pull(session: Session, targets: tuple[str, ...], *, dry_run: bool) -> tuple[Pulled, ...]:
    """Bring the incidents that a target carries into this workspace, where they are newer.

    Raises:
        HostUnreachable: No target could be reached.
        UsageFault: The target keeps none.
        SparetireError: Any other end.
    """
    settings, workspace = session.settings, session.workspace
    wanted = [settings.target(name) for name in targets]
    with (
        folder_lock(workspace.lock, session.holder("pull")),
        approach(session, wanted, None, adopt=True) as under_way,
    ):
        reached, _ = arrivals(under_way)
        source, parcels = _source(reached)
        withheld = _parcels(source, WITHHELD)
        pulled = []
        for name, parcel in sorted(parcels.items()):
            incident = unpack(name, parcel)
            if name in withheld:
                incident = with_words_of(incident, unpack(name, withheld[name]))
            before = _known(session, name)
            outcome = "new" if before is None else _compare(before, incident)
            if not dry_run:
                if outcome != "same":
                    write_incident(workspace.incidents / name, _joined(before, incident))
                _fetch_files(source, incident, workspace.attachments)
                _fetch_signatures(session, source.host, name)
            pulled.append(Pulled(name, outcome, len(incident.statements)))
    if not pulled:
        raise UsageFault(
            f"{source.target.name} keeps no incident for other machines.",
            why="Nothing was launched there, or its host keeps no notes.",
            then="Copy the folder incidents from the workspace that launched it.",
        )
    return tuple(pulled)


def _source(reached: list[Approached]) -> tuple[Approached, dict[str, bytes]]:
    """Return the first target that keeps any parcels, with them."""
    for one in reached:
        if parcels := _parcels(one, PARCELS):
            return one, parcels
    return reached[0], {}


def _parcels(source: Approached, folder: str) -> dict[str, bytes]:
    """Return the parcels in a folder of a target, by the names of their incidents."""
    return {
        name.removeprefix(folder).removesuffix(ENDING): body
        for name, body in source.host.kept(folder).items()
    }


def _fetch_files(one: Approached, incident: Incident, folder: Path) -> None:
    """Bring the files that an incident shows, from where the public reads them.

    Raises:
        ConfigurationFault: The host does not keep one, or its bytes are not what its name says.
    """
    missing = {
        path for path in paths_of(incident.public) if find_attachment(folder, path) is None
    }
    past = one.host.past() if missing else ()
    entries = one.host.manifest(past[0]).entries if past else {}
    for path in sorted(missing & entries.keys()):
        body = one.host.fetch(past[0], entries[path])
        if not is_genuine(path, body):
            raise ConfigurationFault(
                f"A file of the incident {incident.name!r} is damaged at {one.target.name}.",
                why=f"The bytes of {path} are not those that were published.",
                then="Copy the folder incidents from the workspace that launched it.",
            )
        keep_attachments(folder, [Attachment(path, body)])


def _fetch_signatures(session: Session, host: Host, name: str) -> None:
    store, folder = ApprovalStore(session.workspace.approvals), f"{SIGNATURES}{name}/"
    for path, content in host.kept(folder).items():
        store.adopt(name, path.removeprefix(folder), content)


def _known(session: Session, name: str) -> Incident | None:
    """Return what this workspace has of an incident; what is damaged is brought anew."""
    with suppress(ConfigurationFault):
        return read_incident(session.workspace.incidents / name)
    return None


def _compare(before: Incident, pulled: Incident) -> str:
    had, has = _progress(before), _progress(pulled)
    newer = has > had
    if has == had:
        later = _newest_text(pulled) > _newest_text(before)
        newer = later or _waiting(pulled) > _waiting(before)
    return "newer" if newer else "same"


def _progress(incident: Incident) -> tuple[int, int]:
    return incident.heard, sum(one.taken_back for one in incident.statements)


def _newest_text(incident: Incident) -> datetime:
    """Return when the newest public text of a public statement was published."""
    public = (one for one in incident.standing if one.number <= incident.heard)
    return max((at for one in public for at in one.instants), default=incident.started)


def _waiting(incident: Incident) -> int:
    """Return how many translations are not public, as after a rollback."""
    return sum(len(one.unpublished) for one in incident.statements)


def _joined(before: Incident | None, pulled: Incident) -> Incident:
    """Return what was pulled, with the words that only this workspace still has."""
    return with_words_of(pulled, before) if before else pulled
