"""What machines read of an edition: feeds with lasting ids, and a sitemap of what counts."""

from dataclasses import replace
from pathlib import Path
from xml.etree.ElementTree import Element

import defusedxml.ElementTree as ET  # noqa: N817  its usual name
import feedparser
import pytest

from sparetire.model.edition import Edition
from sparetire.stages.typography import typeset
from sparetire.workspace.layout import Workspace
from tests.support.draft import WORDS
from tests.support.editions import body_of
from tests.support.workspaces import BASE, build, incident, source_of, workspace_in

SITEMAP = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}


def feed(edition: Edition, path: str) -> feedparser.FeedParserDict:
    return feedparser.parse(body_of(edition, path).read_bytes())


def rows(edition: Edition) -> dict[str, Element]:
    tree = ET.fromstring(body_of(edition, "sitemap-pages.xml").read_bytes())
    return {row.findtext("s:loc", "", SITEMAP): row for row in tree.findall("s:url", SITEMAP)}


@pytest.mark.parametrize(
    ("code", "slug"), [("fr", "deversement-riviere"), ("en", "oil-spill-river")]
)
def test_each_language_has_a_feed_and_each_incident_its_own(
    edition: Edition, code: str, slug: str
) -> None:
    page = f"{BASE}/{code}/{slug}/"
    for path, link in (
        (f"{code}/feed.xml", f"{BASE}/{code}/"),
        (f"{code}/{slug}/feed.xml", page),
    ):
        found = feed(edition, path)
        assert found.feed.link == link
        (entry,) = found.entries
        assert (entry.title, entry.link) == (typeset(WORDS[code].title, code), f"{page}#s1")
        assert entry.id == f"tag:info.boreal.example,2026-11-23:deversement-riviere/1/{code}"


def test_a_feed_says_who_speaks_and_who_tells_of_news(tmp_path: Path) -> None:
    workspace = workspace_in(tmp_path / "boreal")
    hub = '[announce]\nhubs = ["https://hub.boreal.example/"]\n'
    file = workspace.settings
    file.write_text(f"{file.read_text('utf-8')}\n{hub}", encoding="utf-8")
    edition = build(workspace, source_of(workspace, incident()))
    for path in ("fr/feed.xml", "fr/deversement-riviere/feed.xml"):
        found = feed(edition, path)
        links = {(link.rel, link.href) for link in found.feed.links}
        assert ("hub", "https://hub.boreal.example/") in links
        assert found.entries[0].author == "Minéraux Boréal"


def test_an_id_outlives_a_new_title_and_a_new_address(shared_workspace: Workspace) -> None:
    said = incident({code: replace(words, title="Autre") for code, words in WORDS.items()})
    moved = replace(said, slugs={"fr": "autre", "en": "other"})
    ids = [
        feed(build(shared_workspace, source_of(shared_workspace, one)), "fr/feed.xml")
        .entries[0]
        .id
        for one in (incident(), moved)
    ]
    assert ids[0] == ids[1]


def test_a_footnote_in_a_feed_leads_to_the_page(shared_workspace: Workspace) -> None:
    noted = replace(WORDS["fr"], body="Cinq litres[^1].\n\n[^1]: Mesurés.")
    edition = build(shared_workspace, source_of(shared_workspace, incident({"fr": noted})))
    (entry,) = feed(edition, "fr/feed.xml").entries
    assert f'href="{BASE}/fr/deversement-riviere/#s1-1"' in entry.content[0].value


def test_the_sitemap_lists_every_page_that_is_to_be_found(edition: Edition) -> None:
    pages = {
        f"{BASE}/{path.removesuffix('index.html')}"
        for path in edition.manifest.entries
        if path.endswith("index.html")
    }
    assert rows(edition).keys() == pages
    robots = body_of(edition, "robots.txt").read_text(encoding="utf-8")
    assert f"Sitemap: {BASE}/sitemap.xml" in robots


@pytest.mark.parametrize(
    ("path", "changed"),
    [
        ("fr/deversement-riviere/", "2026-11-23T09:00:00-05:00"),
        ("", "2026-11-23T09:00:00-05:00"),
        ("en/", "2026-11-23T09:00:00-05:00"),
        ("fr/declarations/", "2026-11-23T09:00:00-05:00"),
        ("fr/a-propos/", ""),
    ],
)
def test_only_pages_that_change_tell_when(edition: Edition, path: str, changed: str) -> None:
    assert rows(edition)[f"{BASE}/{path}"].findtext("s:lastmod", "", SITEMAP) == changed


def test_the_sitemap_names_the_twins(edition: Edition) -> None:
    row = rows(edition)[f"{BASE}/fr/deversement-riviere/"]
    twins = {link.get("hreflang"): link.get("href") for link in row.findall("x:link", SITEMAP)}
    assert twins == {
        "fr-CA": f"{BASE}/fr/deversement-riviere/",
        "en-CA": f"{BASE}/en/oil-spill-river/",
    }
