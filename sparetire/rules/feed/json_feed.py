"""JSON Feed 1.1 (jsonfeed.org)."""

from collections.abc import Iterator
from typing import Any

from sparetire.rules.feed.document import FeedDocument, absolute, rfc3339

__all__ = ["json_feed", "json_items"]

_TOP = {
    *("version", "title", "home_page_url", "feed_url", "description", "user_comment"),
    *("next_url", "icon", "favicon", "authors", "author", "language", "expired", "hubs"),
    "items",
}
_ITEM = {
    *("id", "url", "external_url", "title", "content_html", "content_text", "summary"),
    *("image", "banner_image", "date_published", "date_modified", "authors", "author"),
    *("tags", "language", "attachments"),
}

_URLS, _DATES = ("url", "image"), ("date_published", "date_modified")


def json_feed(feed: FeedDocument) -> Iterator[tuple[str, str]]:
    """A feed has a version, a title and items; its addresses are whole.

    Severity: error. Source: JSON Feed 1.1, top-level.
    """
    facts = feed.facts
    if not facts.get("title"):
        yield "feed", "has no title"
    if not isinstance(facts.get("items"), list):
        yield "feed", "has no list of items"
    for key in facts:
        if key not in _TOP and not key.startswith("_"):
            yield "feed", f"holds {key!r}, which JSON Feed does not know"
    for key in ("home_page_url", "feed_url", "icon", "favicon", "next_url"):
        if key in facts and not absolute(facts[key]):
            yield "feed", f"has the {key} {facts[key]!r}"
    if feed.address and facts.get("feed_url") not in (None, feed.address):
        yield "feed", f"says that it is at {facts['feed_url']}, not at {feed.address}"


def json_items(feed: FeedDocument) -> Iterator[tuple[str, str]]:
    """An item has an id of its own, a text, and dates with their zone.

    Severity: error. Source: JSON Feed 1.1, items and attachments.
    """
    items = feed.facts.get("items")
    seen: set[str] = set()
    for item in items if isinstance(items, list) else ():
        if not isinstance(item, dict):
            yield "item", "is no object"
            continue
        place = f"item {str(item.get('title', ''))[:60]!r}"
        identity = item.get("id")
        if not isinstance(identity, str) or not identity:
            yield place, f"has the id {identity!r}, which is no text"
        elif identity in seen:
            yield place, f"has the id of another item: {identity}"
        seen.add(str(identity))
        yield from ((place, wrong) for wrong in _wrongs(item))


def _whole(item: dict[str, Any], key: str) -> bool:
    return key not in item or absolute(item[key])


def _dated(item: dict[str, Any], key: str) -> bool:
    return key not in item or rfc3339(item[key]) is not None


def _wrongs(item: dict[str, Any]) -> Iterator[str]:
    if not (item.get("content_html") or item.get("content_text")):
        yield "has neither content_html nor content_text"
    for key in item:
        if key not in _ITEM and not key.startswith("_"):
            yield f"holds {key!r}, which JSON Feed does not know"
    yield from (f"has the {key} {item[key]!r}" for key in _URLS if not _whole(item, key))
    yield from (f"has the {key} {item[key]!r}" for key in _DATES if not _dated(item, key))
    attachments = item.get("attachments", [])
    if not isinstance(attachments, list):
        yield f"has the attachments {attachments!r}, which are no list"
        return
    for attachment in attachments:
        told = attachment if isinstance(attachment, dict) else {}
        if not absolute(told.get("url")) or "/" not in str(told.get("mime_type", "")):
            shown = told.get("url", attachment)
            yield f"attaches {shown!r} without a whole address or a type"
