"""A release that was put right says so wherever it is read."""

import json

import defusedxml.ElementTree as ET  # noqa: N817  its usual name

from tests.support.command import Team
from tests.support.newsroom import write_ready

YES = ("--yes", "--json")
CODES = ("fr", "en")


def read(team: Team, path: str) -> str:
    return (team.folder / ".sparetire/site/current" / path).read_text(encoding="utf-8")


def test_a_corrected_release_says_so_in_every_format(team: Team) -> None:
    """Its page and JSON-LD did; RSS, Atom and JSON Feed changed silently."""
    releases = team.folder / "releases"
    write_ready(releases)
    assert team.call("newsroom", "publish", *YES).code == 0
    note = '\n[[corrections]]\nat = 2999-12-01T09:00:00-05:00\nnote = "141 & not <140>."\n+++'
    for code in CODES:
        file = releases / f"port-agrandi.{code}.md"
        head, body = file.read_text("utf-8").removeprefix("+++").split("+++", 1)
        file.write_text(f"+++{head}{note}{body}".replace("140 pe", "141 pe"), "utf-8")

    assert team.call("newsroom", "publish", "port-agrandi", *YES).code == 0

    for code, folder in (("fr", "fr/communiques"), ("en", "en/news")):
        word, day = {"fr": ("Corrections", "décembre 2999"), "en": ("Corrections", "2999")}[
            code
        ]
        rss = ET.fromstring(read(team, f"{folder}/feed.xml"))
        space = "{http://purl.org/rss/1.0/modules/content/}encoded"
        atom = ET.fromstring(read(team, f"{folder}/feed.atom"))
        [entry] = atom.findall("{http://www.w3.org/2005/Atom}entry")
        [item] = json.loads(read(team, f"{folder}/feed.json"))["items"]
        contents = [
            rss.findtext(f"channel/item/{space}"),
            entry.findtext("{http://www.w3.org/2005/Atom}content"),
            item["content_html"],
        ]
        for content in contents:
            assert content is not None
            start = content[:200].replace("\u00a0", " ").replace("&nbsp;", " ")
            assert start.startswith(f"<p><strong>{word}"), start
            assert day in start
            assert "141 &amp; not &lt;140&gt;." in start
