"""What feedgen does not write, as extensions that it calls: links, media, archives, tombstones.

Feedgen keeps only the ``self`` link in RSS, forgets the hub, groups a single picture (an error
to the W3C validator), and knows neither RFC 5005 nor RFC 6721.
"""

from typing import TYPE_CHECKING

from lxml import etree

if TYPE_CHECKING:
    from lxml.etree import _Element as Element

    from sparetire.newsroom.channel import Channel, Item

__all__ = ["ATOM", "DELETED", "ChannelParts", "ItemParts", "deleted_entry"]

ATOM = "http://www.w3.org/2005/Atom"
_DC = "http://purl.org/dc/elements/1.1/"
_FH = "http://purl.org/syndication/history/1.0"
_MEDIA = "http://search.yahoo.com/mrss/"
DELETED = "application/atomdeleted+xml"
_TOMBSTONES = "http://purl.org/atompub/tombstones/1.0"


class ChannelParts:
    """Extends a channel; feedgen makes it without arguments, so its facts come after."""

    def __init__(self) -> None:
        self.channel: Channel | None = None
        self.pictured = False
        self.names_creators = False

    def extend_ns(self) -> dict[str, str]:
        """Return the namespaces that the feed uses, and no other."""
        assert self.channel is not None  # noqa: S101  set before anything is written
        archive = self.channel.archive
        return {
            **({"fh": _FH} if archive.current else {}),
            **({"media": _MEDIA} if self.pictured else {}),
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
        """Add hub, history and links."""
        self._history(feed)
        for rel, address in self._links():
            # Feedgen's own elements have no namespace of their own; neither have these.
            etree.SubElement(feed, "link", href=address, rel=rel)
        return feed

    def _links(self) -> list[tuple[str, str]]:
        assert self.channel is not None  # noqa: S101  as above
        archive = self.channel.archive
        found = [("hub", hub) for hub in self.channel.hubs if not archive.current]
        found += [("current", archive.current)] if archive.current else []
        found += [("prev-archive", archive.before)] if archive.before else []
        return found + ([("next-archive", archive.after)] if archive.after else [])

    def _history(self, parent: "Element") -> None:
        assert self.channel is not None  # noqa: S101  as above
        if self.channel.archive.current:
            _add(parent, _FH, "archive")


class ItemParts:
    """Extends an item."""

    def __init__(self) -> None:
        self.item: Item | None = None
        self.creator = ""

    def extend_rss(self, item: "Element") -> "Element":
        """Add who speaks, and the picture outside of any group."""
        if self.creator:
            _add(item, _DC, "creator").text = self.creator
        self._picture(item)
        return item

    def extend_atom(self, entry: "Element") -> "Element":
        """Add the picture, and the links to it and to a tombstone: feedgen knows neither."""
        assert self.item is not None  # noqa: S101  set before anything is written
        if picture := self.item.media:
            link = etree.SubElement(entry, "link", href=picture.url, rel="enclosure")
            link.set("type", picture.type)
            link.set("length", str(picture.size))
        if self.item.tombstone:
            etree.SubElement(
                entry, "link", href=self.item.tombstone, rel="related", type=DELETED
            )
        self._picture(entry)
        return entry

    def _picture(self, parent: "Element") -> None:
        media = self.item.media if self.item else None
        if media is None:
            return
        picture = _add(
            parent,
            *(_MEDIA, "content"),
            url=media.url,
            type=media.type,
            medium="image",
            width=str(media.width),
            height=str(media.height),
            fileSize=str(media.size),
        )
        if words := media.caption or media.alt:
            _add(picture, _MEDIA, "description", type="plain").text = words
        if media.credit:
            _add(picture, _MEDIA, "credit", role="photographer").text = media.credit


def deleted_entry(item: "Item") -> bytes:
    """Return a document of its own that an item was taken back."""
    when = item.changed.isoformat()
    names = {None: _TOMBSTONES}
    grave = etree.Element(
        f"{{{_TOMBSTONES}}}deleted-entry", nsmap=names, ref=item.id, when=when
    )
    _add(grave, _TOMBSTONES, "comment").text = item.summary
    document: bytes = etree.tostring(grave, encoding="UTF-8", xml_declaration=True)
    return document + b"\n"


def _add(parent: "Element", namespace: str, name: str, **attributes: str) -> "Element":
    return etree.SubElement(parent, f"{{{namespace}}}{name}", attributes)
