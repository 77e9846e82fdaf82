"""A small web server for this machine only: the embedded target and previews are read by it."""

import os
import socketserver
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from errno import EADDRINUSE
from functools import partial
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from ipaddress import IPv6Address, ip_address
from pathlib import Path
from socket import AF_INET, AF_INET6
from typing import Any
from urllib.parse import quote, unquote

from typing_extensions import override

from sparetire.config.section import is_loopback
from sparetire.errors import ConfigurationFault
from sparetire.hosts.port_owner import FOLDER, folder_mark, free_port, stranger_at
from sparetire.model.media import cache_control, content_type
from sparetire.model.protection import HEADERS, missing

__all__ = ["refuse_stranger", "serve"]

_HOME = "index.html"
_MISSING = "404.html"


def refuse_stranger(web_root: Path, host: str, port: int) -> None:
    """Refuse an address at which another program answers: readers would see its pages.

    Raises:
        ConfigurationFault: One does; it is named, and a port that is free.
    """
    if stranger := stranger_at(host, port, web_root):
        raise _taken(f"http://{f'[{host}]' if ':' in host else host}:{port}", stranger, port)


def _taken(address: str, said: str, port: int) -> ConfigurationFault:
    instead = address.rpartition(":")[0]
    try:
        then = f'write url = "{instead}:{free_port(port + 1)}" in its target in sparetire.toml.'
    except OSError:
        then = "write the address of a free port in its target in sparetire.toml."
    return ConfigurationFault(
        f"Another program answers at {address}.",
        why=f"It is {said}.",
        then=f"End that program, or {then}",
    )


@contextmanager
def serve(root_of_web: Path, host: str, port: int) -> Iterator[str]:
    """Serve a folder on the loopback address while the context is open; yields the address.

    The folder may be a link that is replaced meanwhile: each request follows it anew.

    Args:
        root_of_web: The folder; it need not exist yet.
        host: ``localhost`` or a loopback address.
        port: The port, or 0 for any free one.

    Raises:
        ConfigurationFault: The address is not loopback, or the port cannot be had.
    """
    address = f"http://{f'[{host}]' if ':' in host else host}:{port}"
    if not is_loopback(address):
        raise ConfigurationFault(
            f"{address} is not an address of this machine alone.",
            why="Unfinished pages would be open to everybody on the network.",
            then="Use http://127.0.0.1 with a free port.",
        )
    try:
        server = _Server(root_of_web, "127.0.0.1" if host == "localhost" else host, port)
    except OSError as error:
        said = stranger_at(host, port, root_of_web) if error.errno == EADDRINUSE else ""
        if said:
            raise _taken(address, said, port) from error
        raise ConfigurationFault(
            f"{address} cannot be served.",
            why=f"The system says: {error.strerror or error}.",
            then="If another sparetire preview shows this folder already, use that one; else "
            "write another port in sparetire.toml.",
        ) from error
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"{address.rpartition(':')[0]}:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Server(ThreadingHTTPServer):
    request_queue_size = 64
    # Elsewhere this only skips the wait after a restart; on Windows it would share the port.
    allow_reuse_address = sys.platform != "win32"

    def __init__(self, root: Path, host: str, port: int) -> None:
        self.address_family = AF_INET6 if isinstance(ip_address(host), IPv6Address) else AF_INET
        super().__init__((host, port), partial(_Request, root))

    @override
    def server_bind(self) -> None:
        # HTTPServer would ask the DNS for our name here, which hangs where there is no network.
        socketserver.TCPServer.server_bind(self)
        self.server_name, self.server_port = self.server_address[:2]  # type: ignore[assignment]  # typed as bytes too, for other families

    @override
    def handle_error(self, request: Any, client_address: Any) -> None:
        """Stay quiet: a reader who leaves early is no fault."""


class _Request(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, root: Path, *connection: Any) -> None:  # noqa: ANN401  as given
        self.root = root  # The base class answers the request while it is being made.
        super().__init__(*connection)

    def do_GET(self) -> None:
        # A name on the internet may be made to point here, to read what only we may see.
        if not is_loopback(f"http://{self.headers.get('Host', '')}"):
            self._answer(HTTPStatus.FORBIDDEN, "forbidden.txt", b"Only for this machine.\n")
            return
        address, _, query = self.path.partition("?")
        names = [unquote(part) for part in address.split("/") if part]
        folder = _is_folder(self.root, names)
        if folder and not address.endswith("/"):
            # Made from its parts: a doubled slash in front would lead to another site.
            path = "".join(f"/{quote(name)}" for name in names)
            self._answer(
                HTTPStatus.MOVED_PERMANENTLY, location=f"{path}/{query and '?'}{query}"
            )
            return
        path = "/".join([*names, _HOME] if folder else names)
        body = _read(self.root, path) if folder or not address.endswith("/") else None
        if body is None:
            missing = _read(self.root, _MISSING) or b"<!doctype html><p>Not found.\n"
            self._answer(HTTPStatus.NOT_FOUND, _MISSING, missing)
        else:
            self._answer(HTTPStatus.OK, path, body)

    do_HEAD = do_GET  # noqa: N815  http.server names it

    def _answer(
        self, status: HTTPStatus, path: str = "", body: bytes = b"", *, location: str = ""
    ) -> None:
        self.send_response(status)
        if location:
            self.send_header("Location", location)
        else:
            self.send_header("Content-Type", content_type(path))
            self.send_header("Cache-Control", cache_control(path))
        self.send_header("Content-Length", str(len(body)))
        self.send_header(FOLDER, folder_mark(self.root))
        for name in missing(set(), secure=False):
            self.send_header(name, HEADERS[name])
        self.send_header("Connection", "close")
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(body)

    @override
    def version_string(self) -> str:
        """Name no version: nobody needs to know which one to attack."""
        return "sparetire"

    @override
    def log_message(self, format: str, *args: object) -> None:
        """Stay quiet: the terminal belongs to the run."""


def _is_folder(root: Path, names: list[str]) -> bool:
    place = _inside(Path(os.path.realpath(root)), names)
    return place is not None and place.is_dir()


def _read(root: Path, path: str) -> bytes | None:
    """Return a file's bytes, or None; looks again when the root was replaced meanwhile."""
    before = Path(os.path.realpath(root))
    place = _inside(before, path.split("/"))
    if place is not None:
        with suppress(OSError):
            return place.read_bytes()
    return _read(root, path) if Path(os.path.realpath(root)) != before else None


def _inside(root: Path, names: list[str]) -> Path | None:
    """Return a place below the root, or None for one that leaves it by dots or by a link."""
    if any(name in {".", ".."} or set(name) & {"/", "\\", "\0"} for name in names):
        return None
    place = Path(os.path.realpath(root.joinpath(*names)))
    return place if place.is_relative_to(root) else None
