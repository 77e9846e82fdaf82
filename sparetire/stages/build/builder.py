"""Starts Pelican's process early, and gives it its jobs later."""

import json
import os
import signal
import subprocess
import sys
import time
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import TYPE_CHECKING, Any, Self

from sparetire.disk import local_disk
from sparetire.errors import BuildFault

if TYPE_CHECKING:
    from collections.abc import Callable

__all__ = ["Builder", "Job"]

PATIENCE = 120  # seconds; a build takes less than one
PAUSE = 0.1

Job = list[dict[str, Any]]
Process = subprocess.Popen[bytes]


class Builder:
    """A process that imports Pelican while its parent still reads settings and asks questions.

    Leaving the context ends it and all its children, whatever happened.

    Attributes:
        heed: Called again and again while a build is under way; it may raise to end the wait.
    """

    def __init__(self) -> None:
        self.heed: Callable[[], None] = _heed_nothing
        self._waiting: Process | None = _start()
        self._busy: list[Process] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for process in (*self._busy, *([self._waiting] if self._waiting else [])):
            _end(process)

    def send(self, jobs: list[Job]) -> Process:
        """Give out jobs, which run side by side; each sending has a process of its own."""
        process = self._waiting or _start()
        self._waiting = None
        self._busy.append(process)
        pipe, process.stdin = process.stdin, None
        assert pipe is not None  # noqa: S101  a pipe was asked for
        with suppress(BrokenPipeError):  # it has died; collect reads its last words
            pipe.write(json.dumps(jobs).encode())
        with suppress(BrokenPipeError):
            pipe.close()
        return process

    def collect(self, pending: Process) -> list[list[Any]]:
        """Wait for a process and return the pages that it has written, each as a `Written`.

        Raises:
            BuildFault: Pelican, the theme or a document failed.
            LocalDiskFault: The disk refused what was built.
        """
        output, errors = self._heard(pending)
        try:
            answers = json.loads(output)
        except ValueError as error:
            raise BuildFault(
                "The build ended without an answer.",
                why=errors.decode(errors="replace").strip().splitlines()[-3:],
            ) from error
        for answer in answers:
            if "disk" in answer:
                with local_disk(Path(answer["disk"][-1] or "the build's folder")):
                    raise OSError(*answer["disk"])
            if "failed" in answer:
                why = [answer["failed"], *answer["log"]]
                raise BuildFault("The site could not be built.", why=why)
        return [page for answer in answers for page in answer["pages"]]

    def _heard(self, pending: Process) -> tuple[bytes, bytes]:
        """Return what a process has written when it ended."""
        end = time.monotonic() + PATIENCE
        while True:
            self.heed()
            try:
                return pending.communicate(timeout=PAUSE)
            except subprocess.TimeoutExpired as error:
                if time.monotonic() > end:
                    why = f"It was still busy after {PATIENCE} seconds."
                    raise BuildFault("The build did not end.", why=why) from error


def _heed_nothing() -> None:
    """Most builds go on to their end, whatever happens beside them."""


def _start() -> Process:
    # A group of its own: Ctrl-C reaches the parent alone, which then ends the group.
    return subprocess.Popen(
        [sys.executable, "-m", "sparetire.stages.build.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        process_group=0 if os.name == "posix" else None,
    )


def _end(process: Process) -> None:
    if os.name == "posix":
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    process.communicate()
