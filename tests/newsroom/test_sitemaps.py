from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import defusedxml.ElementTree as ET  # noqa: N817  its usual name
import pytest
import time_machine
from lxml import etree

from sparetire.newsroom.sitemaps import (
    Article,
    SitemapPage,
    news_sitemap,
    recent,
    robots,
    sitemap,
    sitemap_index,
)

SPACES = {
    "s": "http://www.sitemaps.org/schemas/sitemap/0.9",
    "x": "http://www.w3.org/1999/xhtml",
}
AT = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)


def test_a_page_is_told_with_its_change_before_its_twins() -> None:
    page = SitemapPage("https://a.example/?a=1&b=<2>", AT, {"fr-CA": 'https://a.example/"fr"'})
    (row,) = ET.fromstring(sitemap([page])).findall("s:url", SPACES)
    assert [child.tag.rpartition("}")[2] for child in row] == ["loc", "lastmod", "link"]
    assert row.findtext("s:loc", "", SPACES) == page.address
    assert row.findtext("s:lastmod", "", SPACES) == "2026-11-23T14:00:00+00:00"
    (twin,) = row.findall("x:link", SPACES)
    assert (twin.get("rel"), twin.get("hreflang")) == ("alternate", "fr-CA")
    assert twin.get("href") == 'https://a.example/"fr"'


def test_a_page_that_only_stands_there_tells_no_change() -> None:
    assert "lastmod" not in sitemap([SitemapPage("https://a.example/about/")])


def test_no_page_at_all_is_still_a_sitemap() -> None:
    assert list(ET.fromstring(sitemap([]))) == []


def test_everybody_is_invited() -> None:
    assert robots("https://a.example/sitemap.xml").splitlines() == [
        "User-agent: *",
        "Allow: /",
        "",
        "Sitemap: https://a.example/sitemap.xml",
    ]


SCHEMA = etree.XMLSchema(file=str(Path(__file__).parent / "schemas" / "sitemap.xsd"))
ARTICLE = Article("https://a.example/fr/", "Boréal & fils", "fr", "L’eau <monte>", AT)


def valid(text: str) -> bool:
    return bool(SCHEMA.validate(etree.fromstring(text.encode())))


@pytest.mark.parametrize(
    "text",
    [
        sitemap([]),
        sitemap([SitemapPage("https://a.example/", AT, {"fr-CA": "https://a.example/fr/"})]),
        sitemap_index(["https://a.example/sitemap-pages.xml"]),
        news_sitemap([]),
        news_sitemap([ARTICLE]),
    ],
)
def test_every_sitemap_obeys_its_schema(text: str) -> None:
    assert valid(text)


@pytest.mark.parametrize(
    "text",
    [
        sitemap([SitemapPage("/relative")]),
        sitemap([SitemapPage("https://a.example/"), SitemapPage("https://a.example/")]),
        sitemap_index([]),
        news_sitemap([replace(ARTICLE, language="fr-CA")]),
    ],
)
def test_the_schema_refuses_what_search_engines_refuse(text: str) -> None:
    assert not valid(text)


def test_news_lasts_two_days_from_the_newest_whatever_the_clock_says() -> None:
    articles = [
        replace(
            ARTICLE,
            address=f"https://a.example/{ago}",
            published=AT - timedelta(hours=ago),
        )
        for ago in (0, 47, 48, 49, 100)
    ]
    for now in (AT, AT + timedelta(days=400)):
        with time_machine.travel(now):
            kept = [one.address.rpartition("/")[2] for one in recent(articles)]
            assert kept == ["0", "47", "48"]
    assert recent(articles, until=AT + timedelta(days=400)) == ()
    assert recent([]) == ()


def test_the_news_sitemap_never_holds_more_than_a_thousand() -> None:
    articles = [
        replace(
            ARTICLE,
            address=f"https://a.example/{ago}",
            published=AT - timedelta(seconds=ago),
        )
        for ago in range(1100)
    ]
    kept = recent(articles)
    assert len(kept) == 1000
    assert kept[0].published == AT
