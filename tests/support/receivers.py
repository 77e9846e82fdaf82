"""Hubs, search engines and desks on this machine, which remember what they were told."""

import json
import threading
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Literal
from urllib.parse import parse_qs

__all__ = ["Answers", "Receivers", "receivers"]

Answers = int | Literal["lost"]
"""A status, or no answer at all although it was heard."""


@dataclass(slots=True)
class Receivers:
    """Several receivers under one address, each under a path of its own.

    Attributes:
        url: Where they are.
        heard: Path and body of each call, in order.
        answer: What is said to a call, by its path and its number.
        before, after: Called around each call that is heard, with its number.
    """

    url: str
    heard: list[tuple[str, str]] = field(default_factory=list)
    answer: Callable[[str, int], Answers] = lambda _path, _number: 204
    before: Callable[[int], None] = lambda _number: None
    after: Callable[[int], None] = lambda _number: None
    calls: int = 0
    turn: threading.Lock = field(default_factory=threading.Lock)

    @property
    def told(self) -> Counter[str]:
        """How often each was told."""
        return Counter(path for path, _ in self.heard)

    def forms(self, path: str) -> list[dict[str, list[str]]]:
        """Return the forms that a hub was sent."""
        return [parse_qs(body) for there, body in self.heard if there == path]

    def objects(self, path: str) -> list[dict[str, Any]]:
        """Return the JSON objects that a receiver was sent."""
        return [json.loads(body) for there, body in self.heard if there == path]


@contextmanager
def receivers() -> Iterator[Receivers]:
    """Run them while the context is open."""
    told = Receivers("")

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers.get("Content-Length", 0))).decode()
            # One after the other: what a test does at the third call comes before the fourth.
            with told.turn:
                told.calls += 1
                number = told.calls
                told.before(number)
                answer = told.answer(self.path, number)
                if answer == "lost" or 200 <= answer < 300:
                    told.heard.append((self.path, body))
                told.after(number)
            if answer != "lost":
                self.send_response(answer)
                self.send_header("Content-Length", "0")
                self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """Say nothing of a client that went away: some tests kill theirs."""

    with Server(("127.0.0.1", 0), Receiver) as server:
        told.url = f"http://127.0.0.1:{server.server_port}"
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield told
        finally:
            server.shutdown()
            thread.join()
