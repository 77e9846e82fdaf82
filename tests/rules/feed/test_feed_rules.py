"""Our own feeds obey every rule of their format; a fault of any kind is seen."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta, timezone
from email.utils import format_datetime

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from sparetire.model.finding import Severity
from sparetire.newsroom.channel import Archive, Channel, Item, Media
from sparetire.newsroom.feeds import atom, rss
from sparetire.newsroom.json_feed import json_feed
from sparetire.rules.feed.catalogue import FEED_RULES, FeedRule, feed_findings
from sparetire.rules.feed.document import rfc822, rfc3339

BASE = "https://info.boreal.example"
AT = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
ITEMS = (
    Item(
        id="urn:uuid:11111111-1111-4111-8111-111111111111",
        title="Le port s’agrandit",
        address=f"{BASE}/fr/communiques/2026/port/",
        published=AT,
        summary="Le quai doublera.",
        html=f'<p>Voir <a href="{BASE}/fr/">la suite</a>.</p>',
        categories=("Activités", "port"),
        media=Media(
            f"{BASE}/assets/a.jpg", "image/jpeg", 1200, 1600, 900, "Un quai", "", "Ana"
        ),
    ),
    Item(
        id="urn:uuid:22222222-2222-4222-8222-222222222222",
        title="Communiqué retiré",
        address=f"{BASE}/fr/communiques/2026/autre/",
        published=AT - timedelta(days=1),
        updated=AT,
        summary="Ce communiqué a été retiré.",
        html="<p>Ce communiqué a été retiré.</p>",
        categories=(),
        withdrawn=True,
    ),
)


def channel(form: str) -> Channel:
    return Channel(
        title="Boréal",
        description="Nos communiqués",
        language="fr-CA",
        address=f"{BASE}/fr/communiques/feed.{form}",
        page=f"{BASE}/fr/communiques/",
        author="Boréal",
        hubs=("https://hub.example/",),
        archive=Archive(before=f"{BASE}/fr/communiques/feed-1.{form}"),
    )


FEEDS = {
    "rss": rss(channel("xml"), ITEMS).decode(),
    "atom": atom(channel("atom"), ITEMS).decode(),
    "json": json_feed(channel("json"), ITEMS).decode(),
}
ADDRESSES = {
    form: channel(suffix).address
    for form, suffix in (("rss", "xml"), ("atom", "atom"), ("json", "json"))
}
ITEM_ID = ITEMS[0].id
OTHER_ID = ITEMS[1].id


def rules(form: str, text: str) -> set[str]:
    return {one.rule for one in feed_findings(text.encode(), form, ADDRESSES[form])}


@pytest.mark.parametrize("form", FEEDS)
def test_our_own_feeds_have_no_finding(form: str) -> None:
    assert list(feed_findings(FEEDS[form].encode(), form, ADDRESSES[form])) == []


@pytest.mark.parametrize("form", ["rss", "atom", "json"])
def test_an_empty_feed_and_an_archive_are_right_as_well(form: str) -> None:
    write = {"rss": rss, "atom": atom, "json": json_feed}[form]
    here = replace(channel("xml"), address=ADDRESSES[form])
    old = replace(here, archive=Archive(current=f"{BASE}/now", before=f"{BASE}/old"))
    for each, items in ((here, ()), (old, ITEMS)):
        assert list(feed_findings(write(each, items), form, ADDRESSES[form])) == []


GRAVE = '<deleted-entry xmlns="http://purl.org/atompub/tombstones/1.0" ref="{}" when="{}"/>'
SPOILT = [
    ("rss", "<language>fr-CA</language>", "", "feed-rss-channel"),
    ("rss", "fr-CA</language>", "fr_CA</language>", "feed-rss-channel"),
    ("rss", f"<link>{BASE}/fr/communiques/</link>", "<link>/fr/</link>", "feed-rss-channel"),
    ("rss", "<generator>", "<maker>x</maker><generator>", "feed-rss-elements"),
    ("rss", "<generator>", "<title>x</title><generator>", "feed-rss-elements"),
    ("rss", 'rel="self"', 'rel="other"', "feed-rss-self"),
    ("rss", "communiques/feed.xml", "communiques/other.xml", "feed-rss-self"),
    ("rss", "Mon, 23 Nov", "Tue, 23 Nov", "feed-rss-dates"),
    ("rss", "+0000</pubDate>", "EDT</pubDate>", "feed-rss-dates"),
    ("rss", "<pubDate>Sun, 22 Nov 2026 14:00:00 +0000</pubDate>", "", "feed-rss-dates"),
    ("rss", f'<guid isPermaLink="false">{ITEM_ID}</guid>', "", "feed-rss-guid"),
    ("rss", f'isPermaLink="false">{ITEM_ID}', f">{ITEM_ID}", "feed-rss-guid"),
    ("rss", ITEM_ID, OTHER_ID, "feed-rss-guid"),
    ("rss", "<description>Le quai doublera.</description>", "", "feed-rss-item"),
    ("rss", f"<link>{ITEMS[0].address}</link>", "<link>/a</link>", "feed-rss-item"),
    ("rss", "<dc:creator>", "<author>a@b.ca</author><dc:creator>", "feed-rss-author"),
    ("rss", "<dc:creator>Boréal</dc:creator>", "<author>Boréal</author>", "feed-rss-author"),
    ("rss", "<enclosure", "<enclosure/><enclosure", "feed-rss-enclosure"),
    ("rss", 'length="1200"', 'length="0"', "feed-rss-enclosure"),
    ("rss", 'type="image/jpeg"/>', 'type="photo"/>', "feed-rss-enclosure"),
    ("rss", f'<media:content url="{BASE}', '<media:content url="', "feed-rss-media"),
    (
        "rss",
        "</item>",
        '<media:group><media:content url="https://a.example/b"/></media:group></item>',
        "feed-rss-media",
    ),
    (
        "rss",
        "<generator>",
        "<image><url>https://a.example/i.svg</url></image><generator>",
        "feed-rss-image",
    ),
    ("atom", "<title>Boréal</title>", "", "feed-atom-feed"),
    ("atom", ' xml:lang="fr-CA"', "", "feed-atom-feed"),
    ("atom", f"<id>{ITEM_ID}</id>", "<id>42</id>", "feed-atom-entry"),
    ("atom", f"<id>{ITEM_ID}</id>", "", "feed-atom-entry"),
    ("atom", '<content type="html">', '<content type="CDATA">', "feed-atom-entry"),
    ("atom", "<name>Boréal</name>", "", "feed-atom-author"),
    ("atom", "<updated>2026-11-23T14:00:00+00:00", "<updated>2026-11-23", "feed-atom-dates"),
    (
        "atom",
        "<published>2026-11-23T14:00:00+00:00",
        "<published>2027-01-01T00:00:00Z",
        "feed-atom-dates",
    ),
    ("atom", 'rel="self"', 'rel="via"', "feed-atom-self"),
    ("atom", "communiques/feed.atom", "communiques/other.atom", "feed-atom-self"),
    ("atom", f'<link href="{ITEMS[0].address}"/>', "", "feed-atom-links"),
    ("atom", f'<link href="{ITEMS[0].address}"/>', '<link href="/a"/>', "feed-atom-links"),
    (
        "atom",
        f'<link href="{ITEMS[0].address}"/>',
        '<link href="https://a.example/"/><link href="https://b.example/"/>',
        "feed-atom-links",
    ),
    ("atom", "<subtitle>", f"{GRAVE.format(ITEM_ID, AT)}<subtitle>", "feed-atom-tombstone"),
    ("atom", "<subtitle>", f"{GRAVE.format('a:b', 'le 24')}<subtitle>", "feed-atom-tombstone"),
    ("json", '"title": "Boréal"', '"titel": "Boréal"', "feed-json-feed"),
    ("json", '"items"', '"_items"', "feed-json-feed"),
    ("json", '"feed_url": "https', '"feed_url": "ftp', "feed-json-feed"),
    ("json", "communiques/feed.json", "communiques/other.json", "feed-json-feed"),
    ("json", f'"id": "{ITEM_ID}"', '"id": 42', "feed-json-items"),
    ("json", ITEM_ID, OTHER_ID, "feed-json-items"),
    ("json", '"content_html": "<p>Voir', '"content": "<p>Voir', "feed-json-items"),
    ("json", "T14:00:00+00:00", "", "feed-json-items"),
    ("json", '"mime_type": "image/jpeg"', '"mime_type": ""', "feed-json-items"),
    ("rss", "<p>Voir", "<script>1</script><p>Voir", "feed-content-safe"),
    ("atom", "&lt;p&gt;Voir", "&lt;p onclick=x&gt;Voir", "feed-content-safe"),
    ("json", "<p>Voir", "<iframe></iframe><p>Voir", "feed-content-safe"),
    ("rss", f'<a href="{BASE}/fr/">', '<a href="../">', "feed-content-links"),
    (
        "rss",
        "Mon, 23 Nov 2026 14:00:00 +0000</pubDate>",
        "Fri, 23 Nov 2018 14:00:00 +0000</pubDate>",
        "feed-newest-first",
    ),
    ("json", "<p>Voir", "x" * 600_000, "feed-size"),
    ("rss", "<rss ", '<?xml-stylesheet type="text/xsl" href="a.xsl"?><rss ', "feed-style"),
    ("rss", "Boréal", "Bor\x0bal", "feed-readable"),
    ("rss", "</channel>", "", "feed-readable"),
    ("rss", "<rss ", '<!DOCTYPE rss [<!ENTITY a "b">]><rss ', "feed-readable"),
    ("json", '"version"', '"versio"', "feed-readable"),
    ("json", "{", "{,", "feed-readable"),
]


@pytest.mark.parametrize(("form", "old", "new", "rule"), SPOILT)
def test_a_fault_is_seen_by_its_rule(form: str, old: str, new: str, rule: str) -> None:
    assert old in FEEDS[form]
    assert rule in rules(form, FEEDS[form].replace(old, new, 1))


def test_every_rule_has_a_fault_that_it_sees() -> None:
    assert {rule for _, _, _, rule in SPOILT} >= {rule.id for rule in FEED_RULES}


@pytest.mark.parametrize("rule", FEED_RULES, ids=lambda rule: rule.id)
def test_a_rule_names_its_source(rule: FeedRule) -> None:
    assert rule.source
    assert rule.severity in Severity


@pytest.mark.parametrize(
    "content", [b"", b"<html></html>", b"\xff\xfe", b"[]", b"{}", b"<rss/>", b"<!DOCTYPE html>"]
)
def test_what_is_no_feed_is_told_as_such(content: bytes) -> None:
    [finding] = feed_findings(content, "x")
    assert finding.rule == "feed-readable"


@given(st.binary(max_size=200))
def test_no_bytes_break_the_reader(content: bytes) -> None:
    list(feed_findings(content, "x"))


@given(st.datetimes(timezones=st.timezones()))
def test_every_date_that_python_writes_is_read_back(moment: datetime) -> None:
    offset = moment.utcoffset() or timedelta()
    # Old zones have seconds, which neither form of date can write.
    assume(offset % timedelta(minutes=1) == timedelta() and moment.year >= 1900)
    whole = moment.replace(microsecond=0, tzinfo=timezone(offset))
    assert rfc822(format_datetime(whole)) == whole
    assert rfc3339(whole.isoformat()) == whole
