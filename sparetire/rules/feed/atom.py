"""Atom 1.0 (RFC 4287), with archives (RFC 5005) and tombstones (RFC 6721)."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from sparetire.rules.feed.document import NAMESPACES, FeedDocument, absolute, rfc3339, said

__all__ = [
    "atom_author",
    "atom_dates",
    "atom_entry",
    "atom_feed",
    "atom_links",
    "atom_self",
    "atom_tombstone",
]

_LANG = "{http://www.w3.org/XML/1998/namespace}lang"
_TYPES = {"text", "html", "xhtml"}


def atom_feed(feed: FeedDocument) -> Iterator[tuple[str, str]]:
    """A feed has one id, one title and one date, and says its language.

    Severity: error. Source: RFC 4287, section 4.1.1.
    """
    yield from _once(feed.root, "feed", ("id", "title", "updated"))
    if not feed.root.get(_LANG):
        yield "feed", "says no language (xml:lang)"


def atom_entry(feed: FeedDocument) -> Iterator[tuple[str, str]]:
    """An entry has one id, one title and one date; no two entries share an id.

    Severity: error. Source: RFC 4287, sections 4.1.2 and 4.2.6.
    """
    seen: set[str] = set()
    for entry in feed.items:
        yield from _once(entry, _called(entry), ("id", "title", "updated"))
        identity = said(entry, "atom:id")
        if identity and ":" not in identity:
            yield _called(entry), f"has the id {identity!r}, which is no IRI"
        if identity in seen:
            yield _called(entry), f"has the id of another entry: {identity}"
        seen.add(identity)
        content = entry.find("atom:content", NAMESPACES)
        if content is not None and content.get("type", "text") not in _TYPES:
            yield _called(entry), f"has content of the type {content.get('type')!r}"


def atom_author(feed: FeedDocument) -> Iterator[tuple[str, str]]:
    """Somebody speaks: the feed has an author, or each of its entries has.

    Severity: error. Source: RFC 4287, section 4.2.1.
    """
    if feed.root.find("atom:author/atom:name", NAMESPACES) is not None:
        return
    for entry in feed.items:
        if entry.find("atom:author/atom:name", NAMESPACES) is None:
            yield _called(entry), "has no author, and the feed has none"


def atom_dates(feed: FeedDocument) -> Iterator[tuple[str, str]]:
    """Every date is RFC 3339 with its zone, and nothing is updated before it was published.

    Severity: error. Source: RFC 4287, section 3.3.
    """
    for place, parent in (("feed", feed.root), *((_called(one), one) for one in feed.items)):
        found = {name: said(parent, f"atom:{name}") for name in ("published", "updated")}
        for name, text in found.items():
            if text and rfc3339(text) is None:
                yield place, f"has the {name} date {text!r}"
        published, updated = (rfc3339(text) for text in found.values())
        if published and updated and updated < published:
            yield place, "was updated before it was published"


def atom_self(feed: FeedDocument) -> Iterator[tuple[str, str]]:
    """A feed has one link to itself, to the address where it is served.

    Severity: error. Source: RFC 4287, section 4.1.1; WebSub, discovery.
    """
    own = [link for link in _links(feed.root) if link.get("rel") == "self"]
    if len(own) != 1:
        yield "feed", f"names {len(own)} addresses of its own (rel=self)"
    elif feed.address and own[0].get("href") != feed.address:
        yield "feed", f"says that it is at {own[0].get('href')}, not at {feed.address}"


def atom_links(feed: FeedDocument) -> Iterator[tuple[str, str]]:
    """Links are whole addresses, and two ways to the same page differ in kind or language.

    Severity: error. Source: RFC 4287, sections 4.1.1 and 4.2.7.
    """
    for place, parent in (("feed", feed.root), *((_called(one), one) for one in feed.items)):
        links = _links(parent)
        for link in links:
            if not absolute(link.get("href", "")):
                yield place, f"links to {link.get('href')!r}, no whole address"
        ways = [one for one in links if one.get("rel", "alternate") == "alternate"]
        if len({(one.get("type"), one.get("hreflang")) for one in ways}) != len(ways):
            yield place, "has two alternate links of one kind"
        if parent is not feed.root and not ways:
            yield place, "leads to no page"


def atom_tombstone(feed: FeedDocument) -> Iterator[tuple[str, str]]:
    """What was taken back says when, and no entry has its id any more.

    Severity: error. Source: RFC 6721, section 3.
    """
    ids = {said(entry, "atom:id") for entry in feed.items}
    for grave in feed.root.findall("at:deleted-entry", NAMESPACES):
        gone = grave.get("ref", "")
        if not gone or rfc3339(grave.get("when")) is None:
            yield "feed", f"has a tombstone without id or date: {gone or 'nothing'}"
        if gone in ids:
            yield "feed", f"holds both an entry and its tombstone: {gone}"


def _once(parent: Element, place: str, names: tuple[str, ...]) -> Iterator[tuple[str, str]]:
    for name in names:
        count = len(parent.findall(f"atom:{name}", NAMESPACES))
        if count != 1 or not said(parent, f"atom:{name}"):
            yield place, f"has {count or 'no'} {name}"


def _links(parent: Element) -> list[Element]:
    return parent.findall("atom:link", NAMESPACES)


def _called(entry: Element) -> str:
    return f"entry {said(entry, 'atom:title')[:60]!r}"
