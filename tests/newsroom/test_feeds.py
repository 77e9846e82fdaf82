"""Feeds read back as they were meant, and are the same bytes on every day."""

import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.utils import parsedate_to_datetime
from itertools import chain
from zoneinfo import ZoneInfo

import feedparser
import pytest
import time_machine
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st

from sparetire.newsroom.channel import Archive, Channel, Item, Media, parted
from sparetire.newsroom.feeds import atom, rss, rss_and_atom, tombstone
from sparetire.newsroom.json_feed import json_feed

Writer = Callable[[Channel, Sequence[Item]], bytes]
ATOM_NAMESPACE = "http://www.w3.org/2005/Atom"

CHANNEL = Channel(
    title="Minéraux Boréal",
    description="Toutes les déclarations",
    language="fr-CA",
    address="https://info.boreal.example/fr/feed.xml",
    page="https://info.boreal.example/fr/",
)
ITEM = Item(
    id="tag:info.boreal.example,2026-11-23:spill/1/fr",
    title="Déversement <maîtrisé> & suivi",
    address="https://info.boreal.example/fr/spill/#s1",
    published=datetime(2026, 11, 23, 9, 0, tzinfo=ZoneInfo("America/Toronto")),
    summary="En bref.",
    html="<p>Le <strong>texte</strong> &amp; la suite.</p>",
    categories=("déversement", "rivière, lac"),
)
NEWER = replace(
    ITEM, id=ITEM.id.replace("/1/", "/2/"), published=datetime(2026, 11, 23, 18, 0, tzinfo=UTC)
)


@pytest.mark.parametrize("minute", [30, 90])
def test_the_hour_that_a_clock_tells_twice_is_the_right_one(minute: int) -> None:
    instant = datetime(2026, 11, 1, 5, 0, tzinfo=UTC) + timedelta(minutes=minute)
    twice = replace(ITEM, published=instant.astimezone(ZoneInfo("America/Toronto")))
    (entry,) = fromstring(atom(CHANNEL, (twice,))).iter(f"{{{ATOM_NAMESPACE}}}entry")
    for name in ("published", "updated"):
        told = entry.findtext(f"{{{ATOM_NAMESPACE}}}{name}") or ""
        assert datetime.fromisoformat(told) == instant


def read(*items: Item) -> feedparser.FeedParserDict:
    feed = feedparser.parse(rss(CHANNEL, items))
    assert not feed.bozo
    return feed


@pytest.mark.parametrize("items", [(), (ITEM,), (ITEM, NEWER)])
def test_a_feed_is_the_same_on_every_day(items: tuple[Item, ...]) -> None:
    with time_machine.travel(datetime(2026, 11, 23, tzinfo=UTC)):
        once = rss(CHANNEL, items)
    with time_machine.travel(datetime(2031, 5, 1, tzinfo=UTC)):
        assert rss(CHANNEL, items) == once
    assert rss(CHANNEL, items[::-1]) == once


def test_a_reader_gets_what_was_said() -> None:
    (entry,) = read(ITEM).entries
    assert entry.title == ITEM.title
    assert entry.link == ITEM.address
    assert entry.id == ITEM.id
    assert not entry.guidislink
    assert entry.summary == ITEM.summary
    assert entry.content[0].value == ITEM.html
    assert [tag.term for tag in entry.tags] == list(ITEM.categories)


def test_the_channel_tells_where_it_is_and_what_page_says_the_same() -> None:
    feed = read(ITEM).feed
    assert (feed.title, feed.subtitle) == (CHANNEL.title, CHANNEL.description)
    assert feed.link == CHANNEL.page
    assert feed.language == "fr-CA"
    assert {link.href for link in feed.links if link.rel == "self"} == {CHANNEL.address}


def test_dates_carry_the_zone() -> None:
    feed = read(ITEM)
    assert feed.entries[0].published == "Mon, 23 Nov 2026 09:00:00 -0500"
    assert parsedate_to_datetime(feed.feed.updated) == ITEM.published


def test_the_newest_item_stands_first_and_dates_the_feed() -> None:
    feed = read(ITEM, NEWER)
    assert [entry.id for entry in feed.entries] == [NEWER.id, ITEM.id]
    assert parsedate_to_datetime(feed.feed.updated) == NEWER.published


def test_an_empty_feed_is_valid_and_dates_nothing() -> None:
    text = rss(CHANNEL, ())
    assert b"lastBuildDate" not in text
    assert read().entries == []
    assert read().feed.title == CHANNEL.title


@pytest.mark.parametrize("character", ["\x00", "\x0b", "\x1b", "\ufffe"])
def test_a_control_character_makes_no_broken_feed(character: str) -> None:
    # The rules refuse such words long before; were one to come this far, no feed is written.
    with pytest.raises(ValueError, match="XML compatible"):
        rss(CHANNEL, [replace(ITEM, title=f"a{character}b")])


MEDIA = Media(
    url="https://info.boreal.example/assets/quai.1234.jpg",
    type="image/jpeg",
    size=120_000,
    width=1600,
    height=900,
    alt="Un quai au lever du soleil",
    caption="Le quai actuel",
    credit="Ana Roy",
)
HUB = "https://hub.boreal.example/"
FULL = replace(CHANNEL, author="Minéraux Boréal", hubs=(HUB,))
ATOM = FULL.at("https://info.boreal.example/fr/feed.atom")
PICTURED = replace(ITEM, media=MEDIA)
WITHDRAWN = replace(
    ITEM,
    id="urn:uuid:8d0b9c8a-0000-5000-8000-000000000001",
    title="Communiqué retiré",
    summary="Ce communiqué a été retiré le 24 novembre 2026.",
    html="<p>Ce communiqué a été retiré le 24 novembre 2026.</p>",
    updated=datetime(2026, 11, 24, 9, 0, tzinfo=ZoneInfo("America/Toronto")),
    withdrawn=True,
)


@pytest.mark.parametrize("write", [rss, atom, json_feed], ids=lambda write: write.__name__)
@pytest.mark.parametrize("items", [(), (ITEM,), (PICTURED, WITHDRAWN, NEWER)], ids=len)
def test_every_format_is_the_same_on_every_day_and_in_any_order(
    write: Writer, items: tuple[Item, ...]
) -> None:
    with time_machine.travel(datetime(2026, 11, 23, tzinfo=UTC)):
        once = write(ATOM, items)
    with time_machine.travel(datetime(2031, 5, 1, tzinfo=UTC)):
        assert write(ATOM, items) == once
    assert write(ATOM, items[::-1]) == once


@pytest.mark.parametrize("write", [rss, atom])
def test_a_reader_gets_the_picture_with_its_credit(write: Writer) -> None:
    [entry] = feedparser.parse(write(ATOM, [PICTURED])).entries
    [enclosure] = entry.enclosures
    assert (enclosure.href, enclosure.type, enclosure.length) == (
        MEDIA.url,
        MEDIA.type,
        "120000",
    )
    [media] = entry.media_content
    assert (media["url"], media["width"], media["height"]) == (MEDIA.url, "1600", "900")
    assert entry.media_credit[0]["content"] == "Ana Roy"
    assert b"media:group" not in write(ATOM, [PICTURED])


@pytest.mark.parametrize("write", [rss, atom])
def test_a_reader_knows_who_speaks_and_where_to_be_told(write: Writer) -> None:
    feed = feedparser.parse(write(ATOM, [ITEM]))
    links = {(link.rel, link.href) for link in feed.feed.links}
    assert {("self", ATOM.address), ("hub", HUB), ("alternate", ATOM.page)} <= links
    assert feed.entries[0].get("author", feed.feed.get("author")) == "Minéraux Boréal"


def test_atom_says_the_same_as_rss() -> None:
    [entry] = feedparser.parse(atom(ATOM, [ITEM])).entries
    assert (entry.id, entry.title, entry.link) == (ITEM.id, ITEM.title, ITEM.address)
    assert (entry.summary, entry.content[0].value) == (ITEM.summary, ITEM.html)
    assert entry.published == ITEM.published.isoformat()
    assert [tag.term for tag in entry.tags] == list(ITEM.categories)


def test_a_correction_moves_the_date_of_the_change_alone() -> None:
    changed = replace(ITEM, updated=NEWER.published)
    [entry] = feedparser.parse(atom(ATOM, [changed])).entries
    assert entry.published == ITEM.published.isoformat()
    assert entry.updated == NEWER.published.isoformat()
    assert parsedate_to_datetime(read(changed).feed.updated) == NEWER.published
    [row] = json.loads(json_feed(ATOM, [changed]))["items"]
    assert row["date_modified"] == NEWER.published.isoformat()


def test_a_withdrawal_replaces_the_words_under_the_same_id() -> None:
    for written in (rss(CHANNEL, [WITHDRAWN]), atom(ATOM, [WITHDRAWN])):
        [entry] = feedparser.parse(written).entries
        assert (entry.id, entry.title) == (WITHDRAWN.id, WITHDRAWN.title)


def test_a_withdrawal_leaves_a_tombstone_that_its_entry_leads_to() -> None:
    there = "https://info.boreal.example/fr/communiques/2026/port.atomdeleted"
    gone = replace(WITHDRAWN, tombstone=there)
    grave = fromstring(tombstone(gone))
    assert grave.tag == "{http://purl.org/atompub/tombstones/1.0}deleted-entry"
    assert (grave.get("ref"), grave.get("when")) == (gone.id, "2026-11-24T09:00:00-05:00")
    [entry] = feedparser.parse(atom(ATOM, [gone])).entries
    [link] = [each for each in entry.links if each.rel == "related"]
    assert (link.href, link.type) == (there, "application/atomdeleted+xml")


def test_changes_of_one_run_are_told_apart_and_in_order() -> None:
    items = [replace(ITEM, id=f"urn:uuid:{number}") for number in range(3)]
    entries = feedparser.parse(atom(ATOM, items)).entries
    times = [datetime.fromisoformat(entry.updated) for entry in entries]
    assert times == sorted(set(times), reverse=True)
    assert times[-1] == ITEM.published
    assert times[0] - times[-1] < timedelta(seconds=1)


def test_both_formats_at_once_are_what_each_is_alone() -> None:
    items = [PICTURED, WITHDRAWN, NEWER]
    assert rss_and_atom((CHANNEL, ATOM), items) == (rss(CHANNEL, items), atom(ATOM, items))


@pytest.mark.parametrize("write", [rss, atom])
def test_an_archive_says_that_it_is_one_and_where_the_others_are(write: Writer) -> None:
    old = replace(ATOM, archive=Archive("https://x.example/now", "https://x.example/older"))
    root = fromstring(write(old, [ITEM]))
    assert len([*root.iter("{http://purl.org/syndication/history/1.0}archive")]) == 1
    links = {
        (link.get("rel"), link.get("href")) for link in root.iter(f"{{{ATOM_NAMESPACE}}}link")
    }
    assert ("current", "https://x.example/now") in links
    assert ("prev-archive", "https://x.example/older") in links
    assert ("hub", HUB) not in links  # nobody is told of what does not change


def test_json_feed_holds_what_its_specification_asks_for() -> None:
    feed = json.loads(
        json_feed(FULL.at("https://info.boreal.example/fr/feed.json"), [PICTURED])
    )
    assert feed["version"] == "https://jsonfeed.org/version/1.1"
    assert feed["authors"] == [{"name": "Minéraux Boréal"}]
    assert feed["hubs"] == [{"type": "WebSub", "url": HUB}]
    [item] = feed["items"]
    assert (item["id"], item["content_html"]) == (ITEM.id, ITEM.html)
    assert "date_modified" not in item
    [attachment] = item["attachments"]
    assert (attachment["url"], attachment["size_in_bytes"]) == (MEDIA.url, MEDIA.size)


@given(st.integers(0, 500))
def test_every_item_is_in_the_feed_or_in_one_archive(count: int) -> None:
    everything = range(count)
    archives, start = parted(everything)
    assert [*chain(*archives), *everything[start:]] == [*everything]
    assert count < 20 or 20 <= count - start < 45


@given(st.integers(0, 500))
def test_a_closed_archive_never_changes_when_more_is_said(count: int) -> None:
    before, _ = parted(range(count))
    after, _ = parted(range(count + 1))
    assert after[: len(before)] == before
