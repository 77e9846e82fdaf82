"""What Pelican's process does for a build: jobs are given as they come, done side by side."""

import json
import os
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

__all__ = ["Job", "Process", "Work"]

PATIENCE = 120  # seconds; a job takes less than one
PAUSE = 0.1

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
            yield number, _pages(self._answers[number])

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
                words = b"".join(self._complaints).decode(errors="replace")
                raise BuildFault(
                    "The build ended without an answer.", why=words.strip().splitlines()[-3:]
                )
        why = f"It was still busy after {PATIENCE} seconds."
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


def _pages(answer: Path) -> list[Written]:
    try:
        told = json.loads(answer.read_bytes())
    except (OSError, ValueError) as error:
        raise BuildFault("The site could not be built.", why="A build process died.") from error
    if "disk" in told:
        _refuse(told["disk"])
    if own := told.get("own"):
        raise ConfigurationFault(
            f"{own[0]} cannot be used.",
            why=f"Line {own[1]}: {told['failed']}",
            then="Correct it, or move it away: the theme has its own. What a template may "
            "rely on: sparetire docs theme",
        )
    if "failed" in told:
        raise BuildFault("The site could not be built.", why=[told["failed"], *told["log"]])
    return [Written(*row) for row in told["pages"]]
