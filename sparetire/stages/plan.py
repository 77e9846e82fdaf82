"""Plan: what would change at a target. Pure, so that it can be shown before it is done."""

from collections.abc import Iterator

from sparetire.model.edition import Live
from sparetire.model.manifest import Entry, Manifest
from sparetire.model.plan import Action, Plan, Reason, Step

__all__ = ["make_plan", "shrinks"]

SMALL = 8  # pages; below that, half is no sign of anything


def make_plan(target: str, edition: Manifest, live: Live | None) -> Plan:
    """Return what differs between both editions, its fate and the reason for it."""
    before = live.manifest if live else Manifest({})
    steps = tuple(_steps(edition.beside(before), before.beside(edition)))
    put = sum(step.action is Action.PUT for step in steps)
    return Plan(target, steps, kept=len(edition.entries) - put)


def _steps(new: dict[str, Entry], old: dict[str, Entry]) -> Iterator[Step]:
    for path, entry in sorted(new.items()):
        before = old.get(path)
        if before is None:
            yield Step(entry, Action.PUT, Reason.NEW)
        elif before.sha256 != entry.sha256:
            yield Step(entry, Action.PUT, Reason.CHANGED)
        elif before.served_as != entry.served_as:
            yield Step(entry, Action.PUT, Reason.HEADERS)
    for path in sorted(old.keys() - new.keys()):
        yield Step(old[path], Action.RETIRE, Reason.DROPPED)


def shrinks(edition: Manifest, live: Live | None) -> bool:
    """Tell whether an edition has lost more than half of the pages that are live."""
    before = _pages(live.manifest) if live else 0
    return before >= SMALL and _pages(edition) * 2 < before


def _pages(manifest: Manifest) -> int:
    return sum(path.endswith(".html") for path in manifest.entries)
