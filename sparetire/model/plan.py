"""What a run would do to a target, before it does it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sparetire.model.manifest import Entry, Wave

__all__ = ["Action", "Plan", "Reason", "Step"]


_LINKED = {Wave.PAGES, Wave.FEEDS}
"""What lists and other pages link to; lists themselves are known by their address."""


class Action(StrEnum):
    """What happens to one path."""

    PUT = "put"
    RETIRE = "retire"


class Reason(StrEnum):
    """Why it happens."""

    NEW = "new"
    CHANGED = "content changed"
    HEADERS = "headers changed"
    DROPPED = "no longer in the edition"


@dataclass(frozen=True, slots=True)
class Step:
    """One path and its fate."""

    entry: Entry
    action: Action
    reason: Reason

    @property
    def wave(self) -> Wave:
        """When it goes: a new page or feed has no link to it yet, and must be there before.

        Lists and feeds lead to pages, never to each other's news, and go together: each wave
        costs a round trip.
        """
        if self.entry.wave in _LINKED and self.reason is Reason.NEW:
            return Wave.ASSETS
        return min(self.entry.wave, Wave.LISTS)


@dataclass(frozen=True, slots=True)
class Plan:
    """Every path that is not the same in the new and the live edition, and what happens to it.

    A retired file stays at the host, unlinked; removing it is the work of a later run.

    Attributes:
        target: The name of the target.
        steps: What happens, by path.
        kept: How many files are there already.
    """

    target: str
    steps: tuple[Step, ...]
    kept: int = 0

    def of(self, action: Action) -> tuple[Entry, ...]:
        """Return the entries that share a fate."""
        return tuple(step.entry for step in self.steps if step.action is action)

    def waves(self) -> Iterator[tuple[Wave, tuple[Entry, ...]]]:
        """Yield the files to put, wave by wave, leaving out the empty ones."""
        for wave in Wave:
            entries = tuple(
                step.entry
                for step in self.steps
                if step.action is Action.PUT and step.wave is wave
            )
            if entries:
                yield wave, entries

    @property
    def changes(self) -> bool:
        """Whether anything is to be done at the target."""
        return bool(self.steps)
