"""The draft of a dry run: in a browser, on loopback, and as a file for those who approve it."""

import re
import sys
import time
from pathlib import Path

import pytest
import requests

from tests.support.command import Team, refused, started

LINK = re.compile(r'(?:href|src)="([^"]*)"')


@pytest.fixture
def drafted(team: Team) -> Team:
    """Return a team that has made a dry run of a launch."""
    assert team.call(*team.launch("--dry-run")).code == 0
    return team


def test_a_file_to_send_is_watermarked_whole_and_out_of_searches(
    team: Team, tmp_path: Path
) -> None:
    done = team.call(*team.launch("--dry-run", "--draft-file", str(tmp_path / "avis.html")))
    assert done.code == 0, done.err
    assert team.public() == {}
    for code, mark, text in (
        ("fr", "BROUILLON", "Personne n’est blessé"),
        ("en", "DRAFT", "Nobody is hurt"),
    ):
        page = (tmp_path / f"avis.{code}.html").read_text("utf-8")
        assert f"<title>{mark} – " in page
        assert f'content:"{mark}"' in page
        assert text in page
        assert '<meta name="robots" content="noindex, nofollow, noarchive">' in page
        assert page.count('name="robots"') == page.count("Content-Security-Policy") == 1
        assert "canonical" not in page
        assert "<script" not in page
        assert 'src="data:image/svg+xml' in page
        kinds = {place.partition(":")[0] for place in LINK.findall(page) if place[0] != "#"}
        assert kinds <= {"data", "http", "https", "tel", "mailto"}


def test_a_draft_is_served_on_loopback_with_its_pictures(drafted: Team) -> None:
    with started("-w", str(drafted.folder), "preview", "--draft") as program:
        assert program.stderr is not None
        line = program.stderr.readline()
        url = re.findall(r"http://127\.0\.0\.1:\d+/\S+", line)[0]
        page = requests.get(url, timeout=10)
        assert page.status_code == 200
        assert "Personne n’est blessé" in page.content.decode()
        assert "BROUILLON" in page.content.decode()
        (logo,) = re.findall(r'src="([^"]*logo[^"]*)"', page.text)
        assert requests.get(f"{url}{logo}", timeout=10).status_code == 200
    assert drafted.public() == {}


@pytest.mark.skipif(sys.platform == "win32", reason="a shell script stands in for a browser")
def test_a_dry_run_opens_the_page_in_the_browser(team: Team, tmp_path: Path) -> None:
    opened = tmp_path / "opened"
    browser = tmp_path / "browser"
    browser.write_text(f'#!/bin/sh\ncurl -s "$1" > {opened}.page; mv {opened}.page {opened}\n')
    browser.chmod(0o755)
    words = team.launch("--dry-run", "--open")
    env = {"BROWSER": f"{browser} %s"}
    with started("-w", str(team.folder), *words, env=env) as program:
        assert program.stderr is not None
        for line in program.stderr:
            if "Draft in en" in line:
                break
        for _ in range(200):
            if opened.exists():
                break
            time.sleep(0.05)
    assert "Personne n’est blessé" in opened.read_text("utf-8")
    assert team.public() == {}


@pytest.mark.parametrize("option", [["--open"], ["--draft-file", "x.html"]])
def test_a_draft_is_refused_where_the_run_would_publish(team: Team, option: list[str]) -> None:
    error = refused(team.call(*team.launch("--yes", "--json"), *option), 2)
    assert error["what"] == f"{option[0]} needs --dry-run."
    assert team.public() == {}


def test_without_a_draft_there_is_nothing_to_preview(team: Team) -> None:
    assert "There is no draft to show." in team.call("preview", "--draft").err


def test_a_draft_whose_files_are_gone_is_no_draft(drafted: Team) -> None:
    for body in (drafted.folder / ".sparetire/bodies").rglob("*"):
        if body.is_file():
            body.unlink()
    outcome = drafted.call("preview", "--draft")
    assert outcome.code == 2
    assert "are gone from this machine" in " ".join(outcome.err.split())
