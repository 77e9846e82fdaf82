"""What feedgen does not write, as extensions that it calls: links, media, archives, tombstones.

Feedgen keeps only the ``self`` link in RSS, forgets the hub, groups a single picture (an error
to the W3C validator), and knows neither RFC 5005 nor RFC 6721.
"""

from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from sparetire.newsroom.channel import Channel, Item, Media

__all__ = ["ATOM", "ChannelParts", "ItemParts"]

ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"
_FH = "http://purl.org/syndication/history/1.0"
_MEDIA = "http://search.yahoo.com/mrss/"
_TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"


class ChannelParts:
    """Extends a channel; feedgen makes it without arguments, so its facts come after."""

    def __init__(self) -> None:
        self.channel: Channel | None = None
        self.items: tuple[Item, ...] = ()
        self.withdrawn: tuple[Item, ...] = ()
        self.names_creators = False

    def extend_ns(self) -> dict[str, str]:
        """Return the namespaces that the feed uses, and no other."""
        assert self.channel is not None  # noqa: S101  set before anything is written
        archive = self.channel.archive
        return {
            **({"fh": _FH} if archive.current else {}),
            **({"media": _MEDIA} if any(item.media for item in self.items) else {}),
            **({"at": _TOMBSTONES} if self.withdrawn else {}),
            **({"dc": _DC} if self.names_creators else {}),
        }

    def extend_rss(self, rss: "Element") -> "Element":
        """Add hub, history and links; feedgen has written the rest of the channel."""
        channel = rss[0]
        self._history(channel)
        for rel, address in self._links():
            _add(channel, ATOM, "link", href=address, rel=rel)
        return rss

    def extend_atom(self, feed: "Element") -> "Element":
        """Add hub, history and links, and a tombstone for each item that was withdrawn."""
        self._history(feed)
        for rel, address in self._links():
            # Feedgen's own elements have no namespace of their own; neither have these.
            etree.SubElement(feed, "link", href=address, rel=rel)
        for item in self.withdrawn:
            when = item.changed.isoformat()
            grave = _add(feed, _TOMBSTONES, "deleted-entry", ref=item.id, when=when)
            _add(grave, _TOMBSTONES, "comment").text = item.summary
        return feed

    def _links(self) -> list[tuple[str, str]]:
        assert self.channel is not None  # noqa: S101  as above
        archive = self.channel.archive
        found = [("hub", hub) for hub in self.channel.hubs if not archive.current]
        found += [("current", archive.current)] if archive.current else []
        return found + ([("prev-archive", archive.before)] if archive.before else [])

    def _history(self, parent: "Element") -> None:
        assert self.channel is not None  # noqa: S101  as above
        if self.channel.archive.current:
            _add(parent, _FH, "archive")


class ItemParts:
    """Extends an item."""

    def __init__(self) -> None:
        self.media: Media | None = None
        self.creator = ""

    def extend_rss(self, item: "Element") -> "Element":
        """Add who speaks, and the picture outside of any group."""
        if self.creator:
            _add(item, _DC, "creator").text = self.creator
        self._picture(item)
        return item

    def extend_atom(self, entry: "Element") -> "Element":
        """Add the picture, and the link to it: feedgen drops what its own links say."""
        if self.media is not None:
            etree.SubElement(
                entry,
                "link",
                href=self.media.url,
                rel="enclosure",
                type=self.media.type,
                length=str(self.media.size),
            )
        self._picture(entry)
        return entry

    def _picture(self, parent: "Element") -> None:
        if self.media is None:
            return
        picture = _add(
            parent,
            *(_MEDIA, "content"),
            url=self.media.url,
            type=self.media.type,
            medium="image",
            width=str(self.media.width),
            height=str(self.media.height),
            fileSize=str(self.media.size),
        )
        if words := self.media.caption or self.media.alt:
            _add(picture, _MEDIA, "description", type="plain").text = words
        if self.media.credit:
            _add(picture, _MEDIA, "credit", role="photographer").text = self.media.credit


def _add(parent: "Element", namespace: str, name: str, **attributes: str) -> "Element":
    return etree.SubElement(parent, f"{{{namespace}}}{name}", attributes)
