"""Starts Pelican's child processes early and gives them their jobs later."""

import json
import os
import subprocess
import sys
from types import TracebackType
from typing import Any, Self

from sparetire.errors import BuildFault

__all__ = ["Workers"]

PATIENCE = 120  # seconds; a build takes less than one

Job = list[dict[str, Any]]
Child = subprocess.Popen[bytes]


class Workers:
    """A few child processes that import Pelican while the parent still reads its settings.

    Leaving the context ends every one of them, whatever happened.
    """

    def __init__(self, count: int) -> None:
        self._children = [_start() for _ in range(count)]
        self._busy: list[Child] = []

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        for child in (*self._children, *self._busy):
            child.kill()
            child.communicate()

    def send(self, jobs: list[Job]) -> list[Child]:
        """Give each job to a child of its own; children that are missing are started."""
        while len(self._children) < len(jobs):
            self._children.append(_start())
        busy, self._children = self._children[: len(jobs)], self._children[len(jobs) :]
        self._busy += busy
        for child, job in zip(busy, jobs, strict=True):
            _send(child, job)
        return busy

    def collect(self, pending: list[Child]) -> list[str]:
        """Wait for children and return the sources that they have built.

        Raises:
            BuildFault: Pelican, the theme or a document failed.
        """
        return [source for child in pending for source in _answer(child)]


def _start() -> Child:
    # A group of its own: Ctrl-C reaches the parent alone, which then ends its children.
    return subprocess.Popen(
        [sys.executable, "-m", "sparetire.stages.build.child"],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        process_group=0 if os.name == "posix" else None,
    )


def _send(child: Child, job: Job) -> None:
    assert child.stdin is not None  # noqa: S101  a pipe was asked for
    try:
        child.stdin.write(json.dumps(job).encode())
        child.stdin.close()
    except BrokenPipeError:
        pass  # it died on start; its last words are read in _answer
    child.stdin = None


def _answer(child: Child) -> list[str]:
    try:
        output, errors = child.communicate(timeout=PATIENCE)
    except subprocess.TimeoutExpired as error:
        raise BuildFault(
            "The build did not end.", why=f"Pelican was still busy after {PATIENCE} seconds."
        ) from error
    try:
        answer = json.loads(output)
    except ValueError as error:
        raise BuildFault(
            "The build ended without an answer.",
            why=errors.decode(errors="replace").strip().splitlines()[-3:],
        ) from error
    if "failed" in answer:
        raise BuildFault("The site could not be built.", why=[answer["failed"], *answer["log"]])
    return [str(source) for source in answer["sources"]]
