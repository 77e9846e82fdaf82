"""RSS 2.0 and Atom 1.0, by feedgen, with guards against what it does when it is not told.

Byte-identical when nothing changed: every date comes from the items, none from the clock.
Profiles: RSS Advisory Board, "Really Simple Syndication Best Practices Profile"; RFC 4287.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import NAMESPACE_URL, uuid5

from sparetire.newsroom.channel import Channel, Item

__all__ = ["atom", "rss"]

_BUILD_DATE = re.compile(rb"\s*<lastBuildDate>[^<]*</lastBuildDate>")
_NEVER = datetime(1970, 1, 1, tzinfo=UTC)  # Atom wants a date even where there is nothing
RSS, ATOM = "application/rss+xml", "application/atom+xml"


def rss(channel: Channel, items: Sequence[Item]) -> bytes:
    """Return the feed as RSS, newest item first."""
    ordered = _newest_first(items)
    feed = _feed(channel, ordered)
    feed.parts.names_creators = True  # feedgen's own extension tries fifteen names an item
    feed.link(href=channel.address, rel="self", type=RSS)
    feed.link(href=channel.page, rel="alternate")  # last: feedgen makes this the channel's link
    if channel.icon:
        feed.image(url=channel.icon, title=channel.title, link=channel.page)
    for item in ordered:
        entry = _entry(feed, item)
        entry.guid(item.id, permalink=False)
        entry.content(item.html, type="CDATA")
        entry.parts.creator = channel.author
        if item.media:
            entry.enclosure(item.media.url, str(item.media.size), item.media.type)
    if ordered:
        feed.lastBuildDate(max(item.changed for item in ordered))
        return _text(feed.rss_str(pretty=True))
    # Feedgen would write the time of the build; the element is optional.
    return _BUILD_DATE.sub(b"", feed.rss_str(pretty=True))


def atom(channel: Channel, items: Sequence[Item]) -> bytes:
    """Return the feed as Atom, newest item first.

    A withdrawn item leaves a tombstone (RFC 6721), which few readers act on, and beside it an
    entry of its own with the notice.
    """
    ordered = _newest_first(items)
    feed = _feed(channel, ordered)
    feed.parts.withdrawn = tuple(item for item in ordered if item.withdrawn)
    feed.id(uuid5(NAMESPACE_URL, channel.address).urn)
    feed.updated(max((item.changed for item in ordered), default=_NEVER))
    feed.author(name=channel.author or channel.title)
    feed.link(href=channel.address, rel="self", type=ATOM)
    feed.link(href=channel.page, rel="alternate", type="text/html", hreflang=channel.language)
    if channel.icon:
        feed.icon(channel.icon)
    for item in _newest_first([*_as_notices(ordered)]):
        entry = _entry(feed, item)
        entry.id(item.id)
        entry.updated(item.changed)  # else feedgen takes the time of the build
        entry.content(item.html, type="html")  # "CDATA" would become its media type
    return _text(feed.atom_str(pretty=True))


def _feed(channel: Channel, items: tuple[Item, ...]) -> Any:  # noqa: ANN401  it has no types
    from feedgen.feed import FeedGenerator  # noqa: PLC0415  it brings lxml, which is slow

    from sparetire.newsroom.feed_parts import ChannelParts, ItemParts  # noqa: PLC0415  as above

    feed = FeedGenerator()
    feed.register_extension("parts", ChannelParts, ItemParts)
    feed.parts.channel, feed.parts.items = channel, items
    feed.title(channel.title)
    feed.description(channel.description)
    feed.language(channel.language)
    feed.generator("sparetire")
    return feed


def _entry(feed: Any, item: Item) -> Any:  # noqa: ANN401  as above
    """Add what both formats say of an item."""
    entry = feed.add_entry(order="append")  # it would put each before the last
    entry.title(item.title)
    entry.link(href=item.address)
    entry.published(item.published)
    entry.summary(item.summary)  # RSS calls it a description
    entry.category([{"term": category, "label": category} for category in item.categories])
    if item.media:
        entry.parts.media = item.media
    return entry


def _as_notices(items: tuple[Item, ...]) -> Iterator[Item]:
    """Give what was withdrawn an id of its own: an entry may not stand beside its tombstone."""
    for item in items:
        if item.withdrawn:
            notice = uuid5(NAMESPACE_URL, f"{item.id}/withdrawn").urn
            yield replace(item, id=notice, published=item.changed)
        else:
            yield item


def _newest_first(items: Sequence[Item]) -> tuple[Item, ...]:
    return tuple(sorted(items, key=lambda one: (one.published, one.id), reverse=True))


def _text(written: Any) -> bytes:  # noqa: ANN401  as above
    text: bytes = written
    return text
