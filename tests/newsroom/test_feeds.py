"""Feeds read back as they were meant, and are the same bytes on every day."""

from dataclasses import replace
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from zoneinfo import ZoneInfo

import feedparser
import pytest
import time_machine

from sparetire.newsroom.feeds import Channel, Item, rss

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
