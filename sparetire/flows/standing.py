"""Which incidents stand on a site, and what a new one means beside them."""

import threading
from collections.abc import Container, Sequence
from dataclasses import replace

from sparetire.config.schema import Settings, Target
from sparetire.errors import ConfigurationFault, ContentRefused
from sparetire.model.edition import Live
from sparetire.model.incident import Incident
from sparetire.workspace.incidents import read_incident, read_incidents, write_incident
from sparetire.workspace.layout import Workspace

__all__ = [
    "as_already_said",
    "as_live",
    "heard_on",
    "note_landed",
    "others_on",
    "refuse_unknown",
]


def heard_on(incident: Incident, primary: str, settings: Settings) -> bool:
    """Tell whether the readers of a target have been told of an incident.

    What was said on one public target is said to the public: every other public target carries
    it too. A target on loopback speaks to this machine alone: a trial there stays there.
    """
    if not settings.target(primary).public:
        return primary in incident.live_on
    known = [name for name in incident.live_on if name in settings.targets]
    return any(settings.target(name).public for name in known)


def others_on(
    workspace: Workspace, settings: Settings, primary: str, name: str
) -> tuple[Incident, ...]:
    """Return the incidents that a target carries beside the one named."""
    return tuple(
        incident
        for incident in read_incidents(workspace.incidents)
        if incident.name != name and heard_on(incident, primary, settings)
    )


def as_already_said(
    incident: Incident, workspace: Workspace, settings: Settings, primary: str
) -> Incident:
    """Return the incident with the times at which its readers were told, if they were.

    Raises:
        ContentRefused: Its readers were told something else under the same name.
    """
    folder = workspace.incidents / incident.name
    if not folder.exists():
        return incident
    before = read_incident(folder)
    if not heard_on(before, primary, settings):
        return incident
    if _words(before) != _words(incident):
        raise ContentRefused(
            f"The incident {incident.name!r} is already live with other words.",
            why="What was said is never changed silently.",
            public=f"The public goes on seeing what was said at {before.updated.isoformat()}.",
            then=f"If this is another incident, give it its own address: "
            f"--slug {incident.name}-2",
        )
    return before


def as_live(incident: Incident, workspace: Workspace, live: Live | None) -> Incident:
    """Return the incident as the host has it live, when a crash kept us from recording that."""
    folder = workspace.incidents / incident.name
    if live is None or incident.name not in live.incidents or not folder.exists():
        return incident
    before = read_incident(folder)
    if _words(before) == _words(incident):
        told = before.updated.isoformat() == live.incidents[incident.name]
        return replace(incident, statements=before.statements) if told else incident
    return incident


def _words(incident: Incident) -> tuple[object, ...]:
    return (
        incident.slugs,
        incident.keywords,
        [statement.words for statement in incident.statements[:1]],
    )


def refuse_unknown(live: Live | None, incidents: Sequence[Incident], target: Target) -> None:
    """Refuse to publish a site that would drop an incident this workspace does not know.

    Raises:
        ConfigurationFault: The public target carries such an incident.
    """
    unknown = set(live.incidents if live else ()) - {incident.name for incident in incidents}
    if unknown and target.public:
        names = ", ".join(sorted(unknown))
        raise ConfigurationFault(
            f"{target.name} carries an incident that this workspace does not know: {names}.",
            why="Somebody launched it from another workspace; it would vanish from the lists.",
            public="The public goes on seeing it.",
            then=f"Copy the folder incidents/{min(unknown)} from that workspace into this one.",
        )


_RECORDS = threading.Lock()  # several targets may land at the same moment


def note_landed(workspace: Workspace, incidents: Container[str], target: str) -> None:
    """Keep which incidents a target carries now, and which it does not carry any more."""
    with _RECORDS:
        for incident in read_incidents(workspace.incidents):
            others = [name for name in incident.live_on if name != target]
            live_on = (*others, target) if incident.name in incidents else tuple(others)
            if set(live_on) != set(incident.live_on):
                write_incident(
                    workspace.incidents / incident.name, replace(incident, live_on=live_on)
                )
