from pathlib import Path

import pytest

from tests.rules.spoil import after_adding, after_replacing
from tests.support.draft import WORDS
from tests.support.site import BASE

ITEM = f"<item><title>{WORDS['en'].title}</title>"
ENTITY = '<!DOCTYPE rss [<!ENTITY a "b">]><rss version'


@pytest.mark.parametrize(
    ("path", "old", "new", "said"),
    [
        ("fr/feed.xml", "</channel>", "", "cannot be read"),
        ("fr/feed.xml", "Boréal<", "Boréal\x0b<", "U+000B"),
        ("fr/feed.xml", "Boréal<", "Boréal\x85<", "U+0085"),
        ("en/feed.xml", "<rss version", ENTITY, "cannot be read"),
        ("en/feed.xml", "<channel>", "<other>", "cannot be read"),
        ("fr/feed.xml", "fr-ca", "en-ca", "language is 'en-ca'"),
        ("en/feed.xml", "<language>en-ca</language>", "", "has no language"),
        ("fr/feed.xml", "<title>Boréal</title>", "", "no title"),
        ("en/feed.xml", "<guid ", "<id ", "cannot be read"),
        ("fr/feed.xml", ' isPermaLink="false"', "", "isPermaLink"),
        ("en/feed.xml", ">tag:boreal.example,2026:en:1<", "><", "no guid"),
        (
            "fr/feed.xml",
            f"<link>{BASE}/fr/deversement",
            "<link>https://x.example/fr",
            "x.example",
        ),
        ("en/feed.xml", f"<link>{BASE}/en/oil", "<link>/en/oil", "links to /en/"),
        ("fr/feed.xml", "Mon, 23 Nov 2026 14:00:00 +0000", "23 novembre 2026", "23 novembre"),
        ("fr/feed.xml", " +0000", "", "the date"),
        ("en/feed.xml", "pubDate>", "updated>", "no pubDate"),
    ],
)
def test_a_feed_that_is_wrong_is_seen(
    path: str, old: str, new: str, said: str, tmp_path: Path
) -> None:
    findings = after_replacing(tmp_path, "feed-broken", path, old, new)
    assert {finding.place for finding in findings} == {path}
    assert any(said in finding.message for finding in findings)


def test_two_items_never_share_a_guid(tmp_path: Path) -> None:
    guid = '<guid isPermaLink="false">tag:boreal.example,2026:en:1</guid>'
    date = "<pubDate>Mon, 23 Nov 2026 14:00:00 +0000</pubDate>"
    item = f"<item>{guid}<link>{BASE}/en/</link>{date}</item>"
    findings = after_replacing(
        tmp_path, "feed-broken", "en/feed.xml", "</channel>", f"{item}</channel>"
    )
    assert any("guid of another item" in finding.message for finding in findings)


@pytest.mark.parametrize("text", ["<feed/>", "<rss/>", "<html/>"])
def test_a_feed_of_an_incident_is_checked_as_well(text: str, tmp_path: Path) -> None:
    path = "fr/deversement-riviere/feed.xml"
    (finding,) = after_adding(tmp_path, "feed-broken", path, text)
    assert finding.place == path
    assert "cannot be read" in finding.message
