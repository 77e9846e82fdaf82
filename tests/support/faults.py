"""A proxy before a real server that spoils the requests it is told to."""

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import SplitResult, urlsplit

__all__ = ["Answer", "Fault", "LostAnswer", "Proxy", "faulty"]

_HOP = {"connection", "content-length", "keep-alive", "transfer-encoding"}


@dataclass(frozen=True, slots=True)
class Answer:
    """The proxy answers by itself, and the server never hears of the request."""

    status: int
    code: str = ""
    headers: dict[str, str] = field(default_factory=dict)
    body: bytes | None = None


@dataclass(frozen=True, slots=True)
class LostAnswer:
    """The server does as asked, and the connection breaks before the answer arrives."""


Fault = Answer | LostAnswer | None
Rule = Callable[[str, str], Fault]


@dataclass(slots=True)
class Proxy:
    """Where the proxy is, and by which rule (method, path) it spoils requests at present."""

    endpoint_url: str
    rule: Rule = lambda _method, _path: None

    def once(self, method: str, part: str, fault: Fault) -> None:
        """Spoil the next request with this method whose path has this part, and no other."""
        left = [fault]

        def rule(asked: str, path: str) -> Fault:
            return left.pop() if left and asked == method and part in path else None

        self.rule = rule

    def always(self, method: str, part: str, fault: Fault) -> None:
        """Spoil every request with this method whose path has this part."""
        self.rule = lambda asked, path: fault if asked == method and part in path else None


@contextmanager
def faulty(endpoint_url: str) -> Iterator[Proxy]:
    """Run a proxy before a server while the context is open."""
    proxy = Proxy("")
    request = partial(_Request, proxy, urlsplit(endpoint_url))
    server = ThreadingHTTPServer(("127.0.0.1", 0), request)
    proxy.endpoint_url = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Request(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, proxy: Proxy, behind: SplitResult, *connection: Any) -> None:  # noqa: ANN401
        self.proxy = proxy
        self.behind = behind
        super().__init__(*connection)

    def handle_one_request(self) -> None:
        self.raw_requestline = self.rfile.readline(65_537)
        if not self.raw_requestline or not self.parse_request():
            self.close_connection = True
            return
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        fault = self.proxy.rule(self.command, self.path)
        if isinstance(fault, Answer):
            self._say(fault.status, fault.headers, _text(fault))
            return
        status, headers, answer = self._ask(body)
        if isinstance(fault, LostAnswer):
            self.close_connection = True
            return
        self._say(status, headers, answer)

    def _ask(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
        server = HTTPConnection(self.behind.hostname or "", self.behind.port, timeout=30)
        # The Host header is signed: it must arrive as it was sent.
        server.request(self.command, self.path, body, dict(self.headers))
        answer = server.getresponse()
        held = answer.read()
        server.close()
        return answer.status, dict(answer.getheaders()), held

    def _say(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response_only(status)
        for name, value in headers.items():
            if name.lower() not in _HOP:
                self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)


def _text(fault: Answer) -> bytes:
    if fault.body is not None:
        return fault.body
    text = f"<Error><Code>{fault.code}</Code><Message>spoilt by the test</Message></Error>"
    return text.encode() if fault.code else b""
