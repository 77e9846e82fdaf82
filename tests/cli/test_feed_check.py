"""Any feed can be looked at, and whatever pretends to be one is refused calmly."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

from tests.support.command import Outcome, Team, call, refused
from tests.support.newsroom import write_ready
from tests.support.ports import free_port


@contextmanager
def serving(body: bytes, kind: str, leads_to: str = "") -> Iterator[str]:
    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(302 if leads_to else 200)
            self.send_header("Content-Type", kind)
            if leads_to:
                self.send_header("Location", leads_to)
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    class Server(ThreadingHTTPServer):
        def handle_error(self, *_: object) -> None:
            """Say nothing of a client that has read enough."""

    with Server(("127.0.0.1", 0), Answering) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/feed.xml"
        server.shutdown()
        thread.join()


def check(where: str | Path, *more: str) -> Outcome:
    return call("feed", "check", str(where), *more, "--json")


def rules(outcome: Outcome) -> set[str]:
    return {finding["rule"] for finding in outcome.json["findings"]}


@pytest.fixture(scope="module")
def feeds(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return the folder of a newsroom's feeds."""
    from tests.support.command import new_team  # noqa: PLC0415  beside the fixture `team`

    team: Team = new_team(tmp_path_factory.mktemp("feeds") / "team")
    write_ready(team.folder / "releases")
    assert team.call("newsroom", "publish", "--yes").code == 0
    return team.folder / ".sparetire/site/current/en/news"


@pytest.mark.parametrize("name", ["feed.xml", "feed.atom", "feed.json"])
def test_our_own_feeds_pass(feeds: Path, name: str) -> None:
    seen = check(feeds / name)
    assert seen.code == 0, seen.out


@pytest.mark.parametrize(
    ("kind", "rule", "code"),
    [
        ("application/rss+xml; charset=utf-8", set(), 0),
        ("text/xml", {"feed-type"}, 0),
        ("text/html", {"feed-type"}, 3),
    ],
)
def test_the_type_it_is_served_with_counts(
    feeds: Path, kind: str, rule: set[str], code: int
) -> None:
    with serving((feeds / "feed.xml").read_bytes(), kind) as url:
        seen = check(url)
    assert {"feed-type"} & rules(seen) == rule
    if code:
        assert seen.code == code


@pytest.mark.parametrize(
    "body",
    [
        b"<!doctype html><title>Not found</title>",
        b"",
        b"\xff\xfe\x00",
        b'<!DOCTYPE r [<!ENTITY a "b">]><rss version="2.0"><channel>&a;</channel></rss>',
        b"{" * 10_000,
        b'["https://jsonfeed.org/version/1"]',
    ],
    ids=["a page", "nothing", "no text", "a document type", "a nest", "a list"],
)
def test_what_is_no_feed_is_refused(body: bytes, tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    path.write_bytes(body)
    seen = check(path)
    assert seen.code == 3
    assert rules(seen) == {"feed-readable"}


def test_fifty_megabytes_are_not_read_to_their_end(tmp_path: Path) -> None:
    path = tmp_path / "feed.xml"
    with path.open("wb") as file:
        file.truncate(50_000_000)
    assert "5 MB" in refused(check(path), 3)["why"][0]
    with serving(b"<rss>" * 10_000_000, "application/rss+xml") as url:
        assert "5 MB" in refused(check(url), 3)["why"][0]


def test_nobody_there_and_no_such_file_are_told_apart(tmp_path: Path) -> None:
    nobody = refused(check(f"http://127.0.0.1:{free_port()}/"), 6)
    assert "cannot be read" in nobody["what"]
    assert nobody["why"][0].startswith("Nobody answers there")
    assert "cannot be read" in refused(check(tmp_path / "none.xml"), 2)["what"]


def test_what_is_no_address_and_what_leads_in_circles_are_told_in_words() -> None:
    assert refused(check("https://[::1"), 6)["why"] == ["It is no address that can be asked."]
    with serving(b"", "text/plain", leads_to="/feed.xml") as url:
        assert "without end" in refused(check(url), 6)["why"][0]
