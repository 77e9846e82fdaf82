"""The real ``sparetire`` command without the time that imports take: for thousands of kills.

Each command, and each Pelican that a command starts, is a process of its own, forked from one
that has imported everything and done nothing. It can be killed like any other.
"""

import json
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

import pytest

from tests.support.command import Outcome

__all__ = ["Program", "Warm", "warm"]

ROOT = Path(__file__).parents[2]
COMMAND, PELICAN = "sparetire.cli.app", "sparetire.stages.build.child"
_READER = "sparetire.stages.build.reader"
ENDS_WITHIN = 120.0

_STAND_IN = """#!{python} -IS
import os, socket, sys
if sys.argv[1:] != ["-m", {module!r}]:
    os.execv({python!r}, [{python!r}, *sys.argv[1:]])
line = socket.socket(socket.AF_UNIX)
line.connect({path!r})
socket.send_fds(line, [{asked!r}], [0, 1, 2])
sys.exit(int(line.makefile().read().split()[1]))
"""
"""What stands in for the interpreter when a command starts Pelican's process."""


@dataclass(slots=True)
class Program:
    """A running command.

    Attributes:
        pid: The number of its process.
    """

    pid: int
    _line: socket.socket
    _streams: tuple[IO[bytes], IO[bytes]]
    _code: int | None = None
    _turn: threading.Lock = field(default_factory=threading.Lock)

    def kill(self) -> None:
        """End it as by SIGKILL, unless it has ended."""
        if self._code is None:
            with suppress(ProcessLookupError):
                os.kill(self.pid, signal.SIGKILL)

    def wait(self) -> int:
        """Return its exit code once it has ended; a signal is negative, as in subprocess."""
        with self._turn:
            if self._code is None:
                self._code = int(_line_of(self._line))
            return self._code

    def said(self) -> Outcome:
        """Return what it came to, once it has ended."""
        code = self.wait()
        texts = []
        for stream in self._streams:
            stream.seek(0)
            # A program that was killed may have been in the middle of a letter.
            texts.append(stream.read().decode(errors="backslashreplace"))
        return Outcome(code, *texts)


class Warm:
    """Starts commands; what starts them is running already.

    Args:
        path: The socket at which it is asked.
        python: What commands take for the interpreter.
    """

    def __init__(self, path: Path, python: Path) -> None:
        self._path = path
        self._python = python

    @contextmanager
    def started(
        self, *words: str, env: Mapping[str, str], main: str = COMMAND
    ) -> Iterator[Program]:
        """Run a command beside the test, and end it at the end.

        Args:
            words: What is typed after the name of the program.
            env: What is added to the environment.
            main: The module whose ``main`` is run.
        """
        asked = {
            "main": main,
            "argv": ["sparetire", *words],
            "env": os.environ | dict(env),
            "python": str(self._python),
        }
        with (
            socket.socket(socket.AF_UNIX) as line,
            tempfile.TemporaryFile() as out,
            tempfile.TemporaryFile() as err,
            open(os.devnull, "rb") as nothing,  # noqa: PTH123  it is no file
        ):
            line.settimeout(ENDS_WITHIN)
            line.connect(str(self._path))
            streams = [nothing.fileno(), out.fileno(), err.fileno()]
            text = json.dumps(asked).encode() + b"\n"
            sent = socket.send_fds(line, [text], streams)
            line.sendall(text[sent:])
            program = Program(int(_line_of(line)), line, (out, err))
            try:
                yield program
            finally:
                program.kill()
                program.wait()

    @contextmanager
    def pelican(self) -> Iterator[None]:
        """Have every Pelican forked, too, that this very process starts."""
        with pytest.MonkeyPatch.context() as patch:
            patch.setattr(sys, "executable", str(self._python))
            yield

    def run(self, *words: str, env: Mapping[str, str]) -> Outcome:
        """Give a command, and wait for its end."""
        with self.started(*words, env=env) as program:
            return program.said()


def _line_of(line: socket.socket) -> bytes:
    text = b""
    while not text.endswith(b"\n"):
        chunk = line.recv(1)
        assert chunk, "what forks the commands has died"
        text += chunk
    return text


@pytest.fixture(scope="session")
def warm() -> Iterator[Warm]:
    """Share what starts commands between all tests of a process."""
    folder = Path(tempfile.mkdtemp(prefix="warm-"))
    stand_in = folder / "python"
    asked = json.dumps({"main": PELICAN, "argv": [PELICAN]}).encode() + b"\n"
    text = _STAND_IN.format(
        python=sys.executable, module=PELICAN, path=str(folder / "pelican"), asked=asked
    )
    stand_in.write_text(text, encoding="utf-8")
    stand_in.chmod(0o755)
    try:
        with (
            _server(folder / "pelican", [PELICAN, _READER]),
            _server(folder / "command", ["tests.support.everything"]),
        ):
            yield Warm(folder / "command", stand_in)
    finally:
        shutil.rmtree(folder)


@contextmanager
def _server(path: Path, modules: Sequence[str]) -> Iterator[None]:
    with subprocess.Popen(
        [sys.executable, "-m", "tests.support.warm_server", str(path), *modules],
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        start_new_session=True,
    ) as server:
        assert server.stdout is not None
        assert server.stdout.readline() == b"ready\n"
        try:
            yield
        finally:
            server.kill()
