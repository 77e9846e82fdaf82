"""Starts Pelican's process early, and gives it its jobs later."""

import json
import os
import signal
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from types import TracebackType
from typing import Any, Self

from sparetire.disk import local_disk
from sparetire.errors import BuildFault

__all__ = ["Builder", "Job"]

PATIENCE = 120  # seconds; a build takes less than one

Job = list[dict[str, Any]]
Process = subprocess.Popen[bytes]


class Builder:
    """A process that imports Pelican while its parent still reads settings and asks questions.

    Leaving the context ends it and all its children, whatever happened.
    """

    def __init__(self) -> None:
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

    def collect(self, pending: Process) -> list[str]:
        """Wait for a process and return the sources that it has built.

        Raises:
            BuildFault: Pelican, the theme or a document failed.
            LocalDiskFault: The disk refused what was built.
        """
        try:
            output, errors = pending.communicate(timeout=PATIENCE)
        except subprocess.TimeoutExpired as error:
            raise BuildFault(
                "The build did not end.", why=f"It was still busy after {PATIENCE} seconds."
            ) from error
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
        return [str(source) for answer in answers for source in answer["sources"]]


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
