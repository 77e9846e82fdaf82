"""Receivers for drills: on this machine, they hear what a launch would have told the world."""

import json
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs

from typing_extensions import override

from sparetire.config.rehearsal import DESK, HUB, INDEXNOW

__all__ = ["Stub", "stub_receivers"]

_LARGEST = 5_000_000  # bytes; ten thousand addresses are less


@dataclass(frozen=True, slots=True)
class Stub:
    """What listens during a drill.

    Attributes:
        url: Where it listens.
        heard: The path of each call that was understood.
    """

    url: str
    heard: list[str] = field(default_factory=list)


@contextmanager
def stub_receivers() -> Iterator[Stub]:
    """Listen on loopback while the context is open; a call that says nothing is refused."""
    heard: list[str] = []

    class Receiver(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = min(int(self.headers.get("Content-Length", 0)), _LARGEST)
            understood = _understood(self.path, self.rfile.read(length).decode())
            if understood:
                heard.append(self.path)
            self.send_response(HTTPStatus.NO_CONTENT if understood else HTTPStatus.BAD_REQUEST)
            self.end_headers()

        @override
        def log_message(self, *_: object) -> None:
            """Say nothing: the scorecard does."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Receiver) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        try:
            yield Stub(f"http://127.0.0.1:{server.server_port}", heard)
        finally:
            server.shutdown()
            thread.join()


def _understood(path: str, body: str) -> bool:
    """Tell whether a receiver of this kind would have known what to do."""
    reads = _KINDS.get(path)
    try:
        return reads is not None and reads(body)
    except ValueError:
        return False


def _hub(body: str) -> bool:
    form = parse_qs(body, strict_parsing=True)
    return form.get("hub.mode") == ["publish"] and bool(form.get("hub.url"))


def _indexnow(body: str) -> bool:
    told = json.loads(body)
    return bool(told.get("key") and told.get("host") and told.get("urlList"))


def _desk(body: str) -> bool:
    told = json.loads(body)
    return bool(told.get("text") and told.get("urls"))


_KINDS: dict[str, Callable[[str], bool]] = {HUB: _hub, INDEXNOW: _indexnow, DESK: _desk}
