"""A proxy before a real server that spoils the requests it is told to."""

import threading
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ssl import SSLContext
from typing import Any, Literal
from urllib.parse import SplitResult, urlsplit

__all__ = ["Answer", "Death", "Fault", "LostAnswer", "Proxy", "Rule", "Silence", "faulty"]

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


@dataclass(frozen=True, slots=True)
class Silence:
    """Nobody answers, for as long as the proxy runs; the server never hears of the request."""


@dataclass(frozen=True, slots=True)
class Death:
    """The process that asks is ended as by SIGKILL.

    Attributes:
        kill: Ends it.
        when: The server has heard nothing of the request, its headers and nothing of its body,
            half of its body, or has answered.
    """

    kill: Callable[[], None]
    when: Literal["before", "headers", "during", "after"]


Fault = Answer | LostAnswer | Silence | Death | None
Rule = Callable[[str, str], Fault]


@dataclass(slots=True)
class Proxy:
    """Where the proxy is, and by which rule (method, path) it spoils requests at present.

    ``no_conditions`` is its answer to every PUT with If-Match or If-None-Match, if any.
    It keeps the method, path and headers of every request in ``seen``.
    """

    endpoint_url: str
    rule: Rule = lambda _method, _path: None
    no_conditions: Answer | None = None
    seen: list[tuple[str, str, dict[str, str]]] = field(default_factory=list)
    ended: threading.Event = field(default_factory=threading.Event)

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
def faulty(endpoint_url: str, tls: SSLContext | None = None) -> Iterator[Proxy]:
    """Run a proxy before a server while the context is open, with a certificate if given."""
    proxy = Proxy("")
    request = partial(_Request, proxy, urlsplit(endpoint_url))
    server = _Server(("127.0.0.1", 0), request)
    if tls is not None:
        server.socket = tls.wrap_socket(server.socket, server_side=True)
    scheme = "http" if tls is None else "https"
    proxy.endpoint_url = f"{scheme}://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield proxy
    finally:
        proxy.ended.set()
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    def handle_error(self, _request: object, _client: object) -> None:
        """Say nothing of a client that went away: some tests kill theirs."""


class _Request(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, proxy: Proxy, behind: SplitResult, *connection: Any) -> None:
        self.proxy = proxy
        self.behind = behind
        super().__init__(*connection)

    def handle_one_request(self) -> None:
        self.raw_requestline = self.rfile.readline(65_537)
        if not self.raw_requestline or not self.parse_request():
            self.close_connection = True
            return
        due = int(self.headers.get("Content-Length", 0))
        body = self.rfile.read(due)
        self.proxy.seen.append((self.command, self.path, dict(self.headers)))
        if len(body) < due:
            # Whoever asks has died meanwhile. The server must hear of it now, as it would
            # without us: while it waits for the rest, the next run may have come and gone.
            self._ask_in_part(body)
            self.close_connection = True
            return
        fault = self._fault()
        if isinstance(fault, Answer):
            self._say(fault.status, fault.headers, _text(fault))
            return
        if isinstance(fault, Silence):
            self.proxy.ended.wait()
        if isinstance(fault, Death):
            self._end(fault, body)
        if isinstance(fault, Silence | Death):
            self.close_connection = True
            return
        status, headers, answer = self._ask(body)
        if isinstance(fault, LostAnswer):
            self.close_connection = True
            return
        self._say(status, headers, answer)

    def _fault(self) -> Fault:
        conditional = "If-Match" in self.headers or "If-None-Match" in self.headers
        if self.command == "PUT" and conditional and self.proxy.no_conditions:
            return self.proxy.no_conditions
        return self.proxy.rule(self.command, self.path)

    def _end(self, death: Death, body: bytes) -> None:
        if death.when == "after":
            self._ask(body)
        elif death.when == "headers":
            self._ask_in_part(b"")
        elif death.when == "during":
            self._ask_in_part(body[: len(body) // 2])
        death.kill()

    def _ask_in_part(self, body: bytes) -> None:
        """Send a request with less of a body than its headers say, and hang up."""
        with closing(self._line()) as server:
            server.putrequest(self.command, self.path, skip_host=True)
            for name, value in self.headers.items():
                server.putheader(name, value)
            server.endheaders()
            server.send(body)

    def _ask(self, body: bytes) -> tuple[int, dict[str, str], bytes]:
        with closing(self._line()) as server:
            # The Host header is signed: it must arrive as it was sent.
            server.request(self.command, self.path, body, dict(self.headers))
            answer = server.getresponse()
            held = answer.read()
        return answer.status, dict(answer.getheaders()), held

    def _line(self) -> HTTPConnection:
        return HTTPConnection(self.behind.hostname or "", self.behind.port, timeout=30)

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
