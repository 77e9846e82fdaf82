"""A server of a stranger's that takes its time, one byte after the other."""

import socket
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress

__all__ = ["WAYS", "slow_server"]

HEAD = b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n"
LONG = b"a" * 4000
WAYS = {
    "says nothing": b"",
    "drips its status": b"HTTP/1.1 2" + b"0" * 4000,
    "drips a header": HEAD + b"X-Slow: " + LONG,
    "drips header after header": HEAD + b"X: y\r\n" * 90,
    "drips a body of a known length": HEAD + b"Content-Length: 9000\r\n\r\n" + LONG,
    "drips a body without an end": HEAD + b"\r\n" + LONG,
    "drips chunks": HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"1\r\na\r\n" * 900,
    "drips the length of a chunk": HEAD + b"Transfer-Encoding: chunked\r\n\r\n" + b"0" * 4000,
    "drips redirects": b"HTTP/1.1 302 Found\r\nLocation: /next\r\nContent-Length: 0\r\n\r\n",
}
"""What it sends, byte by byte."""
PAUSE = 0.05  # seconds between two bytes; a redirect of 60 bytes takes three seconds


@contextmanager
def slow_server(way: str) -> Iterator[str]:
    """Serve in one of the slow ways, and yield the address."""
    over = threading.Event()
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.1)
        serving = threading.Thread(target=_serve, args=(server, WAYS[way], over))
        serving.start()
        try:
            yield f"http://127.0.0.1:{server.getsockname()[1]}/feed.xml"
        finally:
            over.set()
            serving.join()


def _serve(server: socket.socket, sent: bytes, over: threading.Event) -> None:
    drips = []
    while not over.is_set():
        with suppress(TimeoutError):
            line, _ = server.accept()
            drips.append(threading.Thread(target=_drip, args=(line, sent, over)))
            drips[-1].start()
    for drip in drips:
        drip.join()


def _drip(line: socket.socket, sent: bytes, over: threading.Event) -> None:
    with line, suppress(OSError):
        line.recv(65_536)
        for one in sent:
            if over.is_set():
                return
            line.sendall(bytes([one]))
            time.sleep(PAUSE)
        over.wait()
