"""The newsroom of an edition: its pages and feeds, and how little one release moves."""

import json
import re
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import feedparser
import pytest
from PIL import Image

from sparetire.errors import LocalDiskFault
from sparetire.model.edition import Edition
from sparetire.stages.build.release_pages import Newsroom
from sparetire.workspace.layout import Workspace
from sparetire.workspace.releases import make_public, read_shelf
from sparetire.workspace.releases_ledger import ReleasesLedger
from tests.support.editions import body_of
from tests.support.newsroom import AT, newsroom_source, publish_some, settings_of, write_release
from tests.support.workspaces import BASE, build, workspace_in

MANY = 48  # enough for one closed archive, and two numbered pages of the list
JSON_LD = re.compile(r'<script type="application/ld\+json">(.*?)</script>', re.DOTALL)


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Return a workspace with many public releases; no test changes it."""
    workspace = workspace_in(tmp_path_factory.mktemp("newsroom") / "boreal")
    publish_some(workspace, range(MANY))
    return workspace


@pytest.fixture(scope="module")
def many(newsroom: Workspace) -> Edition:
    return build(newsroom, newsroom_source(newsroom))


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return workspace_in(tmp_path / "boreal")


def text(edition: Edition, path: str) -> str:
    return body_of(edition, path).read_text(encoding="utf-8")


def read(edition: Edition, path: str) -> feedparser.FeedParserDict:
    feed = feedparser.parse(body_of(edition, path).read_bytes())
    assert not feed.bozo
    return feed


def linked(feed: feedparser.FeedParserDict, rel: str) -> str | None:
    return next((link.href for link in feed.feed.links if link.rel == rel), None)


def publish_one(workspace: Workspace, **keys: object) -> None:
    write_release(workspace.releases, "port-agrandi", 1, **keys)
    [release] = read_shelf(workspace.releases, settings_of()).releases
    make_public(workspace.releases, [release], AT, ["local"])


def test_every_list_has_its_pages_in_both_languages(many: Edition) -> None:
    french, english = "fr/communiques", "en/news"
    for folder, category, page, kit in (
        (french, "categorie/activites", "page-1", "trousse-media"),
        (english, "category/operations", "page-1", "media-kit"),
    ):
        for place in ("", "2026/", "2027/", f"{page}/", "page-1/", f"{category}/", f"{kit}/"):
            assert f"{folder}/{place}index.html" in many.manifest.entries
    assert f"{french}/page-2/index.html" not in many.manifest.entries
    assert f"{french}/2026/port-etape-0/index.html" in many.manifest.entries
    assert f"{english}/2026/port-stage-0/index.html" in many.manifest.entries


@pytest.mark.parametrize("end", ["", "\\", "  "])
def test_who_is_quoted_stands_on_a_line_of_its_own(workspace: Workspace, end: str) -> None:
    publish_one(workspace, body=f"Texte.\n\n> « Un jour. »{end}\n> — Ana Roy, directrice\n")
    page = text(
        build(workspace, newsroom_source(workspace)),
        "fr/communiques/2026/port-sept-iles-agrandi/index.html",
    )
    quote = page.partition("<blockquote>")[2].partition("</blockquote>")[0]
    assert "<br" in quote
    assert "\\" not in quote


@pytest.mark.parametrize(
    ("page", "folder"), [("fr/suivre", "fr/communiques"), ("en/follow", "en/news")]
)
def test_whoever_wants_to_follow_is_led_to_every_feed(
    many: Edition, page: str, folder: str
) -> None:
    found = set(re.findall(r'href="\.\./([^"]*/feed\.\w+)"', text(many, f"{page}/index.html")))
    language, section = folder.split("/")
    feeds = {
        path.removeprefix(f"{language}/")
        for path in many.manifest.entries
        if re.fullmatch(rf"{folder}/(.*/)?feed\.\w+", path)
    }
    assert len(feeds) == 3 * (1 + 2)  # of everything, and of two categories
    assert {path for path in found if path.startswith(section)} == feeds


def test_a_text_that_waits_in_a_file_is_the_one_that_was_rendered(
    newsroom: Workspace, tmp_path: Path
) -> None:
    source = newsroom_source(newsroom)
    with (tmp_path / "texts").open("w+b") as file:
        waiting = [Newsroom.of(source, each, file).texts for each in source.languages]
        for _ in range(2):
            for language, texts in zip(source.languages, waiting, strict=True):
                rendered = Newsroom.of(source, language).texts
                for release in source.releases[:9]:
                    assert texts.html(release) == rendered.html(release)


def test_a_disk_that_takes_no_text_is_told(newsroom: Workspace, tmp_path: Path) -> None:
    source = newsroom_source(newsroom)
    (tmp_path / "texts").touch()
    with (tmp_path / "texts").open("rb") as file, pytest.raises(LocalDiskFault, match="texts"):
        Newsroom.of(source, source.languages[0], file).texts.html(source.releases[0])


def test_every_release_is_on_one_page_of_the_list(many: Edition) -> None:
    pages = text(many, "en/news/index.html") + text(many, "en/news/page-1/index.html")
    found = re.findall(r'href="[./]*20\d\d/port-stage-(\d+)/"', pages)
    assert sorted(map(int, found)) == [*range(MANY)]


def test_a_reader_who_follows_the_archives_gets_every_release(many: Edition) -> None:
    for form in ("xml", "atom"):
        feed = read(many, f"fr/communiques/feed.{form}")
        ids = [entry.id for entry in feed.entries]
        assert 20 <= len(ids) <= 44
        while older := linked(feed, "prev-archive"):
            feed = read(many, older.removeprefix(f"{BASE}/"))
            assert linked(feed, "current") == f"{BASE}/fr/communiques/feed.{form}"
            ids += [entry.id for entry in feed.entries]
        assert len(ids) == len(set(ids)) == MANY


def test_one_new_release_moves_its_page_the_fronts_the_feeds_and_the_sitemaps(
    tmp_path: Path,
) -> None:
    workspace = workspace_in(tmp_path / "boreal")
    publish_some(workspace, range(MANY - 1))
    before = build(workspace, newsroom_source(workspace)).manifest.entries
    publish_some(workspace, [MANY - 1])  # in January: the year before stays as it is
    after = build(workspace, newsroom_source(workspace)).manifest.entries
    moved = {path for path in after if after[path] != before.get(path)}
    french = {
        "fr/index.html",
        "fr/communiques/index.html",
        "fr/communiques/2027/index.html",
        f"fr/communiques/2027/port-etape-{MANY - 1}/index.html",
        "fr/communiques/categorie/collectivite/index.html",
        *(f"fr/communiques/feed.{form}" for form in ("xml", "atom", "json")),
        *(
            f"fr/communiques/categorie/collectivite/feed.{form}"
            for form in ("xml", "atom", "json")
        ),
    }
    assert {path for path in moved if path.startswith("fr/")} == french
    assert {path for path in moved if "/" not in path} == {
        "sitemap-2027.xml",
        "sitemap-news.xml",
        "sitemap-newsroom.xml",
    }
    assert set(before) <= set(after)


def test_the_same_releases_give_the_same_bytes(newsroom: Workspace, many: Edition) -> None:
    again = build(newsroom, newsroom_source(newsroom))
    assert again.manifest.entries == many.manifest.entries


def test_a_release_page_says_who_when_and_where(workspace: Workspace) -> None:
    publish_one(workspace)
    edition = build(workspace, newsroom_source(workspace))
    french = text(edition, "fr/communiques/2026/port-sept-iles-agrandi/index.html")
    assert "Pour publication immédiate" in french
    assert "<strong>Sept-Îles, le 24\u00a0novembre 2026. –</strong>" in french
    assert '<time datetime="2026-11-24T09:00:00-05:00">' in french
    english = text(edition, "en/news/2026/port-sept-iles-growing/index.html")
    assert "For immediate release" in english
    assert "<strong>SEPT-ÎLES, Nov.&nbsp;24, 2026 –</strong>" in english


def graph(edition: Edition, path: str) -> list[dict[str, Any]]:
    [found] = JSON_LD.findall(text(edition, path))
    nodes: list[dict[str, Any]] = json.loads(found)["@graph"]
    return nodes


def test_search_engines_read_an_article_and_who_publishes_it(workspace: Workspace) -> None:
    publish_one(workspace)
    edition = build(workspace, newsroom_source(workspace))
    article, organisation, crumbs = graph(
        edition, "en/news/2026/port-sept-iles-growing/index.html"
    )
    assert [node["@type"] for node in (article, organisation, crumbs)] == [
        *("NewsArticle", "Organization", "BreadcrumbList")
    ]
    assert article["datePublished"] == article["dateModified"] == "2026-11-24T09:00:00-05:00"
    assert (article["inLanguage"], article["dateline"]) == ("en-CA", "Sept-Îles")
    assert article["publisher"] == {"@id": organisation["@id"]}
    assert organisation["contactPoint"][0]["contactType"] == "media relations"
    [french, *_] = graph(edition, "fr/communiques/2026/port-sept-iles-agrandi/index.html")
    assert article["translationOfWork"] == {"@id": french["@id"]}
    assert french["workTranslation"] == [{"@id": article["@id"]}]


@pytest.mark.parametrize("form", ["xml", "atom"])
def test_feeds_give_back_date_zone_language_author_and_picture(
    workspace: Workspace, form: str
) -> None:
    picture = workspace.releases / "quai.jpg"
    Image.new("RGB", (1600, 900), "#0b3d66").save(picture)
    publish_one(workspace, image={"file": "quai.jpg", "alt": "Un quai", "credit": "Ana Roy"})
    edition = build(workspace, newsroom_source(workspace))
    feed = read(edition, f"fr/communiques/feed.{form}")
    [entry] = feed.entries
    assert feed.feed.language == "fr-CA"
    assert entry.get("author", feed.feed.get("author")) == "Minéraux Boréal"
    assert "-05:00" in entry.published or "-0500" in entry.published
    [enclosure] = entry.enclosures
    path = enclosure.href.removeprefix(f"{BASE}/")
    assert int(enclosure.length) == edition.manifest.entries[path].size
    assert entry.media_credit[0]["content"] == "Ana Roy"
    page = text(edition, "fr/communiques/2026/port-sept-iles-agrandi/index.html")
    found = re.search(r'<img src="\.\./\.\./\.\./\.\./(\S+)" srcset="(.+?)"', page)
    assert found
    assert f"{path} 1600w" in found[2]
    assert f"{found[1]} 800w" in found[2]
    small = edition.manifest.entries[found[1]]
    assert small.size < edition.manifest.entries[path].size


@pytest.mark.parametrize(
    ("dated", "own"), [(None, True), ("2026-01-05", True), ("2019-01-05", False)]
)
def test_a_shared_link_shows_the_title_of_what_is_not_from_an_old_archive(
    workspace: Workspace, dated: str | None, *, own: bool
) -> None:
    first = {"date": datetime.fromisoformat(f"{dated}T14:00:00+00:00")} if dated else {}
    publish_one(workspace, **first)
    edition = build(workspace, newsroom_source(workspace))
    year = (dated or "2026")[:4]
    page = text(edition, f"en/news/{year}/port-sept-iles-growing/index.html")
    [card] = re.findall(r'og:image" content="https://[^/]+/([^"]+)"', page)
    [home] = re.findall(
        r'og:image" content="https://[^/]+/([^"]+)"', text(edition, "en/index.html")
    )
    assert (card != home) is own
    assert card in edition.manifest.entries
    assert (
        "The port of Sept-Îles is growing"
        in re.findall(r'og:image:alt" content="([^"]+)"', page)[0]
    ) is own
    again = build(workspace, newsroom_source(workspace))
    assert again.manifest.entries == edition.manifest.entries


def test_a_withdrawal_leaves_a_notice_and_none_of_the_words(workspace: Workspace) -> None:
    publish_one(
        workspace, title_en="The port of Sept-Îles is sold", body_en="Zanzibar buys it."
    )
    [release] = newsroom_source(workspace).releases
    notice = {"fr": "Envoyé par erreur.", "en": "Sent in error."}
    ReleasesLedger(workspace.releases).withdrawn(release, AT + timedelta(hours=2), notice)
    edition = build(workspace, newsroom_source(workspace))
    page = text(edition, "en/news/2026/port-sept-iles-growing/index.html")
    assert "Sent in error." in page
    assert "11:00\u00a0a.m." in page
    pictures = ("assets/", "favicon.ico")
    public = [path for path in edition.manifest.entries if not path.startswith(pictures)]
    for path in public:
        assert "Zanzibar" not in text(edition, path)
        assert "is sold" not in text(edition, path)
    assert "port-sept-iles-growing" not in text(edition, "sitemap-2026.xml")
    assert "port-sept-iles-growing" not in text(edition, "sitemap-news.xml")
    grave = "en/news/2026/port-sept-iles-growing.atomdeleted"
    assert "deleted-entry" in text(edition, grave)
    assert grave in text(edition, "en/news/feed.atom")
    assert edition.manifest.entries[grave].content_type.startswith(
        "application/atomdeleted+xml"
    )


def test_a_correction_is_told_on_the_page_and_moves_the_date(workspace: Workspace) -> None:
    publish_one(workspace)
    for code, note in (("fr", "La longueur était inexacte."), ("en", "The length was wrong.")):
        path = workspace.releases / f"port-agrandi.{code}.md"
        head, fence, body = path.read_text("utf-8").rpartition("+++")
        table = f'[[corrections]]\nat = 2026-11-24T11:00:00-05:00\nnote = "{note}"\n'
        path.write_text(head + table + fence + body, encoding="utf-8")
    [release] = read_shelf(workspace.releases, settings_of()).releases
    make_public(workspace.releases, [release], AT + timedelta(hours=2), ["local"])
    edition = build(workspace, newsroom_source(workspace))
    page = text(edition, "fr/communiques/2026/port-sept-iles-agrandi/index.html")
    assert "La longueur était inexacte." in page
    [entry] = read(edition, "fr/communiques/feed.atom").entries
    assert (entry.published, entry.updated) == (
        *("2026-11-24T09:00:00-05:00", "2026-11-24T11:00:00-05:00"),
    )


def test_what_changed_long_after_is_said_again_in_the_feed(newsroom: Workspace) -> None:
    source = newsroom_source(newsroom)
    oldest, *others = source.releases
    assert oldest.publication
    changed = replace(oldest.publication, updated=AT + timedelta(days=MANY))
    releases = (replace(oldest, publication=changed), *others)
    edition = build(newsroom, replace(source, releases=releases))
    ids = [entry.id for entry in read(edition, "fr/communiques/feed.xml").entries]
    assert oldest.entry_id("fr") in ids
    assert len(ids) == len(set(ids))


def test_a_release_in_one_language_only_leaves_the_other_alone(workspace: Workspace) -> None:
    write_release(workspace.releases)
    (workspace.releases / "port-agrandi.en.md").unlink()
    [release] = read_shelf(workspace.releases, settings_of()).releases
    make_public(workspace.releases, [release], AT, ["local"])
    edition = build(workspace, newsroom_source(workspace))
    assert "fr/communiques/index.html" in edition.manifest.entries
    assert not any(path.startswith("en/news") for path in edition.manifest.entries)


def test_the_key_of_indexnow_and_the_hubs_are_named(workspace: Workspace) -> None:
    announce = (
        '[announce]\nhubs = ["https://hub.boreal.example/"]\nindexnow_key = "boreal-key-1"\n'
    )
    file = workspace.settings
    file.write_text(f"{file.read_text('utf-8')}\n{announce}", encoding="utf-8")
    publish_one(workspace)
    edition = build(workspace, newsroom_source(workspace))
    assert text(edition, "boreal-key-1.txt") == "boreal-key-1"
    feed = read(edition, "en/news/feed.xml")
    assert linked(feed, "hub") == "https://hub.boreal.example/"
    assert json.loads(text(edition, "en/news/feed.json"))["hubs"]


@pytest.mark.parametrize(
    ("page", "feed"),
    [
        ("fr/index.html", "communiques/feed.xml"),
        ("fr/communiques/index.html", "feed.xml"),
        ("en/news/2026/port-stage-0/index.html", "../../feed.xml"),
    ],
)
def test_a_reader_finds_the_feed_from_any_page(many: Edition, page: str, feed: str) -> None:
    assert re.search(
        rf'<link rel="alternate" type="application/rss\+xml" title="[^"]+" href="{feed}">',
        text(many, page),
    )


def test_a_category_that_the_settings_forgot_stops_no_launch(workspace: Workspace) -> None:
    publish_one(workspace)
    settings = workspace.settings.read_text("utf-8")
    other = 'categories = { safety = { fr = "Sécurité", en = "Safety" } }'
    changed = settings.replace("[newsroom]\n", f"[newsroom]\n{other}\n")
    workspace.settings.write_text(changed, encoding="utf-8")
    edition = build(workspace, newsroom_source(workspace))
    assert "fr/communiques/categorie/operations/index.html" in edition.manifest.entries
