"""A brand is checked in words, and taken over from a site or from a picture."""

from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from threading import Thread

import pytest
from typing_extensions import override

from tests.support.command import LOGO, call, new_team

SITE = """<!doctype html><html><head>
<meta name="theme-color" content="{theme}">
<link rel="apple-touch-icon" href="/touch.png">
</head><body><img class="logo" src="img/mark.svg" alt="Boréal"></body></html>"""
DRAWING = """<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 40 10">
<script>alert(1)</script><path d="M0 0h9v3z" fill="#e31837"/></svg>"""


class QuietHandler(SimpleHTTPRequestHandler):
    """Serves files without a word for each."""

    @override
    def log_message(self, format: str, *args: object) -> None: ...


@contextmanager
def served(folder: Path) -> Iterator[str]:
    handler = partial(QuietHandler, directory=str(folder))
    with ThreadingHTTPServer(("127.0.0.1", 0), handler) as server:
        Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture
def workspace(tmp_path: Path) -> Path:
    return new_team(tmp_path / "boreal").folder


def homepage(folder: Path, theme: str) -> None:
    (folder / "img").mkdir(parents=True)
    (folder / "index.html").write_text(SITE.format(theme=theme), encoding="utf-8")
    (folder / "img" / "mark.svg").write_text(DRAWING, encoding="utf-8")


def test_a_ready_brand_is_told_to_be_ready_and_shown(workspace: Path, tmp_path: Path) -> None:
    sheet = tmp_path / "sheet.html"
    outcome = call("-w", str(workspace), "brand", "check", "--sheet", str(sheet))
    assert outcome.code == 0, outcome.err
    assert "The brand is ready" in outcome.out
    assert sheet.read_text("utf-8").startswith("<!DOCTYPE html>")


def test_a_logo_that_cannot_be_used_stops_the_check(workspace: Path) -> None:
    (workspace / "brand" / "logo.svg").write_text("no picture", encoding="utf-8")
    outcome = call("-w", str(workspace), "brand", "check", "--json")
    assert outcome.code == 4
    assert [one["rule"] for one in outcome.json["findings"]] == ["logo-unusable"]


@pytest.mark.parametrize(
    ("theme", "colours"),
    [("#0b3d66", ["#0b3d66", "#e31837"]), ("#ffffff", ["#e31837"]), ("none", ["#e31837"])],
)
def test_logo_and_colours_come_from_the_organisations_site(
    workspace: Path, tmp_path: Path, theme: str, colours: list[str]
) -> None:
    homepage(tmp_path / "site", theme)
    with served(tmp_path / "site") as url:
        outcome = call("-w", str(workspace), "brand", "import", url, "--json")
    assert outcome.code == 0, outcome.out
    assert outcome.json["colours"] == colours
    assert outcome.json["logo"] == "brand/logo.svg"
    logo = (workspace / "brand" / "logo.svg").read_text("utf-8")
    assert "#e31837" in logo
    assert "script" not in logo
    assert f'brand = "{colours[0]}"' in (workspace / "sparetire.toml").read_text("utf-8")
    assert call("-w", str(workspace), "brand", "check").code == 0


def test_a_dry_run_writes_nothing(workspace: Path, tmp_path: Path) -> None:
    picture = tmp_path / "mark.svg"
    picture.write_text(DRAWING, encoding="utf-8")
    settings = (workspace / "sparetire.toml").read_bytes()
    logo = (workspace / "brand" / "logo.svg").read_bytes()
    outcome = call("-w", str(workspace), "brand", "import", str(picture), "--dry-run")
    assert outcome.code == 0
    assert "Would take" in outcome.out
    assert (workspace / "sparetire.toml").read_bytes() == settings
    assert (workspace / "brand" / "logo.svg").read_bytes() == logo


def test_a_site_that_cannot_be_reached_changes_nothing(workspace: Path) -> None:
    outcome = call("-w", str(workspace), "brand", "import", "http://127.0.0.1:9/", "--json")
    assert outcome.code == 6
    assert outcome.json["error"]["public"] == "Nothing has changed for the public."


@pytest.mark.parametrize("content", [None, b"no picture", LOGO.replace("#0b3d66", "").encode()])
def test_a_file_without_a_colour_is_refused(
    workspace: Path, tmp_path: Path, content: bytes | None
) -> None:
    picture = tmp_path / "mark"
    if content is not None:
        picture.write_bytes(content)
    outcome = call("-w", str(workspace), "brand", "import", str(picture))
    assert outcome.code == 2
    assert "Next" in outcome.err
