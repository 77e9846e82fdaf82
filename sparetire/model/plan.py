"""What a run would do to a target, before it does it."""

from collections.abc import Iterator
from dataclasses import dataclass
from enum import StrEnum

from sparetire.model.edition import Entry, Wave

__all__ = ["Action", "Plan", "Reason", "Step"]


class Action(StrEnum):
    """What happens to one path."""

    PUT = "put"
    KEEP = "keep"
    RETIRE = "retire"


class Reason(StrEnum):
    """Why it happens."""

    NEW = "new"
    CHANGED = "content changed"
    HEADERS = "headers changed"
    SAME = "same bytes"
    DROPPED = "no longer in the edition"


@dataclass(frozen=True, slots=True)
class Step:
    """One path and its fate."""

    entry: Entry
    action: Action
    reason: Reason


@dataclass(frozen=True, slots=True)
class Plan:
    """Every path of the new and the live edition, with a reason for what happens to it.

    A retired file stays at the host, unlinked; removing it is the work of a later run.
    """

    steps: tuple[Step, ...]

    def of(self, action: Action) -> tuple[Entry, ...]:
        """Return the entries that share a fate."""
        return tuple(step.entry for step in self.steps if step.action is action)

    def waves(self) -> Iterator[tuple[Wave, tuple[Entry, ...]]]:
        """Yield the files to put, wave by wave, leaving out the empty ones."""
        puts = self.of(Action.PUT)
        for wave in Wave:
            entries = tuple(entry for entry in puts if entry.wave is wave)
            if entries:
                yield wave, entries

    @property
    def changes(self) -> bool:
        """Whether the public would notice: a retired file alone changes nothing yet."""
        return any(step.action is not Action.KEEP for step in self.steps)
