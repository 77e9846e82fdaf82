"""A run that is ended as by SIGKILL at one of its requests, through a proxy before the host."""

import os
from dataclasses import dataclass, field
from random import Random
from threading import Lock
from typing import TYPE_CHECKING, Any, Literal

from tests.support.faults import Death, Fault

if TYPE_CHECKING:
    import subprocess

__all__ = ["ALL", "MOMENTS", "Victim", "When", "sample_of"]

When = Literal["before", "during", "after"]
MOMENTS: tuple[When, ...] = ("before", "during", "after")
ALL = os.environ.get("KILL") == "all"


def sample_of(requests: int, few: int, seed: int) -> list[tuple[int, When]]:
    """Return places where to end a run of so many changing requests: all of them, or a few."""
    every = [(step, when) for step in range(1, requests + 1) for when in MOMENTS]
    return every if ALL else sorted(Random(seed).sample(every, few))


@dataclass(slots=True)
class Victim:
    """A run that is to die at one of its requests."""

    step: int
    when: When
    process: "subprocess.Popen[Any] | None" = None
    _turn: Lock = field(default_factory=Lock)

    def rule(self, method: str, _path: str) -> Fault:
        """Let everything through but the one request."""
        if method in {"GET", "HEAD"}:
            return None
        with self._turn:
            self.step -= 1
            return Death(self.kill, self.when) if self.step == 0 else None

    def kill(self) -> None:
        """End the run at once."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
