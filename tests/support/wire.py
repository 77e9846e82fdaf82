"""A line to a server that is cut after so many bytes."""

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress

__all__ = ["Wire", "wire"]


class Wire:
    """Passes bytes on, counts those that go to the server, and cuts the line when told.

    Attributes:
        port: Where to connect.
        sent: How many bytes have gone to the server, over all connections.
        cut_at: After which of them the line is cut; later connections are cut at once.
    """

    def __init__(self, behind: int) -> None:
        self._behind = behind
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port: int = self._listener.getsockname()[1]
        self.sent = 0
        self.cut_at: int | None = None
        self._turn = threading.Lock()
        self._open: set[socket.socket] = set()
        self._threads: list[threading.Thread] = []

    def serve(self) -> None:
        """Accept connections until the line is closed."""
        with suppress(OSError):
            while True:
                client, _ = self._listener.accept()
                server = socket.create_connection(("127.0.0.1", self._behind))
                self._open |= {client, server}
                for one, other, counted in ((client, server, True), (server, client, False)):
                    thread = threading.Thread(
                        target=self._pass, args=(one, other), kwargs={"counted": counted}
                    )
                    thread.start()
                    self._threads.append(thread)

    def close(self) -> None:
        """Cut every line, and accept no other."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()
        for end in self._open:
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)
        for thread in self._threads:
            thread.join()
        for end in self._open:
            end.close()

    def _pass(self, source: socket.socket, sink: socket.socket, *, counted: bool) -> None:
        with suppress(OSError):
            while chunk := source.recv(4096):
                allowed = self._allowed(len(chunk)) if counted else len(chunk)
                sink.sendall(chunk[:allowed])
                if allowed < len(chunk):
                    break
        for end in (source, sink):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _allowed(self, count: int) -> int:
        with self._turn:
            left = count if self.cut_at is None else max(0, self.cut_at - self.sent)
            self.sent += min(count, left)
            return min(count, left)


@contextmanager
def wire(behind: int) -> Iterator[Wire]:
    """Run a line to a port of this machine while the context is open."""
    line = Wire(behind)
    thread = threading.Thread(target=line.serve)
    thread.start()
    try:
        yield line
    finally:
        line.close()
        thread.join()
