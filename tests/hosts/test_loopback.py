"""The small web server, over real connections."""

from collections.abc import Iterator
from http.client import HTTPConnection, HTTPResponse
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from sparetire.errors import ConfigurationFault
from sparetire.hosts.loopback import serve
from sparetire.hosts.port_owner import is_free


@pytest.fixture
def root(tmp_path: Path) -> Path:
    for path, text in {
        "site/index.html": "<p>home",
        "site/404.html": "<p>nothing here",
        "site/fr/énoncé 1/index.html": "<p>énoncé",
        "site/fr/feed.xml": "<rss/>",
        "site/assets/a.0a1b2c3d.css": "body {}",
        "site/empty/note.txt": "no index here",
        "secret.txt": "state",
    }.items():
        place = tmp_path / path
        place.parent.mkdir(parents=True, exist_ok=True)
        place.write_text(text, encoding="utf-8")
    (tmp_path / "site/way-out.txt").symlink_to(tmp_path / "secret.txt")
    (tmp_path / "current").symlink_to("site")
    return tmp_path / "current"


@pytest.fixture
def address(root: Path) -> Iterator[str]:
    with serve(root, "127.0.0.1", 0) as url:
        yield url


def ask(
    address: str, path: str, method: str = "GET", host: str | None = None
) -> tuple[HTTPResponse, str]:
    # A client that sends the path as it is: the usual ones take dots away before they ask.
    place = urlsplit(address)
    connection = HTTPConnection(place.hostname or "", place.port, timeout=10)
    connection.request(method, path, headers={"Host": host or place.netloc})
    answer = connection.getresponse()
    text = answer.read().decode()
    connection.close()
    return answer, text


@pytest.mark.parametrize("path", ["/", "/index.html", "/?utm_source=x"])
def test_the_home_page(address: str, path: str) -> None:
    answer, text = ask(address, path)
    assert (answer.status, text) == (200, "<p>home")
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
    assert answer.headers["Cache-Control"].startswith("public, max-age=0, s-maxage=60")
    assert answer.headers["X-Content-Type-Options"] == "nosniff"


def test_a_folder_with_letters_of_every_kind(address: str) -> None:
    assert ask(address, "/fr/%C3%A9nonc%C3%A9%201/")[1] == "<p>énoncé"


def test_a_folder_without_its_slash_leads_to_it(address: str) -> None:
    answer, _ = ask(address, "/fr/%C3%A9nonc%C3%A9%201?a=b")
    assert answer.status == 301
    assert answer.headers["Location"] == "/fr/%C3%A9nonc%C3%A9%201/?a=b"


def test_no_redirect_leaves_the_site(address: str) -> None:
    answer, _ = ask(address, "//fr")
    assert answer.headers["Location"] == "/fr/"


def test_types_and_cache_rules_follow_the_table(address: str) -> None:
    feed, _ = ask(address, "/fr/feed.xml")
    style, _ = ask(address, "/assets/a.0a1b2c3d.css")
    assert feed.headers["Content-Type"] == "application/rss+xml; charset=utf-8"
    assert style.headers["Cache-Control"] == "public, max-age=31536000, immutable"


@pytest.mark.parametrize(
    "path",
    [
        "/none",
        "/empty/",
        "/index.html/",
        "/../secret.txt",
        "/%2e%2e/secret.txt",
        "/fr/..%2f..%2fsecret.txt",
        "/..\\secret.txt",
        "/way-out.txt",
        "/%00",
        "/index.html%00.txt",
        "http://evil.example/",
    ],
)
def test_what_is_not_there_and_what_must_not_be_read(address: str, path: str) -> None:
    answer, text = ask(address, path)
    assert (answer.status, text) == (404, "<p>nothing here")
    assert answer.headers["Content-Type"] == "text/html; charset=utf-8"


def test_a_site_without_an_error_page(tmp_path: Path) -> None:
    with serve(tmp_path / "not-yet", "127.0.0.1", 0) as url:
        answer, text = ask(url, "/")
    assert answer.status == 404
    assert "Not found" in text


def test_head_has_no_body(address: str) -> None:
    answer, text = ask(address, "/", "HEAD")
    assert (answer.status, text) == (200, "")
    assert answer.headers["Content-Length"] == str(len("<p>home"))


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE"])
def test_nothing_can_be_sent(address: str, method: str) -> None:
    assert ask(address, "/", method)[0].status == 501


def test_a_foreign_name_that_points_here_is_refused(address: str) -> None:
    assert ask(address, "/", host="rebound.example")[0].status == 403


def test_the_root_may_be_replaced_between_requests(address: str, root: Path) -> None:
    other = root.parent / "other"
    other.mkdir()
    (other / "index.html").write_text("<p>new home", encoding="utf-8")
    assert ask(address, "/")[1] == "<p>home"
    link = root.parent / "next"
    link.symlink_to("other")
    link.replace(root)
    assert ask(address, "/")[1] == "<p>new home"


def test_only_this_machine(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationFault, match="not an address of this machine alone"):
        serve(tmp_path, "0.0.0.0", 0).__enter__()  # noqa: S104  refused


def test_a_port_in_use_is_told(address: str, tmp_path: Path) -> None:
    port = urlsplit(address).port or 0
    assert not is_free("127.0.0.1", port)
    with pytest.raises(ConfigurationFault, match="Another program answers") as told:
        serve(tmp_path, "localhost", port).__enter__()
    assert "with another folder" in told.value.why[0]


def test_a_folder_that_is_served_already_is_told(address: str, root: Path) -> None:
    port = urlsplit(address).port or 0
    with pytest.raises(ConfigurationFault, match="cannot be served") as told:
        serve(root, "localhost", port).__enter__()
    assert "another sparetire preview shows this folder" in told.value.then


def test_the_port_is_free_afterwards(tmp_path: Path) -> None:
    with serve(tmp_path, "127.0.0.1", 0) as url:
        port = urlsplit(url).port or 0
    assert is_free("127.0.0.1", port)
