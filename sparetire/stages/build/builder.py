"""Starts Pelican's process early, and gives it its jobs later."""

import os
import subprocess
import sys
from types import TracebackType
from typing import TYPE_CHECKING, Self

from sparetire.stages.build.work import Work
from sparetire.stages.child_environment import child_environment

if TYPE_CHECKING:
    from collections.abc import Callable

    from sparetire.stages.build.work import Process

__all__ = ["Builder"]


class Builder:
    """A process that imports Pelican while its parent still reads settings and asks questions.

    Leaving the context ends it and all its children, whatever happened.

    Attributes:
        heed: Called again and again while a build is under way; it may raise to end the wait.
    """

    def __init__(self) -> None:
        self.heed: Callable[[], None] = _heed_nothing
        self._waiting: Process | None = _start()
        self._busy: list[Work] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if self._waiting:
            self.begin()
        for work in self._busy:
            work.end()

    def begin(self) -> Work:
        """Return what takes jobs; each build has a process of its own."""
        process = self._waiting or _start()
        self._waiting = None
        work = self.employ(process)
        self._busy.append(work)
        return work

    def employ(self, process: "Process") -> Work:
        """Return what gives jobs to a process."""
        return Work(process)


def _heed_nothing() -> None:
    """Most builds go on to their end, whatever happens beside them."""


def _start() -> "Process":
    # A group of its own: Ctrl-C reaches the parent alone, which then ends the group.
    return subprocess.Popen(
        [sys.executable, "-P", "-m", "sparetire.stages.build.child"],
        env=child_environment(),
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        process_group=0 if os.name == "posix" else None,
    )
