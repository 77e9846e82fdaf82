"""Prune: takes away files that left the site a while ago, and nothing that is not ours."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta

from sparetire import clock
from sparetire.errors import NotApproved
from sparetire.flows.approach import Approached, approach, arrivals
from sparetire.flows.session import Session
from sparetire.hosts.folder_lock import folder_lock
from sparetire.model.edition import Live, Past
from sparetire.model.manifest import Entry, Manifest
from sparetire.model.outcome import Pruned

__all__ = ["Pruning", "prune", "stale_files", "worth_keeping"]

GRACE = timedelta(hours=24)  # readers and caches still hold older pages until then
MOST_FILES, MOST_SHARE = 20, 0.10  # more than this at once looks like a mistake
EDITIONS_KEPT = 2
WAYS_BACK, MEMORY = 30, timedelta(days=90)  # whichever keeps more of them


@dataclass(frozen=True, slots=True)
class Pruning:
    """What to prune.

    Attributes:
        target: The target's name.
        dry_run: Only say what would go.
        many: Go on although it is more than is usual.
    """

    target: str
    dry_run: bool
    many: bool


def prune(session: Session, request: Pruning) -> Pruned:
    """Remove files of our own older editions that no kept edition needs.

    Raises:
        NotApproved: They are more than is usual, and nobody said that this is meant.
        SparetireError: Any other end; its four parts say what the public sees.
    """
    target = session.settings.target(request.target)
    purpose = None if request.dry_run else "prune"
    with (
        folder_lock(session.workspace.lock, session.holder("prune")),
        approach(session, [target], purpose) as under_way,
    ):
        (reached,), _ = arrivals(under_way)
        entries = tuple(stale_files(reached, clock.now())) if reached.live else ()
        if request.dry_run:
            paths = tuple(sorted(entry.path for entry in entries))
            return Pruned(target.name, paths, removed=False)
        if reached.live and not request.many and _too_many(entries, reached.live):
            raise NotApproved(
                f"{len(entries)} files would be removed from {target.name}.",
                why="That is more than is usual, as a wrong setting would cause.",
                then="Look with --dry-run; if it is meant, add --many.",
            )
        taken = tuple(sorted(reached.host.remove(entries))) if entries else ()
        forgotten = reached.host.forget(worth_keeping(reached, clock.now()))
        if taken or forgotten:
            facts = {"files": len(taken), "kept files": forgotten}
            session.record("pruned", purpose="prune", target=target.name, **facts)
        return Pruned(target.name, taken, removed=True, forgotten=forgotten)


def worth_keeping(reached: Approached, now: datetime) -> list[Past]:
    """Return the editions to which somebody may yet want to go back."""
    return [
        one
        for number, one in enumerate(reached.host.past())
        if number < WAYS_BACK or datetime.fromisoformat(one.committed) > now - MEMORY
    ]


def _too_many(entries: tuple[Entry, ...], live: Live) -> bool:
    share = len(entries) / max(len(live.manifest.entries), 1)
    return len(entries) > MOST_FILES or share > MOST_SHARE


def stale_files(reached: Approached, now: datetime) -> Iterator[Entry]:
    """Yield files of past editions that left the site before the grace time began."""
    past = reached.host.past()
    kept: set[str] = set(reached.live.manifest.entries) if reached.live else set()
    owned: dict[str, Entry] = {}
    replaced_at = now
    for number, one in enumerate(past):
        manifest: Manifest = reached.host.manifest(one)
        if number < EDITIONS_KEPT or replaced_at > now - GRACE:
            kept |= manifest.entries.keys()
        else:
            owned = {**manifest.entries, **owned}  # the newest entry of a path wins
        replaced_at = datetime.fromisoformat(one.committed)
    yield from (entry for path, entry in owned.items() if path not in kept)
