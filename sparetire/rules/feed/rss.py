"""RSS 2.0: the specification, and the RSS Advisory Board's Best Practices Profile."""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from sparetire.rules.feed.document import NAMESPACES, FeedDocument, absolute, rfc822, said

__all__ = [
    "rss_author",
    "rss_channel",
    "rss_dates",
    "rss_elements",
    "rss_enclosure",
    "rss_guid",
    "rss_image",
    "rss_item",
    "rss_media",
    "rss_self",
]

_CHANNEL = {
    *("title", "link", "description", "language", "copyright", "managingEditor", "webMaster"),
    *("pubDate", "lastBuildDate", "category", "generator", "docs", "cloud", "ttl", "image"),
    *("rating", "textInput", "skipHours", "skipDays", "item"),
}
_ITEM = {
    *("title", "link", "description", "author", "category", "comments", "enclosure", "guid"),
    *("pubDate", "source"),
}
_MANY = {"item", "category"}
_TAG = re.compile(r"[a-zA-Z]{2,3}(-[A-Za-z0-9]{2,8})*")
_MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def rss_channel(feed: FeedDocument) -> Iterator[tuple[str, str]]:
    """A channel has title, link, description and language, and its link is a whole address.

    Severity: error. Source: RSS 2.0, required channel elements; RSS Profile, language.
    """
    for name in ("title", "link", "description", "language"):
        if not said(feed.channel, name):
            yield "channel", f"has no {name}"
    if said(feed.channel, "link") and not absolute(said(feed.channel, "link")):
        yield "channel", f"links to {said(feed.channel, 'link')!r}, no whole address"
    if (tag := said(feed.channel, "language")) and not _TAG.fullmatch(tag):
        yield "channel", f"has the language {tag!r}"


def rss_elements(feed: FeedDocument) -> Iterator[tuple[str, str]]:
    """Every element without a namespace is one of RSS, and stands once where only one may.

    Severity: error. Source: RSS 2.0; W3C feed validation service, undefined elements.
    """
    for place, parent, known in _parents(feed):
        names = [child.tag for child in parent if not child.tag.startswith("{")]
        for name in dict.fromkeys(names):
            if name not in known:
                yield place, f"holds <{name}>, which RSS does not know"
            elif names.count(name) > 1 and name not in _MANY:
                yield place, f"holds <{name}> {names.count(name)} times"


def rss_self(feed: FeedDocument) -> Iterator[tuple[str, str]]:
    """A channel names its own address, once, as the one it is served at.

    Severity: error. Source: RSS Profile, atom:link; WebSub, discovery.
    """
    found = [
        link.get("href", "")
        for link in feed.channel.findall("atom:link", NAMESPACES)
        if link.get("rel") == "self"
    ]
    if len(found) != 1 or not absolute(found[0]):
        yield "channel", f"names {len(found)} addresses of its own (atom:link rel=self)"
    elif feed.address and found[0] != feed.address:
        yield "channel", f"says that it is at {found[0]}, not at {feed.address}"


def rss_dates(feed: FeedDocument) -> Iterator[tuple[str, str]]:
    """Every date is RFC 822 with a year of four digits, a zone, and the right day of the week.

    Severity: error. Source: RSS Profile, pubDate; RFC 822, section 5.
    """
    for place, parent, _ in _parents(feed):
        for name in ("pubDate", "lastBuildDate"):
            text = said(parent, name)
            if text and rfc822(text) is None:
                yield place, f"has the date {text!r}"
    for item in feed.items:
        if not said(item, "pubDate"):
            yield _called(item), "has no pubDate"


def rss_guid(feed: FeedDocument) -> Iterator[tuple[str, str]]:
    """Every item has an id of its own, and says whether it is an address.

    Severity: error. Source: RSS 2.0, guid; RSS Profile, guid.
    """
    seen: set[str] = set()
    for item in feed.items:
        guid = item.find("guid")
        value = said(item, "guid")
        if guid is None or not value:
            yield _called(item), "has no guid"
            continue
        if value in seen:
            yield _called(item), f"has the guid of another item: {value}"
        seen.add(value)
        if guid.get("isPermaLink", "true") == "true" and not absolute(value):
            yield _called(item), "has a guid that is no address, without isPermaLink=false"


def rss_item(feed: FeedDocument) -> Iterator[tuple[str, str]]:
    """An item has a title and a summary, and leads to a whole address.

    Severity: error. Source: RSS 2.0, item; RSS Profile, link.
    """
    for item in feed.items:
        for name in ("title", "description"):
            if not said(item, name):
                yield _called(item), f"has no {name}"
        if not absolute(said(item, "link")):
            yield _called(item), f"links to {said(item, 'link') or 'nothing'}"


def rss_author(feed: FeedDocument) -> Iterator[tuple[str, str]]:
    """An item has one author: an e-mail address in author, or a name in dc:creator.

    Severity: error. Source: RSS Profile, author and dc:creator.
    """
    for item in feed.items:
        author, creator = said(item, "author"), said(item, "dc:creator")
        if author and creator:
            yield _called(item), "has both author and dc:creator"
        if author and not _MAIL.search(author):
            yield _called(item), f"has the author {author!r}, no e-mail address"


def rss_enclosure(feed: FeedDocument) -> Iterator[tuple[str, str]]:
    """An item encloses one file at most, with its address, its size and its type.

    Severity: error. Source: RSS Profile, enclosure.
    """
    for item in feed.items:
        found = item.findall("enclosure")
        if len(found) > 1:
            yield _called(item), f"encloses {len(found)} files"
        for one in found:
            if not absolute(one.get("url", "")):
                yield _called(item), f"encloses {one.get('url', 'nothing')!r}"
            if not one.get("length", "").isdigit() or one.get("length") == "0":
                yield _called(item), f"encloses a file of {one.get('length', 'no')!r} bytes"
            if "/" not in one.get("type", ""):
                yield _called(item), f"encloses a file of the type {one.get('type', '')!r}"


def rss_media(feed: FeedDocument) -> Iterator[tuple[str, str]]:
    """A picture stands in a group only with others, and has a whole address.

    Severity: error. Source: Media RSS 1.5.1; W3C feed validation service.
    """
    for item in feed.items:
        for group in item.findall("media:group", NAMESPACES):
            if len(group.findall("media:content", NAMESPACES)) == 1:
                yield _called(item), "holds a media:group of one"
        for content in item.iter(f"{{{NAMESPACES['media']}}}content"):
            if not absolute(content.get("url", "")):
                yield _called(item), f"shows {content.get('url', 'nothing')!r}"


def rss_image(feed: FeedDocument) -> Iterator[tuple[str, str]]:
    """The channel's picture is a GIF, JPEG or PNG, with the channel's title and link.

    Severity: warning. Source: RSS Profile, image.
    """
    image = feed.channel.find("image")
    if image is None:
        return
    if not re.search(r"\.(?:gif|jpe?g|png)$", said(image, "url"), re.IGNORECASE):
        yield "image", f"is {said(image, 'url')!r}"
    for name in ("title", "link"):
        if said(image, name) != said(feed.channel, name):
            yield "image", f"has another {name} than the channel"


def _parents(feed: FeedDocument) -> Iterator[tuple[str, Element, set[str]]]:
    if feed.form == "rss":
        yield "channel", feed.channel, _CHANNEL
        for item in feed.items:
            yield _called(item), item, _ITEM


def _called(item: Element) -> str:
    return f"item {said(item, 'title')[:60]!r}"
