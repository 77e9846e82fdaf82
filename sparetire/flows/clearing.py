"""Clearing: files of what was taken back go at once; they would outlive their page."""

from collections.abc import Callable, Iterator
from datetime import datetime

from sparetire.errors import SparetireError
from sparetire.flows.approach import Approached
from sparetire.flows.made import Made
from sparetire.flows.session import Session
from sparetire.model.manifest import Entry, Wave
from sparetire.model.media import is_dress

__all__ = ["clear_pictures", "clear_rolled_back"]


def clear_pictures(
    session: Session, purpose: str, made: Made, reached: list[Approached]
) -> None:
    """Take away every picture and file that the incident brought and no page names any more.

    The page without them is live by then; what cannot be removed is told in the ledger, and
    prune tries again.
    """
    incident = made.incident
    if incident is not None:
        for one in reached:
            _clear(
                session, purpose, made, one, lambda one: _pictures(one, made, incident.started)
            )


def clear_rolled_back(
    session: Session, purpose: str, made: Made, reached: list[Approached]
) -> None:
    """Take away every file of the versions that a rollback has left.

    Where a host replaces files one by one, what was taken back would stay readable at its
    address. The older version is live by then; what cannot be removed is told in the ledger.
    """
    for one in reached:
        if not one.host.features.atomic_switch:
            _clear(session, purpose, made, one, lambda one: _left(one, made))


def _clear(
    session: Session,
    purpose: str,
    made: Made,
    one: Approached,
    find: Callable[[Approached], Iterator[Entry]],
) -> None:
    facts = {"target": one.target.name, "edition": made.edition.manifest.edition}
    try:
        gone = tuple(find(one))
        if gone:
            taken = one.host.remove(gone)
            session.record("files removed", purpose=purpose, files=len(taken), **facts)
    except SparetireError as error:
        session.record("files left", purpose=purpose, reason=error.what, **facts)


def _left(one: Approached, made: Made) -> Iterator[Entry]:
    """Yield what versions newer than the one that is brought back have, and it has not."""
    known = dict(made.edition.manifest.entries)
    for past in one.host.past()[1:]:  # the newest is the rollback itself
        if past.edition == made.edition.manifest.edition:
            return
        for path, entry in one.host.manifest(past).entries.items():
            if path not in known and not is_dress(entry.content_type):
                known[path] = entry  # each once, as it was put last
                yield entry


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
