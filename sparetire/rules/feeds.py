"""Feeds: what journalists' readers and newsrooms' systems poll."""

import re
from collections.abc import Iterator
from email.utils import parsedate_to_datetime
from pathlib import PurePosixPath
from xml.etree.ElementTree import Element, ParseError

from sparetire.rules.base import Built, Sight
from sparetire.rules.pages import file_text, language_of

__all__ = ["feed_broken", "parse_xml"]

_REMEDY = "This is a fault in how the feed is made: please report it."
_CONTROL = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def parse_xml(text: str) -> Element | str:
    """Return the root element, or what keeps the text from being read.

    A document type is refused with everything that hides in one (entities, other files).
    """
    from defusedxml.ElementTree import fromstring  # noqa: PLC0415  only a built site needs it

    try:
        root: Element = fromstring(text.encode(), forbid_dtd=True)
    except (ParseError, ValueError) as error:
        return str(error)
    return root


def feed_broken(built: Built) -> Iterator[Sight]:
    """Every feed is RSS 2.0 that any reader takes (RSS Advisory Board, best practices)."""
    for path in built.fresh:
        if PurePosixPath(path).name == "feed.xml":
            for wrong in _wrongs(built, path):
                yield path, wrong, _REMEDY


def _wrongs(built: Built, path: str) -> Iterator[str]:
    text = file_text(built, path)
    if control := _CONTROL.search(text):
        yield f"The feed holds the control character U+{ord(control.group()):04X}."
    root = parse_xml(text)
    if isinstance(root, str):
        yield f"The feed cannot be read: {root}."
        return
    channel = root.find("channel")
    if root.tag != "rss" or channel is None:
        yield "The feed is not RSS."
        return
    yield from _channel_wrongs(channel, language_of(built, path))
    seen: set[str] = set()
    for item in channel.findall("item"):
        guid = _said(item, "guid")
        if guid in seen:
            yield f"Two items have the same guid: {guid}"
        seen.add(guid)
        for wrong in _item_wrongs(item, f"{built.routes.base_url}/"):
            yield f"The item {_said(item, 'title')!r} {wrong}"


def _channel_wrongs(channel: Element, code: str | None) -> Iterator[str]:
    language = _said(channel, "language")
    if not language or (code is not None and language.split("-", 1)[0].lower() != code):
        yield f"The feed's language is {language!r}, not {code!r}."
    if not _said(channel, "title"):
        yield "The feed has no title."


def _item_wrongs(item: Element, base: str) -> Iterator[str]:
    guid = item.find("guid")
    if guid is None or not _said(item, "guid"):
        yield "has no guid."
    elif guid.get("isPermaLink") != "false":
        yield 'has a guid without isPermaLink="false".'
    if not _said(item, "link").startswith(base):
        yield f"links to {_said(item, 'link') or 'nothing'}, not to a page under {base}"
    try:
        zone = parsedate_to_datetime(_said(item, "pubDate")).tzinfo
    except ValueError:
        zone = None
    if zone is None:
        yield f"has the date {_said(item, 'pubDate')!r}, not one with a zone (RFC 5322)."


def _said(parent: Element, name: str) -> str:
    return (parent.findtext(name) or "").strip()
