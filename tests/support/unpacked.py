"""A web server that has always just unpacked the ZIP file it was handed."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from sparetire.hosts.zipped import SITE
from sparetire.model.media import cache_control, content_type

__all__ = ["unpacked"]


@contextmanager
def unpacked(path: Path) -> Iterator[str]:
    """Serve what is in a ZIP file while the context is open; yields the address."""
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Request, path))
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Request(BaseHTTPRequestHandler):
    def __init__(self, path: Path, *connection: Any) -> None:
        self.zip = path
        super().__init__(*connection)

    def do_GET(self) -> None:
        name = self.path.lstrip("/")
        with ZipFile(self.zip) as file:
            found = SITE + name in file.namelist()
            body = file.read(SITE + name) if found else b""
        self.send_response(200 if found else 404)
        self.send_header("Content-Type", content_type(name))
        self.send_header("Cache-Control", cache_control(name))
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stay quiet."""
