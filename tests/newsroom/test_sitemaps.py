from datetime import UTC, datetime

import defusedxml.ElementTree as ET  # noqa: N817  its usual name

from sparetire.newsroom.sitemaps import SitemapPage, robots, sitemap

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
