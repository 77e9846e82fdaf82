"""Which incidents stand on a site, and what a new one means beside them."""

import threading
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from shlex import quote

from sparetire.config.schema import Settings
from sparetire.errors import ConfigurationFault, ContentRefused
from sparetire.flows.session import Session
from sparetire.model.edition import Live
from sparetire.model.incident import Incident, State, Statement
from sparetire.workspace.incidents import (
    is_recorded,
    read_incident,
    read_incidents,
    write_incident,
)
from sparetire.workspace.layout import Workspace

__all__ = [
    "as_already_said",
    "as_heard",
    "as_live",
    "as_readers_see",
    "heard_on",
    "in_order",
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
    session: Session, primary: str, live: Live | None, name: str = ""
) -> tuple[Incident, ...]:
    """Return the incidents that a target carries beside the one named, as readers see them."""
    return tuple(
        as_readers_see(as_heard(incident, live))
        for incident in read_incidents(session.workspace.incidents)
        if incident.name != name and heard_on(incident, primary, session.settings)
    )


def as_readers_see(incident: Incident) -> Incident:
    """Return the incident as readers may see it.

    Raises:
        ConfigurationFault: Words are missing that only the workspace that said them has.
    """
    public = incident.public
    if all(words.body for one in public.statements for words in one.words.values()):
        return public
    raise ConfigurationFault(
        f"This workspace lacks words of the incident {incident.name!r}.",
        why="They were withdrawn before they were pulled, and have been brought back since.",
        then="sparetire pull brings them where the host can hide them; else copy the folder "
        f"incidents/{incident.name} from the workspace that said them.",
    )


def in_order(incidents: Iterable[Incident]) -> tuple[Incident, ...]:
    """Return incidents as a site holds them: oldest first."""
    return tuple(sorted(incidents, key=lambda one: (one.started, one.name)))


def as_heard(incident: Incident, live: Live | None) -> Incident:
    """Return the incident without what no reader was told: a run failed before it came out.

    What the host has live was told, even where a crash kept us from recording that.
    """
    told = live.incidents.get(incident.name) if live else None
    heard = tuple(
        _as_told(one, told)
        for one in incident.statements
        if one.number <= incident.heard or one.published.isoformat() == told
    )
    return replace(incident, statements=heard) if heard else incident


def _as_told(statement: Statement, newest: str | None) -> Statement:
    """Return a statement with the later text that a target tells by its instant."""
    waiting = tuple(
        code
        for code in statement.unpublished
        if statement.translated[code].isoformat() != newest
    )
    return replace(statement, unpublished=waiting) if statement.unpublished else statement


def as_already_said(
    incident: Incident, workspace: Workspace, settings: Settings, primary: str
) -> Incident:
    """Return the incident with the times at which its readers were told, if they were.

    Raises:
        ContentRefused: Its readers were told something else under the same name.
    """
    folder = workspace.incidents / incident.name
    if not is_recorded(folder):
        return incident
    before = read_incident(folder)
    if not heard_on(before, primary, settings):
        return incident
    if before.state is State.WITHDRAWN:
        raise ContentRefused(
            f"The incident {incident.name!r} was withdrawn.",
            why=f"A notice of {before.updated.isoformat()} stands on its page.",
            public="The public goes on seeing that notice.",
            then=f"To say more there: sparetire update {quote(incident.name)}. To bring back "
            "what was withdrawn: sparetire rollback.",
        )
    if _words(before) != _words(incident):
        raise ContentRefused(
            f"The incident {incident.name!r} is already live with other words.",
            why="What was said is never changed silently.",
            public=f"The public goes on seeing what was said at {before.updated.isoformat()}.",
            then=f"If this is another incident, give it its own address: "
            f"--slug {quote(incident.name)}-2",
        )
    return before


def as_live(incident: Incident, workspace: Workspace, live: Live | None) -> Incident:
    """Return the incident as the host has it live, when a crash kept us from recording that."""
    folder = workspace.incidents / incident.name
    if live is None or incident.name not in live.incidents or not is_recorded(folder):
        return incident
    before = read_incident(folder)
    if _words(before) == _words(incident):
        told = before.changed.isoformat() == live.incidents[incident.name]
        return replace(incident, statements=before.statements) if told else incident
    return incident


def _words(incident: Incident) -> tuple[object, ...]:
    return (incident.slugs, incident.keywords, incident.statements[0].words)


def refuse_unknown(
    session: Session, live: Live | None, incidents: Sequence[Incident], primary: str
) -> None:
    """Refuse to publish a site that would drop what was said from another workspace.

    Raises:
        ConfigurationFault: The public target carries an incident that this workspace does not
            know, or a newer word on one.
    """
    target = session.settings.target(primary)
    if live is None or not target.public:
        return
    if unknown := ", ".join(sorted(live.incidents.keys() - {one.name for one in incidents})):
        raise ConfigurationFault(
            f"{primary} carries an incident that this workspace does not know: {unknown}.",
            why="Somebody launched it from another workspace; it would vanish from the lists.",
            public="The public goes on seeing it.",
            then="sparetire pull brings it here; then run the same command again.",
        )
    for name, newest in sorted(live.incidents.items()):
        if not _recorded(session.workspace, name, newest):
            raise ConfigurationFault(
                f"This workspace does not know what {primary} says of the incident {name!r}.",
                why=f"Somebody said it from another workspace, at {newest}; it would vanish.",
                public="The public goes on seeing it.",
                then="sparetire pull brings it here; then run the same command again. Where it "
                f"brings nothing newer, copy the folder incidents/{name} from that workspace.",
            )


def _recorded(workspace: Workspace, name: str, instant: str) -> bool:
    """Tell whether it was said from here, whatever became of it: it may be taken back.

    What this run is about to say is no proof: a colleague may have spoken in the same second.
    """
    folder = workspace.incidents / name
    if not is_recorded(folder):
        return False
    incident = read_incident(folder)
    said = (*incident.withdrawn, *incident.statements)
    return any(
        at.isoformat() == instant
        for one in said
        for at in (one.published, *one.translated.values())
    )


_RECORDS = threading.Lock()  # several targets may land at the same moment


def note_landed(workspace: Workspace, incidents: Mapping[str, str], target: str) -> None:
    """Keep what a target carries now, and what it does not carry any more.

    Args:
        workspace: Where the incidents are kept.
        incidents: Names of the incidents there, with the instant of their newest statement.
        target: The name of the target.
    """
    with _RECORDS:
        for incident in read_incidents(workspace.incidents):
            landed = _as_landed(incident, incidents.get(incident.name), target)
            if landed != incident:
                write_incident(workspace.incidents / incident.name, landed)


def _as_landed(incident: Incident, newest: str | None, target: str) -> Incident:
    if newest is None:
        live_on = tuple(name for name in incident.live_on if name != target)
        return replace(incident, live_on=live_on)
    live_on = incident.live_on if target in incident.live_on else (*incident.live_on, target)
    heard = _newest_number(incident, newest)
    statements = tuple(
        replace(one, taken_back=heard < one.number <= incident.heard or one.taken_back)
        if one.number != heard
        else replace(one, taken_back=False)
        for one in (_texts_landed(each, newest) for each in incident.statements)
    )
    return replace(
        incident,
        live_on=live_on,
        heard=max(heard, incident.heard),
        statements=statements if heard else incident.statements,
    )


def _newest_number(incident: Incident, newest: str) -> int:
    """Return the number of the newest statement that was public at an instant, 0 for none."""
    for one in incident.statements:
        if newest in {at.isoformat() for at in one.translated.values()}:
            earlier = (
                each.number for each in incident.standing if each.published.isoformat() < newest
            )
            return max(one.number, *earlier)
    same = (one.number for one in incident.statements if one.published.isoformat() == newest)
    return max(same, default=0)


def _texts_landed(statement: Statement, newest: str) -> Statement:
    """Return a statement whose later texts are public as a target has them at an instant."""
    told = _as_told(statement, newest)
    gone = {code for code, at in statement.translated.items() if at.isoformat() > newest}
    waiting = dict.fromkeys([*told.unpublished, *sorted(gone)])
    return replace(told, unpublished=tuple(waiting))
