"""Files of ours that readers still get although the live version does not name them."""

from collections.abc import Iterator
from dataclasses import dataclass

from sparetire.flows.session import Session
from sparetire.hosts.base import Host, PublicFile
from sparetire.model.edition import Live
from sparetire.model.incident import Incident, State, Statement
from sparetire.rules.leaks import carrier
from sparetire.stages.build.replacements import is_text
from sparetire.workspace.incidents import read_incidents
from sparetire.workspace.releases import public_releases

__all__ = ["LeftOver", "left_over"]


@dataclass(frozen=True, slots=True)
class LeftOver:
    """What is left at a target.

    Attributes:
        paths: Files of ours that the live version does not name.
        taken_back: Those among them that repeat what was withdrawn or rolled back.
    """

    paths: tuple[str, ...]
    taken_back: tuple[str, ...]


def left_over(session: Session, target: str, host: Host, live: Live) -> LeftOver:
    """Return what is left at a target where files are replaced one by one.

    Raises:
        SparetireError: The host cannot be read.
    """
    if host.features.atomic_switch:
        return LeftOver((), ())
    texts = [*_incident_texts(session, live), *_release_texts(session, target)]
    carries = carrier(texts)
    ours, bad = [], []
    for path in sorted(host.readable() - live.manifest.entries.keys()):
        found = host.read(path)
        if found is None or not found.ours:
            continue
        ours.append(path)
        if is_text(path) and carries(_text(found)):
            bad.append(path)
    return LeftOver(tuple(ours), tuple(bad))


def _text(found: PublicFile) -> str:
    return found.body.decode("utf-8", errors="replace")


def _incident_texts(session: Session, live: Live) -> Iterator[str]:
    """Yield what incidents said that readers of a target may no longer read."""
    for incident in read_incidents(session.workspace.incidents):
        gone = incident.statements
        if incident.name in live.incidents:
            gone = _taken_back(incident)
        for statement in gone:
            for words in statement.words.values():
                yield from (words.title, words.body, words.summary)


def _taken_back(incident: Incident) -> tuple[Statement, ...]:
    if incident.state is State.WITHDRAWN:
        shown = {one.number for one in incident.public.statements}
        return tuple(one for one in incident.statements if one.number not in shown)
    return tuple(one for one in incident.statements if one.taken_back)


def _release_texts(session: Session, target: str) -> Iterator[str]:
    """Yield what releases said that were withdrawn."""
    folder = session.workspace.releases
    for release in public_releases(folder, session.settings, target):
        for words in release.wordings.values() if release.withdrawn else ():
            yield from (words.title, words.summary, words.body)
