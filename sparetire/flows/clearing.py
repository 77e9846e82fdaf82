"""Clearing: pictures and files of what was withdrawn go at once; they would outlive it."""

from collections.abc import Iterator
from datetime import datetime

from sparetire.errors import SparetireError
from sparetire.flows.approach import Approached
from sparetire.flows.made import Made
from sparetire.flows.session import Session
from sparetire.model.manifest import Entry, Wave
from sparetire.model.media import is_dress

__all__ = ["clear_pictures"]


def clear_pictures(
    session: Session, purpose: str, made: Made, reached: list[Approached]
) -> None:
    """Take away every picture and file that the incident brought and no page names any more.

    The page without them is live by then; what cannot be removed is told in the ledger, and
    prune tries again.
    """
    incident = made.incident
    if incident is None:
        return
    for one in reached:
        facts = {"target": one.target.name, "edition": made.edition.manifest.edition}
        try:
            gone = tuple(_pictures(one, made, incident.started))
            if gone:
                taken = one.host.remove(gone)
                session.record("pictures removed", purpose=purpose, files=len(taken), **facts)
        except SparetireError as error:
            session.record("pictures left", purpose=purpose, reason=error.what, **facts)


def _pictures(one: Approached, made: Made, since: datetime) -> Iterator[Entry]:
    kept = dict(made.edition.manifest.entries)
    for past in one.host.past():
        if datetime.fromisoformat(past.committed) < since:
            return
        for path, entry in one.host.manifest(past).entries.items():
            if path not in kept and entry.wave is Wave.ASSETS:
                kept[path] = entry  # each once
                if not is_dress(entry.content_type):
                    yield entry
