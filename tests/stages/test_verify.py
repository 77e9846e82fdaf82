"""Only the public's own bytes count as live; what is private must stay so."""

import socket
import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import partial
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest

from sparetire.errors import NotVerified
from sparetire.events import Event, HostWaited, PageWentLive
from sparetire.model.edition import Edition
from sparetire.model.media import content_type
from sparetire.model.routes import PageUrls, Routes
from sparetire.stages.verify import Subject, verify_live
from tests.support.editions import edition

FILES = {
    "index.html": "<p>Accueil",
    "fr/spill/index.html": "<p>Déversement",
    "fr/feed.xml": "<rss/>",
}
SOON = 0.3


@dataclass
class Site:
    """What the server answers at present, by path: the status, the type and the body."""

    url: str = ""
    answers: dict[str, tuple[int, str, bytes]] = field(default_factory=dict)
    late: dict[str, int] = field(default_factory=dict)  # refusals until a path is right

    def serve(self, path: str, text: str, *, status: int = 200, kind: str = "") -> None:
        self.answers[f"/{path}"] = (status, kind or content_type(path), text.encode())


class _Request(BaseHTTPRequestHandler):
    def __init__(self, site: Site, *connection: Any) -> None:
        self.site = site
        super().__init__(*connection)

    def do_GET(self) -> None:
        status, kind, body = self.site.answers.get(self.path, (404, "text/plain", b"none"))
        if self.site.late.get(self.path, 0) > 0:
            self.site.late[self.path] -= 1
            body = b"the old page"
        self.send_response(status)
        if kind != "none":
            self.send_header("Content-Type", kind)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_: object) -> None:
        """Say nothing."""


@pytest.fixture
def site() -> Iterator[Site]:
    """Serve the files as a host with index documents does."""
    found = Site()
    server = ThreadingHTTPServer(("127.0.0.1", 0), partial(_Request, found))
    found.url = f"http://127.0.0.1:{server.server_port}"
    for path, text in FILES.items():
        found.serve(path, text)
        if path.endswith("index.html"):
            found.serve(path.removesuffix("index.html"), text, kind=content_type(path))
    thread = threading.Thread(target=server.serve_forever, args=(0.02,), daemon=True)
    thread.start()
    yield found
    server.shutdown()
    server.server_close()
    thread.join()


@pytest.fixture
def built(tmp_path: Path) -> Edition:
    return edition(tmp_path, FILES)


def subject(
    url: str, built: Edition, *, private: tuple[str, ...] = (), headers: bool = True
) -> Subject:
    entries = tuple(built.manifest.entries.values())
    return Subject("local", Routes(url, PageUrls.FOLDER), entries, private, headers)


def look(looked_at: Subject, deadline: float = SOON) -> dict[str, float]:
    return verify_live(looked_at, emit=lambda _event: None, deadline=deadline)


def refusal(looked_at: Subject, deadline: float = SOON) -> NotVerified:
    with pytest.raises(NotVerified) as refused:
        look(looked_at, deadline)
    return refused.value


def test_a_site_that_is_right_is_told_address_by_address(site: Site, built: Edition) -> None:
    told: list[Event] = []
    seen = verify_live(subject(site.url, built), emit=told.append)
    assert seen.keys() == {f"{site.url}/{path}" for path in ("", "fr/spill/", "fr/feed.xml")}
    assert {event.url for event in told if isinstance(event, PageWentLive)} == seen.keys()


def test_nothing_to_look_at_is_right(site: Site, tmp_path: Path) -> None:
    assert look(subject(site.url, edition(tmp_path, {}))) == {}


def test_a_page_that_comes_late_is_waited_for(site: Site, built: Edition) -> None:
    site.late["/fr/spill/"] = 2
    seen = look(subject(site.url, built), deadline=20)
    assert site.late["/fr/spill/"] == 0
    assert f"{site.url}/fr/spill/" in seen


def test_the_old_page_with_a_200_is_not_live(site: Site, built: Edition) -> None:
    site.late["/fr/spill/"] = 1_000
    error = refusal(subject(site.url, built))
    assert error.why == (f"{site.url}/fr/spill/ answers 200, but with other bytes than ours.",)
    assert error.public.startswith(f"2 of 3 files are seen right at {site.url}. The others")
    assert "patience = SECONDS" in error.then


def test_a_page_that_is_not_there_is_told_with_its_status(site: Site, built: Edition) -> None:
    del site.answers["/fr/feed.xml"]
    assert f"{site.url}/fr/feed.xml answers 404." in refusal(subject(site.url, built)).why


@pytest.mark.parametrize("kind", ["text/plain", "none"])
def test_a_wrong_type_counts_where_we_could_set_it(
    site: Site, built: Edition, kind: str
) -> None:
    site.serve("fr/feed.xml", FILES["fr/feed.xml"], kind=kind)
    (why,) = refusal(subject(site.url, built)).why
    assert "instead of 'application/rss+xml; charset=utf-8'" in why
    assert look(subject(site.url, built, headers=False))


def test_the_same_type_written_otherwise_is_right(site: Site, built: Edition) -> None:
    site.serve("fr/feed.xml", FILES["fr/feed.xml"], kind="Application/RSS+xml;charset=UTF-8")
    assert look(subject(site.url, built))


@pytest.mark.parametrize("status", [401, 403, 404, 410])
def test_private_state_that_is_denied_is_right(site: Site, built: Edition, status: int) -> None:
    site.serve("live.json", "no", status=status)
    assert look(subject(site.url, built, private=(f"{site.url}/live.json",)))


@pytest.mark.parametrize("status", [200, 403])
def test_private_state_of_a_busy_host_is_looked_at_again(
    site: Site, built: Edition, status: int
) -> None:
    url = f"{site.url}/live.json"
    site.serve("live.json", "{}", status=503)

    def recover(_event: Event) -> None:
        site.serve("live.json", "{}", status=status)

    looked_at = subject(site.url, built, private=(url,))
    if status == 403:
        assert verify_live(looked_at, emit=recover, deadline=10.0)
        return
    with pytest.raises(NotVerified) as refused:
        verify_live(looked_at, emit=recover, deadline=10.0)
    assert refused.value.why[0].startswith(f"{url} answers 200 to everybody")


def test_private_state_that_cannot_be_reached_is_right(site: Site, built: Edition) -> None:
    assert look(subject(site.url, built, private=(f"http://127.0.0.1:{unused_port()}/x",)))


@pytest.mark.parametrize("status", [200, 500])
def test_private_state_that_is_not_denied_is_told(
    site: Site, built: Edition, status: int
) -> None:
    url = f"{site.url}/live.json"
    site.serve("live.json", "{}", status=status)
    error = refusal(subject(site.url, built, private=(url,)))
    assert error.why == (
        f"{url} answers {status} to everybody: it must be denied (403 or 404).",
    )


def test_a_host_without_index_documents_is_given_advice(site: Site, built: Edition) -> None:
    del site.answers["/fr/spill/"]
    assert 'page_urls = "file"' in refusal(subject(site.url, built)).why[-1]


def test_a_long_list_of_troubles_is_cut(site: Site, tmp_path: Path) -> None:
    lost = edition(tmp_path, {f"{number}.html": "x" for number in range(8)})
    told = refusal(subject(site.url, lost), deadline=0).why
    assert len(told) == 6
    assert told[-1] == "… and 3 more."


def unused_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
    return port


def test_nothing_listening_is_told_with_its_cause(built: Edition) -> None:
    url = f"http://127.0.0.1:{unused_port()}"
    error = refusal(subject(url, built), deadline=0)
    assert "cannot be read: [Errno" in error.why[0]
    assert "refused" in error.why[0]
    assert error.public.startswith("0 of 3 files")


def test_a_long_wait_is_told(site: Site, built: Edition) -> None:
    site.late["/fr/feed.xml"] = 5
    told: list[Event] = []
    verify_live(subject(site.url, built), emit=told.append, deadline=10.0)
    waits = [event for event in told if isinstance(event, HostWaited)]
    assert waits[0].what == "addresses that do not show the new edition yet: 1"


def test_a_look_that_is_stopped_waits_no_longer(site: Site, built: Edition) -> None:
    site.serve("fr/feed.xml", "<old/>")
    stop = threading.Event()

    def end(_event: Event) -> None:
        stop.set()

    with pytest.raises(NotVerified, match="does not show all of it"):
        verify_live(subject(site.url, built), emit=end, deadline=3600.0, stop=stop)


def test_an_interruption_while_waiting_is_passed_on(site: Site, built: Edition) -> None:
    site.serve("fr/feed.xml", "<old/>")

    def press(event: Event) -> None:
        if isinstance(event, HostWaited):
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        verify_live(subject(site.url, built), emit=press, deadline=3600.0)
