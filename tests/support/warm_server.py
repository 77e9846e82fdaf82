"""A process that imports what programs need, then is forked for each of them.

Run as a program: SOCKET MODULE … Whoever connects sends its three standard streams, and as JSON
which module's ``main`` is to run, with which words and surroundings. The number of the new
process comes back at once, its exit code when it has ended. It ends with its standard input.
"""

import gc
import json
import os
import selectors
import signal
import socket
import sys
from collections.abc import Callable
from contextlib import suppress
from importlib import import_module
from typing import Any

__all__: list[str] = []

Main = Callable[[], None]
ASKED_AT_MOST = 65_536


class Forks:
    """The processes that were asked for, each with the line to whoever waits for its end.

    Args:
        path: The socket at which they are asked for.
    """

    def __init__(self, path: str) -> None:
        self._listener = socket.socket(socket.AF_UNIX)
        self._listener.bind(path)
        self._listener.listen(64)
        self._ended, self._waker = socket.socketpair()
        self._waker.settimeout(0)  # The system writes to it when a process has ended.
        self._waiting: dict[int, socket.socket] = {}

    def serve(self) -> Main:
        """Fork for everybody who asks; return, in each fork, what it is to run."""
        signal.signal(signal.SIGCHLD, lambda _number, _frame: None)
        signal.set_wakeup_fd(self._waker.fileno())
        with selectors.DefaultSelector() as ready:
            for source in (self._listener, self._ended, sys.stdin.fileno()):
                ready.register(source, selectors.EVENT_READ)
            print("ready", flush=True)  # noqa: T201  whoever started us waits for it
            while True:
                for key, _ in ready.select():
                    if key.fileobj is self._ended:
                        self._bury()
                    elif key.fileobj is not self._listener:
                        sys.exit()  # Whoever started us is gone.
                    elif run := self._fork():
                        return run

    def _fork(self) -> Main | None:
        line, _ = self._listener.accept()
        asked, streams = _read(line)
        if not asked:
            for stream in streams:
                os.close(stream)
            line.close()
            return None
        pid = os.fork()
        if pid:
            with suppress(OSError):  # Perhaps who asked was killed since.
                line.sendall(f"{pid}\n".encode())
            self._waiting[pid] = line
        else:
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            ends = (self._listener, self._ended, self._waker, line)
            for end in (*ends, *self._waiting.values()):
                end.close()
            for number, stream in enumerate(streams):
                os.dup2(stream, number)
        for stream in streams:
            os.close(stream)
        return None if pid else _become(asked)

    def _bury(self) -> None:
        """Tell those who wait for a process that it has ended, and how."""
        self._ended.recv(4096)
        while self._waiting:
            pid, status = os.waitpid(-1, os.WNOHANG)
            if pid == 0:
                return
            with self._waiting.pop(pid) as line, suppress(OSError):  # Perhaps nobody waits.
                line.sendall(f"{os.waitstatus_to_exitcode(status)}\n".encode())


def _read(line: socket.socket) -> tuple[dict[str, Any], list[int]]:
    """Return what is asked for, and the streams; nothing when who asks was killed meanwhile."""
    text, streams, _, _ = socket.recv_fds(line, ASKED_AT_MOST, 3)
    while not text.endswith(b"\n"):
        more = line.recv(ASKED_AT_MOST)
        if not more:
            return {}, streams
        text += more
    return json.loads(text), streams


def _become(asked: dict[str, Any]) -> Main:
    os.setsid()
    if "env" in asked:
        os.environ.clear()
        os.environ.update(asked["env"])
    sys.argv = asked["argv"]
    sys.executable = asked.get("python", sys.executable)
    main: Main = import_module(asked["main"]).main
    return main


if __name__ == "__main__":
    for name in sys.argv[2:]:
        import_module(name)
    gc.collect()
    gc.freeze()  # What is never looked at again is not copied either.
    Forks(sys.argv[1]).serve()()
