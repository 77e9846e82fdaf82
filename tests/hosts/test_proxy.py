"""A proxy that fails is named, without its password, by each host and by the proof."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
import requests

from sparetire.config.services import GitService, S3Service
from sparetire.errors import HostUnreachable, NotVerified, SparetireError
from sparetire.hosts.git import GitHost
from sparetire.hosts.proxy import proxy_failure
from sparetire.hosts.s3 import S3Host
from sparetire.model.routes import PageUrls, Routes
from sparetire.stages.verify import Subject, verify_live
from tests.support.editions import edition
from tests.support.ports import free_port

pytestmark = pytest.mark.filterwarnings("ignore::pytest.PytestUnraisableExceptionWarning")

PASSWORD = "not-a-secret-of-a-proxy"  # noqa: S105  nothing takes it
SITE = "boreal.example"
DEAD = 0


@contextmanager
def proxy(status: int) -> Iterator[str]:
    """Answer every request with a status; without one, nothing answers at that port."""
    if status == DEAD:
        yield f"127.0.0.1:{free_port()}"
        return

    class Refusing(BaseHTTPRequestHandler):
        def answer(self) -> None:
            self.send_response(status)
            self.send_header("Content-Length", "0")
            self.send_header("Connection", "close")
            self.end_headers()

        do_CONNECT = do_GET = do_HEAD = do_POST = do_PUT = answer  # noqa: N815  its names

        def log_message(self, *_: object) -> None:
            """Stay quiet."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Refusing)
    thread = threading.Thread(target=server.serve_forever, args=(0.05,))
    thread.start()
    try:
        yield f"127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()
        server.server_close()


def ask_s3(scheme: str, folder: Path) -> None:
    del folder
    settings = {"bucket": "boreal", "state_bucket": "boreal-state", "region": "ca-central-1"}
    settings |= {
        "host": "s3",
        "url": f"https://{SITE}",
        "endpoint_url": f"{scheme}://s3.{SITE}",
    }
    S3Host(S3Service.model_validate(settings)).read_live()


def ask_git(scheme: str, folder: Path) -> None:
    settings = {"host": "git", "url": f"https://{SITE}"}
    settings["repository"] = f"{scheme}://git.{SITE}/site.git"
    GitHost(GitService.model_validate(settings), folder).read_live()


def ask_public(scheme: str, folder: Path) -> None:
    built = edition(folder / "built", {"index.html": "<p>Accueil"})
    routes = Routes(f"{scheme}://info.{SITE}", PageUrls.FOLDER)
    files = tuple(built.manifest.entries.values())
    verify_live(Subject("web", routes, files, (), headers=True), emit=print, deadline=0.2)


@pytest.mark.parametrize(
    ("ask", "scheme", "status"),
    [
        (ask_s3, "http", 407),
        (ask_s3, "http", 502),
        (ask_s3, "https", DEAD),
        (ask_git, "https", DEAD),
        (ask_git, "https", 407),
        (ask_git, "https", 502),
        (ask_public, "http", DEAD),
        (ask_public, "http", 407),
        (ask_public, "https", 407),
        (ask_public, "https", 502),
    ],
)
def test_a_proxy_that_fails_is_named_without_its_password(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, ask: object, scheme: str, status: int
) -> None:
    assert callable(ask)
    for name, value in {
        "ACCESS_KEY_ID": "a",
        "SECRET_ACCESS_KEY": "b",
        "MAX_ATTEMPTS": "1",
    }.items():
        monkeypatch.setenv(f"AWS_{name}", value)
    monkeypatch.setenv("SPARETIRE_GIT_TOKEN", "c")
    with proxy(status) as address:
        for name in ("http_proxy", "https_proxy", "HTTP_PROXY", "HTTPS_PROXY"):
            monkeypatch.setenv(name, f"http://ana:{PASSWORD}@{address}")
        with pytest.raises(SparetireError) as failed:
            ask(scheme, tmp_path)
    assert isinstance(failed.value, HostUnreachable | NotVerified)
    said = " ".join((failed.value.what, *failed.value.why, failed.value.then))
    assert f"The proxy http://{address} " in said
    assert f"{scheme.upper()}_PROXY" in said
    assert PASSWORD not in said


@pytest.mark.parametrize("scheme", ["http", "https"])
def test_what_is_no_fault_of_a_proxy_is_not_called_one(
    monkeypatch: pytest.MonkeyPatch, scheme: str
) -> None:
    url = f"{scheme}://{SITE}/"
    monkeypatch.setenv(f"{scheme}_proxy", "http://127.0.0.1:9")
    assert proxy_failure(url, requests.ReadTimeout("timed out")) == ""
    assert proxy_failure(url, status=404) == ""
    assert bool(proxy_failure(url, status=502)) == (scheme == "http")  # TLS ends behind it
    monkeypatch.setenv("no_proxy", SITE)
    assert proxy_failure(url, status=502) == ""
