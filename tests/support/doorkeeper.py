"""A web server that lets in so many connections, and no other, and answers what has no body."""

import socket
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Thread

__all__ = ["doorkeeper"]

_ANSWER = b'HTTP/1.1 200 OK\r\nETag: "1"\r\nContent-Length: 0\r\n\r\n'


@contextmanager
def doorkeeper(places: int) -> Iterator[str]:
    """Run a server with so many places; who comes later is refused."""
    listener = socket.create_server(("127.0.0.1", 0))
    guests: list[Thread] = []

    def serve(guest: socket.socket) -> None:
        with guest:
            while guest.recv(65_536):
                guest.sendall(_ANSWER)

    def let_in() -> None:
        with listener:
            for _ in range(places):
                guests.append(Thread(target=serve, args=(listener.accept()[0],)))
                guests[-1].start()

    door = Thread(target=let_in)
    door.start()
    yield f"http://127.0.0.1:{listener.getsockname()[1]}"
    door.join()
    for guest in guests:
        guest.join()
