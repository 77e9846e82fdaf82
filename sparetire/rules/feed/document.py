"""A feed as its rules look at it, whatever its format."""

import json
import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from email.utils import format_datetime, parsedate_to_datetime
from typing import Any
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element, ParseError

__all__ = [
    "ATOM",
    "NAMESPACES",
    "FeedDocument",
    "Look",
    "absolute",
    "parse_xml",
    "read_feed",
    "rfc822",
    "rfc3339",
    "said",
]

ATOM = "http://www.w3.org/2005/Atom"
NAMESPACES = {
    "atom": ATOM,
    "content": "http://purl.org/rss/1.0/modules/content/",
    "dc": "http://purl.org/dc/elements/1.1/",
    "media": "http://search.yahoo.com/mrss/",
    "at": "http://purl.org/atompub/tombstones/1.0",
    "fh": "http://purl.org/syndication/history/1.0",
}
# Forbidden in XML 1.0 (section 2.2), or seen by nobody.
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")
_RFC822 = re.compile(
    r"(?:(?:Mon|Tue|Wed|Thu|Fri|Sat|Sun), )?\d{1,2} (?:Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct"
    r"|Nov|Dec) \d{4} \d{2}:\d{2}(?::\d{2})? (?:[+-]\d{4}|GMT|UT)"
)
_RFC3339 = re.compile(r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:Z|[+-]\d{2}:\d{2})")


@dataclass(frozen=True, slots=True)
class FeedDocument:
    """A feed that could be read.

    Attributes:
        form: ``rss``, ``atom`` or ``json``.
        root: The XML, unless it is JSON.
        facts: The JSON, unless it is XML.
        address: Where it is served, or nothing where that is not known.
        text: As it was served.
    """

    form: str
    text: str
    address: str = ""
    root: Element = field(default_factory=lambda: Element("none"))
    facts: dict[str, Any] = field(default_factory=dict)

    @property
    def channel(self) -> Element:
        """The element that holds the items."""
        found = self.root.find("channel")
        return self.root if found is None else found

    @property
    def items(self) -> list[Element]:
        """Its items or entries."""
        if self.form == "rss":
            return self.channel.findall("item")
        return self.root.findall("atom:entry", NAMESPACES)

    @property
    def objects(self) -> list[dict[str, Any]]:
        """The items of a JSON Feed that are objects."""
        items = self.facts.get("items")
        return (
            [each for each in items if isinstance(each, dict)]
            if isinstance(items, list)
            else []
        )


Look = Callable[[FeedDocument], Iterator[tuple[str, str]]]
"""A rule: it yields where something is wrong, and what."""


def parse_xml(text: str) -> Element | str:
    """Return the root element, or what keeps the text from being read.

    A document type is refused with everything that hides in one (entities, other files).
    """
    from defusedxml.ElementTree import fromstring  # noqa: PLC0415  only a feed needs it

    try:
        # As text: its declaration may name an encoding that it is not in, or that nobody knows.
        root: Element = fromstring(text, forbid_dtd=True)
    except (ParseError, ValueError, LookupError) as error:
        return str(error)
    return root


def read_feed(content: bytes, address: str = "") -> FeedDocument | str:
    """Return the feed, or why it is none."""
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        return f"it is not UTF-8 text: byte {error.start + 1}"
    if found := _CONTROL.search(text):
        return f"it holds the control character U+{ord(found.group()):04X}"
    return _json(text, address) if text.lstrip()[:1] == "{" else _xml(text, address)


def said(parent: Element, name: str) -> str:
    """Return the text of a child, without the spaces around it."""
    return (parent.findtext(name, "", NAMESPACES) or "").strip()


def absolute(url: object) -> bool:
    """Tell whether something is a whole web address."""
    try:
        parts = urlsplit(url) if isinstance(url, str) else None
    except ValueError:
        return False
    return parts is not None and parts.scheme in {"http", "https"} and bool(parts.netloc)


def rfc822(text: str) -> datetime | None:
    """Return a date of RSS (RFC 822, with a year of four digits), or None."""
    if not _RFC822.fullmatch(text):
        return None
    try:
        moment = parsedate_to_datetime(text)
    except ValueError:
        return None
    named = "," in text and not format_datetime(moment).startswith(text[:3])
    return None if named or moment.tzinfo is None else moment


def rfc3339(text: object) -> datetime | None:
    """Return a date of Atom and JSON Feed (RFC 3339), or None."""
    if not isinstance(text, str) or not _RFC3339.fullmatch(text):
        return None
    try:
        return datetime.fromisoformat(text)
    except ValueError:
        return None


def _xml(text: str, address: str) -> FeedDocument | str:
    root = parse_xml(text)
    if isinstance(root, str):
        return root
    if root.tag == "rss" and root.find("channel") is not None:
        return FeedDocument("rss", text, address, root=root)
    if root.tag == f"{{{ATOM}}}feed":
        return FeedDocument("atom", text, address, root=root)
    return f"it is neither RSS 2.0 nor Atom 1.0, but {root.tag.rpartition('}')[2]!r}"


def _json(text: str, address: str) -> FeedDocument | str:
    try:
        facts = json.loads(text)
    except (ValueError, RecursionError) as error:
        return f"it is not valid JSON: {error}"
    if not str(facts.get("version", "")).startswith("https://jsonfeed.org/version/1"):
        return "it names no version of JSON Feed"
    return FeedDocument("json", text, address, facts=facts)
