"""What Pelican's process does for a build: jobs are given as they come, done side by side."""

import json
import os
import re
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from contextlib import suppress
from pathlib import Path
from queue import Empty, SimpleQueue
from threading import Thread
from typing import IO, Any, NoReturn

from sparetire.disk import local_disk
from sparetire.errors import BuildFault, ConfigurationFault
from sparetire.stages.build.written import Written

__all__ = ["Job", "Process", "Work", "own_templates_of", "trace_of"]

PATIENCE = 120  # seconds; a job takes less than one
PAUSE = 0.1
_TRACED = re.compile(r'File "(.+\.html)"')

Job = list[dict[str, Any]]
Process = subprocess.Popen[bytes]


class Work:
    """Jobs in the hands of a process, which forks for all but the last.

    What a job has made is told in a file: a pipe would be full before anybody listens.

    Args:
        process: It reads jobs, and says the number of each that is done.
    """

    def __init__(self, process: Process) -> None:
        self._process = process
        self._answers: list[Path] = []
        self._own = ""
        self._said: SimpleQueue[bytes] = SimpleQueue()
        self._complaints: list[bytes] = []
        self._listeners = [
            Thread(target=_listen, args=(process.stdout, self._said.put), daemon=True),
            Thread(target=_listen, args=(process.stderr, self._complaints.append), daemon=True),
        ]
        for listener in self._listeners:
            listener.start()

    def give(self, job: Job, answer: Path, *, last: bool) -> None:
        """Give out a job, which begins at once.

        Args:
            job: What to do.
            answer: The file that will tell what came of it.
            last: No other one will follow.
        """
        pipe = self._process.stdin
        assert pipe is not None  # noqa: S101  a pipe was asked for
        line = json.dumps({"job": job, "answer": str(answer), "last": last})
        self._answers.append(answer)
        self._own = self._own or own_templates_of(job)
        with suppress(BrokenPipeError):  # it has died; who waits for it reads its last words
            pipe.write(f"{line}\n".encode())
            pipe.flush()
        if last:
            with suppress(BrokenPipeError):
                pipe.close()

    def done(self, heed: Callable[[], None]) -> Iterator[tuple[int, list[Written]]]:
        """Wait, and yield the number of each job once it is done, and the pages of it.

        Args:
            heed: Called again and again meanwhile; it may raise to end the wait.

        Raises:
            BuildFault: Pelican, the theme or a document failed.
            LocalDiskFault: The disk refused what was built.
        """
        for _ in self._answers:
            number, trouble = json.loads(self._heard(heed))
            if trouble:
                _refuse(trouble)
            yield number, _pages(self._answers[number], self._own)

    def end(self) -> None:
        """End the process and all that it has forked, whatever they are at."""
        if self._process.returncode is not None:
            return
        if os.name == "posix":
            with suppress(ProcessLookupError):
                os.killpg(self._process.pid, signal.SIGKILL)
        else:
            self._process.kill()
        assert self._process.stdin is not None  # noqa: S101  as above
        with suppress(BrokenPipeError):
            self._process.stdin.close()
        for listener in self._listeners:
            listener.join()
        self._process.wait()

    def _heard(self, heed: Callable[[], None]) -> bytes:
        """Return what is said of a job that is done now."""
        end = time.monotonic() + PATIENCE
        while time.monotonic() < end:
            heed()
            with suppress(Empty):
                line = self._said.get(timeout=PAUSE)
                if line:
                    return line
                self._listeners[1].join()
                if self._own:  # the last job is done by the process itself
                    raise _unusable(*_blamed(self._answers[-1], self._own))
                words = b"".join(self._complaints).decode(errors="replace")
                raise BuildFault(
                    "The build ended without an answer.", why=words.strip().splitlines()[-3:]
                )
        why = f"It was still busy after {PATIENCE} seconds."
        if self._own:
            raise _unusable(self._own, why)
        raise BuildFault("The build did not end.", why=why)


def _listen(pipe: IO[bytes], take: Callable[[bytes], None]) -> None:
    """Take every line of a pipe, and nothing once it has ended."""
    with pipe:
        for line in pipe:
            take(line)
    take(b"")


def _refuse(trouble: list[Any]) -> NoReturn:
    """Say what the disk refused; the child has its number, its words and the place."""
    with local_disk(Path(trouble[-1] or "the build's folder")):
        raise OSError(*trouble)


def own_templates_of(job: Job) -> str:
    """Return the folder of the workspace's own templates that a job renders, or nothing."""
    return next((each["own_templates"] for each in job if each.get("own_templates")), "")


def trace_of(answer: Path) -> Path:
    """Return the file that says where a job was when the system ended it."""
    return answer.with_name(f"{answer.name}.trace")


def _blamed(answer: Path, own: str) -> tuple[str, str]:
    """Return which of the own templates a job was at when it died, or their folder, and why."""
    folder = own.encode("ascii", "backslashreplace").decode()  # as faulthandler writes it
    with suppress(OSError):
        for place in _TRACED.findall(trace_of(answer).read_text("utf-8")):
            if place.startswith(folder):
                why = "The build used up its processor time there."
                return f"{own}{place.removeprefix(folder)}", why
    return own, "A build process died while these templates were in use."


def _unusable(place: str, why: str) -> ConfigurationFault:
    return ConfigurationFault(
        f"{place} cannot be used.",
        why=why,
        then="Correct it, or move it away: the theme has its own. What a template may "
        "rely on: sparetire docs theme",
    )


def _pages(answer: Path, templates: str) -> list[Written]:
    try:
        told = json.loads(answer.read_bytes())
    except (OSError, ValueError) as error:
        if templates:
            raise _unusable(*_blamed(answer, templates)) from error
        raise BuildFault("The site could not be built.", why="A build process died.") from error
    if "disk" in told:
        _refuse(told["disk"])
    if own := told.get("own"):
        raise _unusable(own[0], f"Line {own[1]}: {told['failed']}")
    if "failed" in told:
        raise BuildFault("The site could not be built.", why=[told["failed"], *told["log"]])
    return [Written(*row) for row in told["pages"]]
