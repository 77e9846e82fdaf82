"""Places where a run is ended as by SIGKILL, and one that ends at its requests through a proxy.

A test that takes every place is dealt out in shares, so that they can run side by side.
"""

import os
from collections.abc import Sequence
from dataclasses import dataclass, field
from random import Random
from threading import Lock
from typing import Any, Literal, Protocol, TypeVar

from tests.support.faults import Death, Fault

__all__ = ["ALL", "MOMENTS", "SHARES", "Mortal", "Victim", "When", "places_of", "some_of"]

When = Literal["before", "headers", "during", "after"]
MOMENTS: tuple[When, ...] = ("before", "headers", "during", "after")
ALL = os.environ.get("KILL") == "all"
SHARES = range(4 if ALL else 1)

Place = TypeVar("Place")


class Mortal(Protocol):
    """A program that runs beside the test."""

    def kill(self) -> None:
        """End it as by SIGKILL."""
        ...

    def wait(self) -> Any:
        """Return when it has ended."""
        ...


def places_of(requests: int) -> list[tuple[int, When]]:
    """Return every place where to end a run of so many changing requests."""
    return [(step, when) for step in range(1, requests + 1) for when in MOMENTS]


def some_of(places: Sequence[Place], few: int, seed: int, share: int = -1) -> Sequence[Place]:
    """Return the places of a share, or all of them; without KILL=all a few, drawn by lot."""
    if not ALL:
        chosen = sorted(Random(seed).sample(range(len(places)), few))
        return [places[number] for number in chosen]
    return places if share < 0 else places[share :: len(SHARES)]


@dataclass(slots=True)
class Victim:
    """A run that is to die at one of its requests.

    Attributes:
        step: How many changing requests are left until then, that one included.
        when: At which moment of it.
        process: What is ended.
        died: The method and path of that request, once it has come.
    """

    step: int
    when: When
    process: Mortal | None = None
    died: str = ""
    _turn: Lock = field(default_factory=Lock)

    def rule(self, method: str, path: str) -> Fault:
        """Let everything through but the one request."""
        if method in {"GET", "HEAD"}:
            return None
        with self._turn:
            self.step -= 1
            if self.step:
                return None
            self.died = f"{method} {path}"
            return Death(self.kill, self.when)

    def kill(self) -> None:
        """End the run at once."""
        if self.process is not None:
            self.process.kill()
            self.process.wait()
