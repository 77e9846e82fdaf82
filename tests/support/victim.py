"""Places where a run is killed, and a rule that kills it at one of its requests."""

from dataclasses import dataclass, field
from threading import Lock
from typing import Any, Literal, Protocol

from tests.support.faults import Death, Fault

__all__ = ["MOMENTS", "Mortal", "Victim", "When", "places_of"]

When = Literal["before", "headers", "during", "after"]
MOMENTS: tuple[When, ...] = ("before", "headers", "during", "after")


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
