"""Whole sites, built by Pelican: complete, the same each time, and safe from hostile words."""

import hashlib
import json
import re
import shutil
from dataclasses import replace
from datetime import UTC, datetime
from html.parser import HTMLParser
from pathlib import Path

import feedparser
import pytest
import time_machine

from sparetire.errors import BuildFault, ConfigurationFault, LocalDiskFault
from sparetire.model.edition import Edition
from sparetire.model.incident import Incident, Kind, Words
from sparetire.model.manifest import Wave
from sparetire.stages.build.builder import Builder
from sparetire.stages.build.edition import build_edition
from sparetire.stages.build.source import Source
from sparetire.stages.typography import typeset
from sparetire.workspace.layout import Workspace
from tests.support.draft import WORDS
from tests.support.editions import body_of
from tests.support.workspaces import (
    BASE,
    build,
    incident,
    settings_with,
    source_of,
    workspace_in,
)

STANDING = {
    "fr": {"declarations", "nous-joindre", "a-propos", "suivre", "verify", "accessibilite"},
    "en": {"statements", "contact", "about", "follow", "verify", "accessibility"},
}
FRENCH_PAGE = "fr/deversement-riviere/index.html"
ENGLISH_PAGE = "en/oil-spill-river/index.html"
HOSTILE = "\"Fire\" & <script>alert('x')</script> </title> ]]> {{ 7 * 7 }} 🔥 حريق في المصنع"
HOSTILE_IN_FRENCH = typeset(HOSTILE, "fr")


class Page(HTMLParser):
    """What a browser makes of a page: its elements, and the text inside the chosen ones."""

    def __init__(self, edition: Edition, path: str) -> None:
        super().__init__()
        self.elements: list[tuple[str, dict[str, str | None]]] = []
        self.texts: dict[str, list[str]] = {}
        self._open: list[str] = []
        self.feed(body_of(edition, path).read_text(encoding="utf-8"))
        self.close()

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements.append((tag, dict(attrs)))
        if tag not in {"meta", "link", "img", "br", "hr", "input"}:
            self._open.append(tag)
            self.texts.setdefault(tag, []).append("")

    def handle_endtag(self, tag: str) -> None:
        if tag in self._open:
            while self._open.pop() != tag:
                pass

    def handle_data(self, data: str) -> None:
        for tag in set(self._open):
            self.texts[tag][-1] += data

    def all(self, tag: str, **wanted: str) -> list[dict[str, str | None]]:
        return [
            found
            for name, found in self.elements
            if name == tag and all(found.get(key) == value for key, value in wanted.items())
        ]

    def meta(self, name: str) -> str | None:
        (found,) = [
            row for row in self.all("meta") if name in {row.get("name"), row.get("property")}
        ]
        return found["content"]

    def structured(self) -> dict[str, object]:
        facts: dict[str, object] = json.loads(self.texts["script"][0])
        return facts


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return workspace_in(tmp_path / "boreal")


def html_pages(edition: Edition) -> set[str]:
    return {path for path in edition.manifest.entries if path.endswith(".html")}


def french_only() -> Incident:
    return replace(
        incident({"fr": WORDS["fr"]}),
        slugs={"fr": "deversement-riviere", "en": "oil-spill-river"},
    )


def test_every_page_is_there_and_nothing_else(edition: Edition) -> None:
    standing = {
        f"{code}/{slug}/index.html" for code, slugs in STANDING.items() for slug in slugs
    }
    homes = {"index.html", "404.html", "fr/index.html", "en/index.html"}
    assert html_pages(edition) == standing | homes | {FRENCH_PAGE, ENGLISH_PAGE}
    others = set(edition.manifest.entries) - html_pages(edition)
    assert {path for path in others if not path.startswith("assets/")} == {
        "favicon.ico",
        "fr/feed.xml",
        "en/feed.xml",
        "fr/deversement-riviere/feed.xml",
        "en/oil-spill-river/feed.xml",
        "robots.txt",
        "sitemap.xml",
        "sitemap-news.xml",
        "sitemap-pages.xml",
    }


def test_the_manifest_is_what_lies_on_the_disk(edition: Edition) -> None:
    for entry in edition.manifest.entries.values():
        content = edition.file(entry).read_bytes()
        assert (len(content), hashlib.sha256(content).hexdigest()) == (entry.size, entry.sha256)


def test_assets_are_named_by_what_they_show_and_kept_for_ever(edition: Edition) -> None:
    found = [one for one in edition.manifest.entries.values() if one.wave is Wave.ASSETS]
    assets = {one.path: one for one in found if one.path != "favicon.ico"}
    names = {path.split("/")[1].split(".")[0] for path in assets}
    assert names == {"icon", "logo", "touch", "card"}
    for path, one in assets.items():
        assert re.fullmatch(r"assets/[a-z]+\.[0-9a-f]{8}\.(svg|png)", path)
        assert "immutable" in one.cache_control


@pytest.mark.parametrize(
    ("path", "wave"),
    [
        (FRENCH_PAGE, Wave.PAGES),
        ("fr/a-propos/index.html", Wave.PAGES),
        ("index.html", Wave.LISTS),
        ("404.html", Wave.PAGES),
        ("en/index.html", Wave.LISTS),
        ("fr/declarations/index.html", Wave.LISTS),
        ("en/verify/index.html", Wave.PAGES),
        ("en/follow/index.html", Wave.LISTS),
        ("fr/feed.xml", Wave.FEEDS),
        ("sitemap.xml", Wave.FEEDS),
        ("robots.txt", Wave.FEEDS),
    ],
)
def test_what_links_to_new_pages_goes_after_them(
    edition: Edition, path: str, wave: Wave
) -> None:
    assert edition.manifest.entries[path].wave is wave


def test_equal_sources_give_equal_bytes_wherever_and_whenever_they_are_built(
    edition: Edition, workspace: Workspace, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("TZ", "Pacific/Auckland")
    monkeypatch.setenv("LC_ALL", "C")
    with time_machine.travel(datetime(2031, 1, 1, tzinfo=UTC)):
        later = build(workspace, source_of(workspace, incident()))
    assert later.bodies != edition.bodies
    assert later.manifest == edition.manifest


def test_damaged_and_lost_files_are_built_again(workspace: Workspace) -> None:
    source = source_of(workspace, incident())
    first = build(workspace, source)
    body_of(first, FRENCH_PAGE).write_text("damaged", encoding="utf-8")
    body_of(first, "en/index.html").unlink()
    assert build(workspace, source) == first
    test_the_manifest_is_what_lies_on_the_disk(first)


def test_debris_of_a_crash_is_removed_and_none_is_left(workspace: Workspace) -> None:
    debris = workspace.builds / "0a1b2c" / "site"
    debris.mkdir(parents=True)
    (debris / "half.html").touch()
    build(workspace, source_of(workspace))
    assert list(workspace.builds.iterdir()) == []


def test_without_a_logo_every_page_carries_the_name_in_letters(workspace: Workspace) -> None:
    source = source_of(workspace)
    edition = build(workspace, replace(source, brand=replace(source.brand, logo=None)))
    page = Page(edition, "fr/index.html")
    assert "Minéraux Boréal" in page.texts["header"][0]
    assert page.all("img") == []


def test_one_language_lives_at_the_root(tmp_path: Path) -> None:
    workspace = workspace_in(tmp_path / "boreal", ["fr-CA"])
    said = incident({"fr": WORDS["fr"]})
    edition = build(workspace, source_of(workspace, replace(said, slugs={"fr": said.name})))
    assert {"index.html", "404.html", "feed.xml", "deversement-riviere/index.html"} <= set(
        edition.manifest.entries
    )
    assert not [path for path in edition.manifest.entries if path.startswith(("fr/", "en/"))]
    assert Page(edition, "index.html").all("link", rel="alternate", hreflang="x-default") == []


def test_addresses_may_end_in_a_file(workspace: Workspace) -> None:
    settings_with(workspace, {("crisis", "page_urls"): '"file"'})
    edition = build(workspace, source_of(workspace, incident()))
    assert {"fr/deversement-riviere.html", "en/about.html", "fr/index.html"} <= html_pages(
        edition
    )
    page = Page(edition, "fr/deversement-riviere.html")
    (canonical,) = page.all("link", rel="canonical")
    assert canonical["href"] == f"{BASE}/fr/deversement-riviere.html"
    assert "a-propos.html" in {link["href"] for link in page.all("a")}


def test_a_page_names_itself_and_its_twins(edition: Edition) -> None:
    page = Page(edition, FRENCH_PAGE)
    twins = {row["hreflang"]: row["href"] for row in page.all("link") if row.get("hreflang")}
    french = f"{BASE}/fr/deversement-riviere/"
    assert twins == {
        "fr-CA": french,
        "en-CA": f"{BASE}/en/oil-spill-river/",
        "x-default": french,
    }
    assert page.all("link", rel="canonical")[0]["href"] == french
    assert page.all("html")[0]["lang"] == "fr-CA"


def test_a_declared_gap_says_so_and_leads_to_the_other_language(workspace: Workspace) -> None:
    edition = build(workspace, source_of(workspace, french_only()))
    gap, told = Page(edition, ENGLISH_PAGE), Page(edition, FRENCH_PAGE)
    for page in (gap, told):
        assert [row for row in page.all("link") if row.get("hreflang")] == []
    assert gap.texts["h1"] == ["This information is not yet available in English"]
    assert "../../fr/deversement-riviere/" in {row["href"] for row in gap.all("a")}
    assert "script" not in gap.texts
    assert typeset(WORDS["fr"].title, "fr") in told.texts["h1"][0]
    assert "en/oil-spill-river/feed.xml" not in edition.manifest.entries


def test_statements_stand_newest_first_each_under_its_anchor(workspace: Workspace) -> None:
    said = incident(WORDS, WORDS, {"fr": WORDS["fr"]}, WORDS, WORDS)
    edition = build(workspace, source_of(workspace, said))
    anchors = {
        path: [str(row["id"]) for row in Page(edition, path).all("article")]
        for path in (FRENCH_PAGE, ENGLISH_PAGE)
    }
    assert anchors == {
        FRENCH_PAGE: ["s5", "s4", "s3", "s2", "s1"],
        ENGLISH_PAGE: ["s5", "s4", "s2", "s1"],
    }
    feed = feedparser.parse(body_of(edition, "fr/feed.xml").read_bytes())
    assert [entry.link.rpartition("#")[2] for entry in feed.entries] == anchors[FRENCH_PAGE]


def test_every_list_leads_to_what_was_said_last(workspace: Workspace) -> None:
    again = {code: replace(words, title=f"{code} encore") for code, words in WORDS.items()}
    edition = build(workspace, source_of(workspace, incident(WORDS, again)))
    for path, prefix in (("index.html", "fr/"), ("fr/index.html", "")):
        links = {row["href"] for row in Page(edition, path).all("a")}
        assert f"{prefix}deversement-riviere/#s2" in links
    page = Page(edition, "en/statements/index.html")
    record = [row["href"] for row in page.all("a") if "spill-river/#" in str(row["href"])]
    assert record == ["../oil-spill-river/#s2", "../oil-spill-river/#s1"]


def test_a_closed_incident_is_told_as_closed(workspace: Workspace) -> None:
    said = incident(WORDS, WORDS)
    first, last = said.statements
    closed = replace(said, statements=(first, replace(last, kind=Kind.CLOSING)))
    edition = build(workspace, source_of(workspace, closed))
    assert "Terminé" in Page(edition, FRENCH_PAGE).texts["section"][0]


def test_a_wrong_address_is_found_by_no_search_engine(edition: Edition) -> None:
    page = Page(edition, "404.html")
    assert page.meta("robots") == "noindex"
    links = {str(row["href"]) for row in page.all("a")} - {"#content"}
    assert all(re.match("https://|tel:|mailto:", link) for link in links)
    assert "404" not in body_of(edition, "sitemap.xml").read_text(encoding="utf-8")
    assert Page(edition, FRENCH_PAGE).meta("robots") != "noindex"


def test_a_site_that_waits_is_nobodys_search_result(workspace: Workspace) -> None:
    edition = build(workspace, source_of(workspace))
    assert {Page(edition, path).meta("robots") for path in html_pages(edition)} == {"noindex"}
    for code in ("fr", "en"):
        feed = body_of(edition, f"{code}/feed.xml").read_bytes()
        assert feedparser.parse(feed).entries == []
        assert b"lastBuildDate" not in feed


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> Edition:
    workspace = workspace_in(tmp_path_factory.mktemp("hostile") / "boreal")
    words = Words(HOSTILE, f"{HOSTILE}\n\n<img src=x onerror=y>\n\nFin ]]> fin.", HOSTILE)
    return build(workspace, source_of(workspace, incident({"fr": words, "en": words})))


@pytest.mark.parametrize(
    "path", [FRENCH_PAGE, "fr/index.html", "index.html", "fr/declarations/index.html"]
)
def test_a_hostile_title_is_text_in_every_page(hostile: Edition, path: str) -> None:
    page = Page(hostile, path)
    assert any(HOSTILE_IN_FRENCH in text for texts in page.texts.values() for text in texts)
    assert not page.all("img", src="x")
    kinds = [row.get("type") for row in page.all("script")]
    assert set(kinds) <= {"application/ld+json"}


def test_a_hostile_title_is_text_in_the_head(hostile: Edition) -> None:
    page = Page(hostile, FRENCH_PAGE)
    assert page.texts["title"][0].startswith(HOSTILE_IN_FRENCH)
    for name in ("og:title", "description", "og:description"):
        assert page.meta(name) == HOSTILE_IN_FRENCH
    assert page.structured()["headline"] == HOSTILE


def test_a_hostile_title_is_text_in_the_feed(hostile: Edition) -> None:
    feed = feedparser.parse(body_of(hostile, "fr/feed.xml").read_bytes(), sanitize_html=False)
    assert not feed.bozo
    (entry,) = feed.entries
    assert entry.title == HOSTILE_IN_FRENCH
    assert "onerror" not in entry.content[0].value
    assert "<script" not in entry.content[0].value


def with_theme(source: Source, folder: Path, template: str, text: str) -> Source:
    """Return the source with a theme of which one template has another text."""
    shutil.copytree(source.theme, folder)
    (folder / "templates" / template).write_text(text, encoding="utf-8")
    return replace(source, theme=folder)


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("{% if %}", "Expected an expression"),
        ("{{ page.nothing.at_all }}", "nothing"),
        ("{% include 'gone.html' %}", "gone.html"),
        ("", "is empty"),
    ],
)
def test_a_broken_theme_stops_the_build_with_its_reason(
    workspace: Workspace, tmp_path: Path, text: str, reason: str
) -> None:
    broken = with_theme(source_of(workspace), tmp_path / "theme", "home.html", text)
    with pytest.raises(BuildFault) as refused:
        build(workspace, broken)
    assert reason in " ".join(refused.value.why)
    (sign,) = workspace.builds.iterdir()
    assert list(sign.iterdir()) == []


def test_two_pages_at_one_address_stop_the_build(workspace: Workspace) -> None:
    clash = replace(incident(), slugs={"fr": "a-propos", "en": "oil-spill-river"})
    with pytest.raises(BuildFault) as refused:
        build(workspace, source_of(workspace, clash))
    assert "a-propos" in " ".join(refused.value.why)


def test_a_language_that_the_theme_does_not_speak_is_told(
    workspace: Workspace, tmp_path: Path
) -> None:
    source = source_of(workspace)
    theme = tmp_path / "theme"
    shutil.copytree(source.theme, theme)
    (theme / "words" / "en.toml").unlink()
    with pytest.raises(ConfigurationFault, match="does not speak the language 'en'") as refused:
        build(workspace, replace(source, theme=theme))
    assert refused.value.why == ("It speaks: fr.",)


def test_a_place_that_cannot_be_written_is_told(workspace: Workspace, tmp_path: Path) -> None:
    file = tmp_path / "file"
    file.touch()
    with Builder() as builder, pytest.raises(LocalDiskFault, match="cannot be used"):
        build_edition(source_of(workspace), Workspace(file), builder)
