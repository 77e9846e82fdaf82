"""RSS 2.0 and Atom 1.0, by feedgen, with guards against what it does when it is not told.

Byte-identical when nothing changed: every date comes from the items, none from the clock.
Profiles: RSS Advisory Board, "Really Simple Syndication Best Practices Profile"; RFC 4287.
"""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sparetire.newsroom.channel import Channel, Item

__all__ = ["atom", "rss", "rss_and_atom", "tombstone"]

_BUILD_DATE = re.compile(rb"\s*<lastBuildDate>[^<]*</lastBuildDate>")
_TITLE = re.compile(rb"<title>[^<]*&[^<]*</title>")
_NEVER = datetime(2005, 12, 1, tzinfo=UTC)  # Atom wants a date of nothing: then its own
_MOMENT = timedelta(milliseconds=1)
RSS, ATOM = "application/rss+xml", "application/atom+xml"
Entries = list[tuple[Item, Any]]  # each with what feedgen makes of it, newest first


def rss(channel: Channel, items: Sequence[Item]) -> bytes:
    """Return the feed as RSS, newest item first."""
    return _rss(channel, _entries(items))


def atom(channel: Channel, items: Sequence[Item]) -> bytes:
    """Return the feed as Atom, newest item first."""
    return _atom(channel, _entries(items))


def rss_and_atom(
    channels: tuple[Channel, Channel], items: Sequence[Item]
) -> tuple[bytes, bytes]:
    """Return a feed in both formats, which share the work on its items."""
    entries = _entries(items)
    written = _atom(channels[1], entries)
    return _rss(channels[0], entries), written


def tombstone(item: Item) -> bytes:
    """Return a document that says that an item was taken back (RFC 6721).

    It stands beside the feeds, not in them: a feed may not hold an entry and its tombstone. Few
    readers act on one; all of them put a notice with the same id in the place of the words.
    """
    from sparetire.newsroom.feed_parts import deleted_entry  # noqa: PLC0415  it brings lxml

    return deleted_entry(item)


def _rss(channel: Channel, entries: Entries) -> bytes:
    feed = _feed(channel, entries)
    feed.parts.names_creators = True  # feedgen's own extension tries fifteen names an item
    feed.link(href=channel.address, rel="self", type=RSS)
    feed.link(href=channel.page, rel="alternate")  # last: feedgen makes this the channel's link
    if channel.icon:
        feed.image(url=channel.icon, title=channel.title, link=channel.page)
    for item, entry in entries:
        entry.content(item.html, type="CDATA")
        entry.parts.creator = channel.author
        if item.media:  # feedgen would make a second page of it in Atom, which is done by now
            entry.enclosure(item.media.url, str(item.media.size), item.media.type)
    if entries:
        feed.lastBuildDate(max(item.changed for item, _ in entries))
        return _TITLE.sub(_plain, feed.rss_str(pretty=True))
    # Feedgen would write the time of the build; the element is optional.
    return _BUILD_DATE.sub(b"", feed.rss_str(pretty=True))


def _plain(title: re.Match[bytes]) -> bytes:
    """Write a title's signs as the RSS profile wants them, so that nobody takes it for HTML."""
    return title[0].replace(b"&amp;", b"&#x26;").replace(b"&lt;", b"&#x3C;")


def _atom(channel: Channel, entries: Entries) -> bytes:
    feed = _feed(channel, entries)
    feed.id(uuid5(NAMESPACE_URL, channel.address).urn)
    feed.updated(max((item.changed for item, _ in entries), default=_NEVER))
    feed.author(name=channel.author or channel.title)
    feed.link(href=channel.address, rel="self", type=ATOM)
    feed.link(href=channel.page, rel="alternate", type="text/html", hreflang=channel.language)
    if channel.icon:
        feed.icon(channel.icon)
    seen = Counter[datetime]()
    for item, entry in reversed(entries):
        # Readers tell changes apart by their time: those of one run are a millisecond apart.
        entry.updated(_later(item.changed, _MOMENT * seen[item.changed]))
        entry.content(item.html, type="html")  # "CDATA" would become its media type
        seen[item.changed] += 1
    return _text(feed.atom_str(pretty=True))


def _later(moment: datetime, span: timedelta) -> datetime:
    """Add in UTC: on a wall clock, adding even nothing turns back an hour told twice."""
    return (moment.astimezone(UTC) + span).astimezone(moment.tzinfo)


def _feed(channel: Channel, entries: Entries) -> Any:  # noqa: ANN401  it has no types
    from feedgen.feed import FeedGenerator  # noqa: PLC0415  it brings lxml, which is slow

    from sparetire.newsroom.feed_parts import ChannelParts, ItemParts  # noqa: PLC0415  as above

    feed = FeedGenerator()
    feed.register_extension("parts", ChannelParts, ItemParts)
    feed.parts.channel = channel
    feed.parts.pictured = any(item.media for item, _ in entries)
    feed.title(channel.title)
    feed.description(channel.description)
    feed.language(channel.language)
    feed.generator("sparetire")
    feed.entry([entry for _, entry in entries])
    return feed


def _entries(items: Sequence[Item]) -> Entries:
    ordered = sorted(items, key=lambda one: (one.published, one.id), reverse=True)
    return [(item, _entry(item)) for item in ordered]


def _entry(item: Item) -> Any:  # noqa: ANN401  as above
    """Return what both formats say of an item."""
    from feedgen.entry import FeedEntry  # noqa: PLC0415  as above

    from sparetire.newsroom.feed_parts import ItemParts  # noqa: PLC0415  as above

    entry = FeedEntry()
    entry.register_extension("parts", ItemParts)
    entry.parts.item = item
    entry.guid(item.id, permalink=False)
    entry.title(item.title)
    entry.link(href=item.address)
    entry.published(item.published)
    entry.summary(item.summary)  # RSS calls it a description
    entry.category([{"term": category, "label": category} for category in item.categories])
    return entry


def _text(written: Any) -> bytes:  # noqa: ANN401  as above
    text: bytes = written
    return text
