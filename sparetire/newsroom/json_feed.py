"""JSON Feed 1.1 (jsonfeed.org), for programs that would rather not read XML."""

import json
from collections.abc import Sequence
from typing import Any

from sparetire.newsroom.channel import Channel, Item

__all__ = ["json_feed"]

_VERSION = "https://jsonfeed.org/version/1.1"


def json_feed(channel: Channel, items: Sequence[Item]) -> bytes:
    """Return the feed, newest item first."""
    ordered = sorted(items, key=lambda one: (one.published, one.id), reverse=True)
    facts: dict[str, Any] = {
        "version": _VERSION,
        "title": channel.title,
        "home_page_url": channel.page,
        "feed_url": channel.address,
        "description": channel.description,
        "language": channel.language,
    }
    if channel.icon:
        facts["icon"] = channel.icon
    if channel.author:
        facts["authors"] = [{"name": channel.author}]
    if channel.hubs:
        facts["hubs"] = [{"type": "WebSub", "url": hub} for hub in channel.hubs]
    facts["items"] = [_item(item) for item in ordered]
    return json.dumps(facts, ensure_ascii=False, indent=1).encode() + b"\n"


def _item(item: Item) -> dict[str, Any]:
    facts: dict[str, Any] = {
        "id": item.id,
        "url": item.address,
        "title": item.title,
        "summary": item.summary,
        "content_html": item.html,
        "date_published": item.published.isoformat(),
    }
    if item.changed != item.published:
        facts["date_modified"] = item.changed.isoformat()
    if item.categories:
        facts["tags"] = list(item.categories)
    if item.media:
        facts["image"] = item.media.url
        facts["attachments"] = [
            {
                "url": item.media.url,
                "mime_type": item.media.type,
                "size_in_bytes": item.media.size,
                "title": item.media.caption or item.media.alt,
            }
        ]
    return facts
