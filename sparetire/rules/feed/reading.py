"""What readers of any format need: safe words, whole links, the newest first."""

import re
from collections.abc import Iterator
from datetime import datetime
from html.parser import HTMLParser

from typing_extensions import override

from sparetire.rules.feed.document import FeedDocument, absolute, rfc822, rfc3339, said

__all__ = [
    "content_links",
    "content_safe",
    "newest_first",
    "size",
    "style",
]

LARGEST, MOST = 512_000, 50
_ACTIVE = {"script", "iframe", "form", "style", "object", "embed", "meta", "link", "base"}
_ADDRESSES = {"href", "src"}


class _Markup(HTMLParser):
    def __init__(self, text: str) -> None:
        super().__init__()
        self.active: list[str] = []
        self.relative: list[str] = []
        self.feed(text)

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _ACTIVE:
            self.active.append(f"<{tag}>")
        for name, value in attrs:
            if name.startswith("on") or name == "style":
                self.active.append(f"{name}=")
            bare = (value or "").strip()
            if name in _ADDRESSES and not (
                absolute(bare) or bare.startswith(("mailto:", "tel:"))
            ):
                self.relative.append(bare)


def content_safe(feed: FeedDocument) -> Iterator[tuple[str, str]]:
    """No item carries a script, a form, a frame or a style.

    Severity: error. Source: RSS Profile, description; RFC 4287, section 8.1.
    """
    for place, markup in _contents(feed):
        for found in dict.fromkeys(_Markup(markup).active):
            yield place, f"holds {found}"


def content_links(feed: FeedDocument) -> Iterator[tuple[str, str]]:
    """Every link and picture in an item has a whole address: a reader knows no page around it.

    Severity: error. Source: RSS Profile, relative addresses.
    """
    for place, markup in _contents(feed):
        for found in dict.fromkeys(_Markup(markup).relative):
            yield place, f"leads to {found!r}"


def newest_first(feed: FeedDocument) -> Iterator[tuple[str, str]]:
    """The newest item stands first.

    Severity: warning. Source: RSS Profile, item order.
    """
    dates = [moment for moment in _dates(feed) if moment]
    if dates != sorted(dates, reverse=True):
        yield "feed", "does not begin with the newest item"


def size(feed: FeedDocument) -> Iterator[tuple[str, str]]:
    """A feed has at most 50 items and 512 kB: many readers stop there.

    Severity: warning. Source: RFC 5005, introduction; our own practice.
    """
    count = len(feed.objects) if feed.form == "json" else len(feed.items)
    if count > MOST:
        yield "feed", f"has {count} items"
    if len(feed.text.encode()) > LARGEST:
        yield "feed", f"has {len(feed.text.encode()) // 1000} kB"


def style(feed: FeedDocument) -> Iterator[tuple[str, str]]:
    """No XSLT style sheet: browsers are taking it out.

    Severity: warning. Source: Chromium, deprecation of XSLT.
    """
    if re.search(r"<\?xml-stylesheet[^>]*xsl", feed.text):
        yield "feed", "is styled by XSLT"


def _contents(feed: FeedDocument) -> Iterator[tuple[str, str]]:
    if feed.form == "json":
        for each in feed.objects:
            yield f"item {each.get('title')!r}", str(each.get("content_html") or "")
    for item in feed.items:
        names = ("content:encoded", "description", "atom:content", "atom:summary")
        title = said(item, "title") or said(item, "atom:title")
        for name in names:
            yield f"item {title[:60]!r}", said(item, name)


def _dates(feed: FeedDocument) -> Iterator[datetime | None]:
    if feed.form == "json":
        yield from (rfc3339(each.get("date_published")) for each in feed.objects)
    for item in feed.items:
        if feed.form == "rss":
            yield rfc822(said(item, "pubDate"))
        else:
            yield rfc3339(said(item, "atom:published") or said(item, "atom:updated"))
