"""Twelve bilingual releases go public, on a folder and in a bucket, and stay as they are."""

import shutil
from datetime import datetime, timedelta
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.request import urlopen

import feedparser
import pytest

from sparetire.config.load import load_settings
from sparetire.stages.typography import typeset
from sparetire.workspace.releases import read_shelf
from tests.demo.boilerplate import with_boilerplate
from tests.demo.paint import paint_all
from tests.support.command import Team, new_team
from tests.support.demo import RELEASES
from tests.support.seaweed import Seaweed

PUBLISH = ("newsroom", "publish", "--yes", "--json")


PHONE = 'phone = "+1 418 555-0142"'


@pytest.fixture(params=["folder", "bucket"])
def team(request: pytest.FixtureRequest, tmp_path: Path, seaweed_server: Seaweed) -> Team:
    """Return a workspace with the demo's releases, on either kind of host."""
    team = new_team(tmp_path / f"demo-{request.param}")
    shutil.copytree(RELEASES, team.folder / "releases", dirs_exist_ok=True)
    paint_all(team.folder / "releases" / "images")
    reachable = team.settings.replace(PHONE, f'{PHONE}\nemail = "medias@boreal.example"', 1)
    said = with_boilerplate(reachable)
    (team.folder / "sparetire.toml").write_text(said, encoding="utf-8")
    if request.param == "bucket":
        team.use_bucket(seaweed_server)
        team.set("crisis", "page_urls", value='"file"')
        team.set("crisis", "targets", value='["production"]')
        team.set("newsroom", "targets", value='["production"]')
    return team


def read(team: Team, url: str) -> bytes:
    """Return what the public reads at an address; nothing serves the folder between runs."""
    if not url.startswith(team.url):
        with urlopen(url, timeout=10) as answer:
            body: bytes = answer.read()
            return body
    path = team.folder / ".sparetire" / "site" / "current" / url.removeprefix(f"{team.url}/")
    return (path / "index.html" if path.is_dir() else path).read_bytes()


Told = tuple[str, str, datetime, timedelta | None, str, str, str]
"""Id, title, instant, offset, language, who speaks, who took the picture."""


def told_by(feed: bytes) -> list[Told]:
    """Return what a reader makes of each item."""
    found = feedparser.parse(feed)
    assert not found.bozo
    told = []
    for entry in found.entries:
        written = entry.published
        at = (
            parsedate_to_datetime(written)
            if "," in written
            else datetime.fromisoformat(written)
        )
        [picture], [enclosure] = entry.media_content, entry.enclosures
        assert picture["url"] == enclosure.href
        assert (int(picture["width"]), picture["medium"]) == (1600, "image")
        told.append(
            (
                *(entry.id, entry.title, at, at.utcoffset()),
                (entry.title_detail.language or found.feed.language).lower(),
                entry.get("author", found.feed.get("author")),
                entry.media_credit[0]["content"],
            )
        )
    return told


def published_by(team: Team, code: str) -> list[Told]:
    """Return the same of the releases as their files and the record of them say it."""
    settings = load_settings(team.folder)
    shelf = read_shelf(team.folder / "releases", settings)
    told = []
    for release in shelf.releases:
        words = release.wordings[code]
        assert release.published
        assert words.picture
        at = release.published.astimezone(settings.zone)
        told.append(
            (
                *(release.entry_id(code), typeset(words.title, code), at, at.utcoffset()),
                f"{code}-ca",
                settings.say(settings.organisation.name, code),
                words.picture.credit,
            )
        )
    return sorted(told, key=lambda one: one[2], reverse=True)


def test_twelve_releases_go_public_once_and_stay_as_they_are(team: Team) -> None:
    linted = team.call("newsroom", "lint", "--json")
    assert (linted.code, linted.json["findings"]) == (0, [])
    first = team.call(*PUBLISH)
    assert first.code == 0, first.out + first.err
    assert len(first.json["published"]) == 12
    for published in first.json["published"]:
        for code, url in published["urls"].items():
            assert f'lang="{code}-CA"'.encode() in read(team, url), published["name"]
    base = first.json["urls"]["fr"].partition("/fr/")[0]
    feeds = {
        path: read(team, f"{base}/{path}")
        for folder in ("fr/communiques", "en/news")
        for path in (f"{folder}/feed.xml", f"{folder}/feed.atom", f"{folder}/feed.json")
    }
    for path, body in feeds.items():
        if not path.endswith(".json"):
            assert told_by(body) == published_by(team, path[:2])

    again = team.call(*PUBLISH)
    assert (again.code, again.json["changed"]) == (0, False)
    whole = team.call("prepare", "--yes", "--json")  # the whole site, built and sent anew
    assert whole.code == 0, whole.out + whole.err
    assert (whole.json["changed"], whole.json["files"]["put"]) == (False, 0)
    assert {path: read(team, f"{base}/{path}") for path in feeds} == feeds
