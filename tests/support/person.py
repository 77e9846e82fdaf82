"""Somebody at a real terminal, who reads everything and types now and then."""

import os
import select
import signal
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field

from tests.support.command import COMMAND, Team

__all__ = ["Person", "at_a_terminal"]

PATIENCE = 30.0
PRESSES = 6


@dataclass
class Person:
    """Somebody at a terminal who reads everything and types now and then."""

    program: subprocess.Popen[bytes]
    screen: int
    seen: str = ""
    _read: int = field(default=0)

    def wait_for(self, words: str) -> None:
        """Read until the words are on the screen, after those waited for before."""
        deadline = time.monotonic() + PATIENCE
        while words not in self.seen[self._read :]:
            assert time.monotonic() < deadline, f"{words!r} never came:\n{self.seen}"
            assert self._more(), f"it ended without {words!r}:\n{self.seen}"
        self._read = self.seen.index(words, self._read) + len(words)

    def type(self, words: str) -> None:
        """Type a line."""
        os.write(self.screen, f"{words}\n".encode())

    def end(self) -> int:
        """Read to the end and return the exit code."""
        while self._more():
            pass
        return self.program.wait(PATIENCE)

    def press_ctrl_c(self) -> int:
        """Press it, and again where it came in just before the program began to listen."""
        for _ in range(PRESSES):
            self.program.send_signal(signal.SIGINT)
            while self._more(PATIENCE / PRESSES):
                pass
            if self.program.poll() is not None:
                break
        return self.program.wait(PATIENCE)

    def _more(self, patience: float = PATIENCE) -> bool:
        if not select.select([self.screen], [], [], patience)[0]:
            return False
        with suppress(OSError):  # Linux says EIO when the other side has left
            if got := os.read(self.screen, 65_536):
                self.seen += got.decode(errors="replace")
                return True
        return False


@contextmanager
def at_a_terminal(team: Team, *words: str, **env: str) -> Iterator[Person]:
    """Run the real program with a terminal for all three of its streams."""
    ours, theirs = os.openpty()
    program = subprocess.Popen(
        [COMMAND, "-w", str(team.folder), *words],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env=os.environ | {"TERM": "xterm-256color", "COLUMNS": "200", "LINES": "200"} | env,
        start_new_session=True,
    )
    os.close(theirs)
    try:
        yield Person(program, ours)
    finally:
        program.kill()
        program.wait()
        os.close(ours)
