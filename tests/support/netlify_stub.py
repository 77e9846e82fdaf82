"""Netlify on loopback: as much of its API as deploys need, with its documented limits.

Shapes: https://open-api.netlify.com, states: netlify-cli's ``src/utils/deploy/util.ts``.
"""

import hashlib
import json
import math
import re
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

from sparetire.config.services import NetlifyService

__all__ = ["TOKEN", "Limits", "Netlify", "netlify_service", "netlify_stub"]

SITE = "boreal-info.netlify.app"
TOKEN = "nfp-the-right-token"  # noqa: S105  opens nothing but this stub
_FOUND = 200
_LONGEST_KEY = 600  # bytes
_SHA1 = re.compile(r"[0-9a-f]{40}")
_NEXT = {"preparing": "prepared", "uploaded": "processing", "processing": "ready"}


@dataclass(frozen=True, slots=True)
class Limits:
    """How much Netlify takes: what its documentation says, unless told otherwise."""

    deploys: int = 3
    calls: int = 500
    uploads: int = 5
    window: float = 60.0


class Refusal(Exception):
    """An answer other than yes."""

    def __init__(self, status: int, message: str, **headers: str) -> None:
        super().__init__(message)
        self.status = status
        self.headers = {name.replace("_", "-"): value for name, value in headers.items()}


@dataclass(slots=True)
class Netlify:
    """One account with one site.

    Attributes:
        blobs: What was uploaded, by SHA-1.
        notes: What lies in the store "sparetire" of the site, by key.
        signed: The key that an address without a token stands for.
        deploys: Every deploy, the oldest first.
        site: The site, with ``published_deploy``.
        busy: How many uploads run at this moment, and how many did at most.
        refused: How many requests met a limit.
    """

    limits: Limits
    address: str = ""
    blobs: dict[str, bytes] = field(default_factory=dict)
    deploys: list[dict[str, Any]] = field(default_factory=list)
    site: dict[str, Any] = field(default_factory=lambda: {"id": "0f1e", "name": SITE})
    busy: list[int] = field(default_factory=lambda: [0, 0])
    refused: int = 0
    notes: dict[str, bytes] = field(default_factory=dict)
    signed: dict[str, str] = field(default_factory=dict)
    guard: threading.Lock = field(default_factory=threading.Lock)
    _seen: dict[str, list[float]] = field(default_factory=dict)

    @property
    def api(self) -> str:
        """Where the API is."""
        return f"{self.address}/api/v1"

    @property
    def url(self) -> str:
        """Where the public reads."""
        return f"{self.address}/live"

    def publish(self, files: dict[str, bytes]) -> dict[str, Any]:
        """Make a deploy by hand, as somebody does who drags a folder to the site."""
        marks = {f"/{path}": hashlib.sha1(body).hexdigest() for path, body in files.items()}  # noqa: S324  Netlify asks for it
        self.blobs |= {marks[f"/{path}"]: body for path, body in files.items()}
        deploy = self._deploy("Dragged here", marks) | {"state": "ready"}
        self.deploys.append(deploy)
        self._show(deploy)
        return deploy

    def count(self, kind: str, most: int) -> None:
        """Count a request, and refuse it when there were too many in the last minute."""
        now = time.monotonic()
        seen = [each for each in self._seen.get(kind, []) if each > now - self.limits.window]
        if len(seen) >= most:
            self.refused += 1
            wait = math.ceil(seen[0] + self.limits.window - now)
            raise Refusal(429, f"too many {kind}", Retry_After=str(wait))
        self._seen[kind] = [*seen, now]

    def create(self, title: str, asked: dict[str, Any]) -> dict[str, Any]:
        """Take the list of a deploy's files."""
        self.count("deploys", self.limits.deploys)
        files = asked["files"]
        wrong = [path for path, sha1 in files.items() if not _SHA1.fullmatch(sha1)]
        if wrong or any(re.search(r"[#?]", path) or path[0] != "/" for path in files):
            raise Refusal(422, f"not a list of files: {wrong}")
        deploy = self._deploy(title, files) | {"draft": bool(asked.get("draft"))}
        lacks = sorted(set(files.values()) - self.blobs.keys())
        deploy |= {"required": lacks, "state": "uploading" if lacks else "uploaded"}
        if asked.get("async"):
            deploy |= {"state": "preparing", "required": None}
        self.deploys.append(deploy)
        return deploy

    def upload(self, deploy: dict[str, Any], path: str, body: bytes) -> dict[str, Any]:
        """Take the bytes of a file that was listed."""
        sha1 = deploy["files"].get(path)
        if sha1 is None:
            raise Refusal(404, f"{path} is not in the deploy")
        if hashlib.sha1(body).hexdigest() != sha1:  # noqa: S324  Netlify asks for it
            raise Refusal(422, f"{path} has another SHA-1 than was listed")
        self.blobs[sha1] = body
        if set(deploy["files"].values()) <= self.blobs.keys():
            deploy["state"] = "uploaded"
        return {"path": path, "sha": sha1, "size": len(body)}

    def look(self, deploy: dict[str, Any]) -> dict[str, Any]:
        """Return a deploy, after it has gone a step further."""
        deploy["state"] = _NEXT.get(deploy["state"], deploy["state"])
        if deploy["state"] == "prepared":
            lacks = sorted(set(deploy["files"].values()) - self.blobs.keys())
            deploy |= {"required": lacks, "state": "prepared" if lacks else "uploaded"}
        published = self.site.get("published_deploy") or {}
        locked = published.get("locked") or self.site.get("prevent_non_git_prod_deploys")
        new = deploy["state"] == "ready" and not deploy["published_at"]
        if new and not deploy["draft"] and not locked:
            self._show(deploy)
        return deploy

    def listed(self, names: list[str], most: int) -> Any:
        """Return the site, its deploys, or its files."""
        if names == ["deploys"]:
            return self.deploys[::-1][:most]
        if names == ["files"]:
            files = self.site.get("published_deploy", {"files": {}})["files"]
            return [{"path": path, "sha": sha1} for path, sha1 in files.items()]
        return self.site

    def note(self, command: str, key: str, query: dict[str, str]) -> dict[str, Any]:
        """List the store, two keys a page, or sign an address for one of its keys."""
        if not key:
            after = query.get("cursor", "")
            start = query.get("prefix", "")
            keys = sorted(k for k in self.notes if k.startswith(start) and k > after)
            more = {"next_cursor": keys[1]} if keys[2:] else {}
            return {"blobs": [{"key": key} for key in keys[:2]]} | more
        if len(key.encode()) > _LONGEST_KEY:
            raise Refusal(400, "key is too long")
        if command == "GET" and key not in self.notes:
            raise Refusal(404, "Not Found")
        mark = secrets.token_hex(16)
        self.signed[mark] = key
        return {"url": f"{self.address}/signed/{mark}"}

    def find(self, name: str) -> dict[str, Any]:
        """Return a deploy by its ID."""
        for deploy in self.deploys:
            if deploy["id"] == name:
                return deploy
        raise Refusal(404, "Not Found")

    def _deploy(self, title: str, files: dict[str, str]) -> dict[str, Any]:
        name = secrets.token_hex(12)
        return {
            "id": name,
            "title": title,
            "files": files,
            "draft": False,
            "published_at": None,
            "deploy_ssl_url": f"{self.address}/d/{name}",
        }

    def _show(self, deploy: dict[str, Any]) -> None:
        deploy["published_at"] = "2026-11-23T08:00:00.000Z"
        self.site["published_deploy"] = deploy


def netlify_service(stub: Netlify, **changes: str) -> NetlifyService:
    """Return the settings of the stub's site."""
    settings = {"host": "netlify", "url": stub.url, "site": SITE, **changes}
    return NetlifyService.model_validate(settings)


@contextmanager
def netlify_stub(limits: Limits | None = None) -> Iterator[Netlify]:
    """Run the stub while the context is open."""
    stub = Netlify(limits or Limits())
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Request, stub))
    stub.address = f"http://127.0.0.1:{server.server_port}"
    thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
    thread.start()
    try:
        yield stub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Request(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"

    def __init__(self, stub: Netlify, *connection: Any) -> None:
        self.stub = stub
        super().__init__(*connection)

    def do_GET(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length", 0)))
        parts = urlsplit(self.path)
        names = unquote(parts.path).lstrip("/").split("/")
        try:
            if names[:2] == ["api", "v1"]:
                answer = self._api(names[2:], dict(parse_qsl(parts.query)), body)
                text = b"" if answer is None else json.dumps(answer).encode()
                self._say(_FOUND, {"Content-Type": "application/json"}, text)
            elif names[0] == "signed":
                self._signed(names[1], body)
            else:
                self._page(names)
        except Refusal as refusal:
            said = {"code": refusal.status, "message": str(refusal)}
            self._say(refusal.status, refusal.headers, json.dumps(said).encode())

    do_POST = do_PUT = do_DELETE = do_GET  # noqa: N815  http.server names it

    def _api(self, names: list[str], query: dict[str, str], body: bytes) -> Any:
        stub = self.stub
        if self.headers.get("Authorization") != f"Bearer {TOKEN}":
            raise Refusal(401, "Access Denied")
        if names[:3] == ["blobs", "0f1e", "site:sparetire"]:
            return self._note("/".join(names[3:]), query)
        if self.command == "PUT":
            return self._upload(names, body)
        with stub.guard:
            stub.count("calls", stub.limits.calls)
            if names[0] != "sites" or names[1] not in {SITE, "0f1e"}:
                raise Refusal(404, "Not Found")
            if names[2:] == ["deploys"] and self.command == "POST":
                return stub.create(query.get("title", ""), json.loads(body))
            if names[2:3] == ["deploys"] and names[3:]:
                return self._deploy(stub.find(names[3]))
            return stub.listed(names[2:], int(query.get("per_page", 100)))

    def _deploy(self, deploy: dict[str, Any]) -> dict[str, Any] | None:
        if self.command != "DELETE":
            return self.stub.look(deploy)
        self.stub.deploys.remove(deploy)
        return None

    def _upload(self, names: list[str], body: bytes) -> dict[str, Any]:
        stub = self.stub
        with stub.guard:
            stub.busy[0] += 1
            stub.busy[1] = max(stub.busy)
            crowded = stub.busy[0] > stub.limits.uploads
        try:
            time.sleep(0.01)  # or no two uploads would ever meet
            with stub.guard:
                stub.count("calls", stub.limits.calls)
                if crowded:
                    stub.refused += 1
                    raise Refusal(429, "too many uploads", Retry_After="0")
                return stub.upload(stub.find(names[1]), "/" + "/".join(names[3:]), body)
        finally:
            with stub.guard:
                stub.busy[0] -= 1

    def _note(self, key: str, query: dict[str, str]) -> dict[str, Any]:
        if key and self.headers.get("Accept") != "application/json;type=signed-url":
            raise Refusal(400, "ask for a signed address")
        with self.stub.guard:
            return self.stub.note(self.command, key, query)

    def _signed(self, mark: str, body: bytes) -> None:
        notes, key = self.stub.notes, self.stub.signed.get(mark)
        if key is None or "Authorization" in self.headers:
            raise Refusal(403, "Forbidden")
        if self.command == "PUT":
            notes[key] = body
        self._say(_FOUND, {}, notes[key] if self.command == "GET" else b"")

    def _page(self, names: list[str]) -> None:
        stub = self.stub
        if names[0] == "d":
            deploy, path = stub.find(names[1]), "/" + "/".join(names[2:])
        else:
            deploy, path = stub.site.get("published_deploy") or {}, "/" + "/".join(names[1:])
        files = deploy.get("files", {})
        name = f"{path}index.html" if path.endswith("/") else path
        if name not in files or name == "/_headers":
            self._say(404, {}, stub.blobs.get(files.get("/404.html", ""), b"not found"))
            return
        rules = stub.blobs.get(files.get("/_headers", ""), b"").decode()
        self._say(_FOUND, _rules_for(path, rules), stub.blobs[files[name]])

    def _say(self, status: int, headers: dict[str, str], body: bytes) -> None:
        self.send_response(status)
        for name, value in headers.items():
            self.send_header(name, value)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Stay quiet."""


def _rules_for(path: str, rules: str) -> dict[str, str]:
    """Return the headers of an address; rules that overlap are joined, as Netlify does."""
    found: dict[str, str] = {}
    matches = False
    for line in rules.splitlines():
        if not line.startswith(" "):
            wanted = unquote(line)
            matches = path == wanted or (wanted.endswith("*") and path.startswith(wanted[:-1]))
        elif matches:
            name, _, value = line.strip().partition(": ")
            found[name] = f"{found[name]}, {value}" if name in found else value
    return found
