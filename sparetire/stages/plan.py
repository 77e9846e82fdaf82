"""Plan: what would change at a target. Pure, so that it can be shown before it is done."""

from collections.abc import Iterator

from sparetire.model.edition import Entry, Live, Manifest
from sparetire.model.plan import Action, Plan, Reason, Step

__all__ = ["make_plan"]


def make_plan(target: str, edition: Manifest, live: Live | None) -> Plan:
    """Return every path of both editions with its fate and the reason for it."""
    return Plan(target, tuple(_steps(edition.entries, live.manifest.entries if live else {})))


def _steps(new: dict[str, Entry], old: dict[str, Entry]) -> Iterator[Step]:
    for path, entry in sorted(new.items()):
        before = old.get(path)
        if before is None:
            yield Step(entry, Action.PUT, Reason.NEW)
        elif before.sha256 != entry.sha256:
            yield Step(entry, Action.PUT, Reason.CHANGED)
        elif before.served_as != entry.served_as:
            yield Step(entry, Action.PUT, Reason.HEADERS)
        else:
            yield Step(entry, Action.KEEP, Reason.SAME)
    for path in sorted(old.keys() - new.keys()):
        yield Step(old[path], Action.RETIRE, Reason.DROPPED)
