"""JSON-LD: what search engines believe about a page, word for word."""

import json
from collections.abc import Iterator
from datetime import datetime

from sparetire.rules.base import Built, Sight
from sparetire.rules.pages import pages

__all__ = ["jsonld_broken"]

_DATES = frozenset(["coverageEndTime", "coverageStartTime", "dateModified", "datePublished"])
_REMEDY = "Correct it in the theme."


def jsonld_broken(built: Built) -> Iterator[Sight]:
    """JSON-LD parses, cannot end its own script, and every date in it has a zone.

    Without a zone, search engines take a date for UTC (Google, "Publication dates").
    """
    for page in pages(built):
        for text in page.linked_data:
            for wrong in _wrongs(text):
                yield page.path, wrong, _REMEDY


def _wrongs(text: str) -> Iterator[str]:
    if "</" in text or "<!--" in text:
        yield "The JSON-LD holds markup that is not escaped."
    try:
        data = json.loads(text)
    except ValueError as error:
        yield f"The JSON-LD cannot be read: {error}."
        return
    for key, value in _dates(data):
        if not _has_zone(value):
            yield f"{key} is {value!r}, which is not a date and time with a zone."


def _dates(node: object) -> Iterator[tuple[str, object]]:
    if isinstance(node, dict):
        for key, value in node.items():
            if key in _DATES:
                yield key, value
            else:
                yield from _dates(value)
    elif isinstance(node, list):
        for item in node:
            yield from _dates(item)


def _has_zone(value: object) -> bool:
    try:
        return isinstance(value, str) and datetime.fromisoformat(value).tzinfo is not None
    except ValueError:
        return False
