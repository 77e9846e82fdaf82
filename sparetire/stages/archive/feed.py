"""Reads the releases of a feed: RSS 2.0, Atom 1.0 or JSON Feed."""

from collections.abc import Callable, Iterator
from functools import partial
from typing import Any
from xml.etree.ElementTree import Element

from sparetire.errors import ContentRefused
from sparetire.rules.feed.document import NAMESPACES, read_feed, said
from sparetire.stages.archive.piece import Piece, dated, plain, timed
from sparetire.stages.archive.unpublished import why_not_public
from sparetire.stages.foreign import Foreign
from sparetire.stages.intake.clean import clean_html

__all__ = ["pieces_of_feed"]


def pieces_of_feed(foreign: Foreign, where: str) -> Iterator[Piece | str]:
    """Yield every item of a feed, in its order, or why one is left out.

    Raises:
        ContentRefused: It is no feed, whatever it was served as.
    """
    feed = read_feed(foreign.body, foreign.address)
    if isinstance(feed, str):
        raise ContentRefused(
            f"{where} is no feed.",
            why=f"{feed[:1].upper()}{feed[1:]}.",
            then="Open it in a browser: many sites answer a wrong address with a page."
            if foreign.address
            else "Give a feed, or the folder that holds the pages.",
        )
    match feed.form:
        case "rss":
            yield from (
                _made(partial(_of_rss, item, where), where, item) for item in feed.items
            )
        case "atom":
            yield from (
                _made(partial(_of_atom, item, where), where, item) for item in feed.items
            )
        case _:
            yield from (_made(partial(_of_json, item, where), where) for item in feed.objects)


def _made(make: Callable[[], Piece], where: str, item: Element | None = None) -> Piece | str:
    """Return an item, or why it is left out."""
    if item is not None and (why := why_not_public(item)):
        title = plain(said(item, "title") or said(item, "atom:title"))
        return f"{where}, {title[:60]!r}: left out: {why}"
    try:
        return make()
    except ContentRefused as error:
        return f"{where}: {' '.join((error.what, *error.why))}"
    except RecursionError:
        return f"{where}: it is nested too deep"


def _of_rss(item: Element, where: str) -> Piece:
    body = said(item, "content:encoded") or said(item, "description")
    date = said(item, "pubDate") or said(item, "dc:date")
    tags = [category.text or "" for category in item.findall("category")]
    return _piece(where, said(item, "title"), body, date, tags)


def _of_atom(item: Element, where: str) -> Piece:
    found = item.find("atom:content", NAMESPACES)
    content = item.find("atom:summary", NAMESPACES) if found is None else found
    body = "" if content is None else _markup(content)
    date = said(item, "atom:published") or said(item, "atom:updated")
    tags = [
        each.get("label") or each.get("term") or ""
        for each in item.findall("atom:category", NAMESPACES)
    ]
    return _piece(where, said(item, "atom:title"), body, date, tags)


def _of_json(item: dict[str, Any], where: str) -> Piece:
    tags = item.get("tags")
    body = _text(item, "content_html") or _escaped(_text(item, "content_text"))
    return _piece(
        where,
        _text(item, "title"),
        body,
        _text(item, "date_published"),
        [str(tag) for tag in tags] if isinstance(tags, list) else [],
    )


def _piece(where: str, title: str, body: str, date: str, tags: list[str]) -> Piece:
    text, dropped = clean_html(body)
    heading = plain(title)
    named = tuple(dict.fromkeys(filter(None, map(plain, tags))))
    place = f"{where}, {heading[:60]!r}" if heading else where
    return Piece(place, heading, text, dated(date), named, tuple(dropped), timed(date))


def _markup(content: Element) -> str:
    """Return what an element of Atom holds as HTML (RFC 4287, section 4.1.3.3)."""
    from xml.etree.ElementTree import tostring  # noqa: PLC0415  only writes what was parsed

    match content.get("type", "text"):
        case "xhtml":
            return "".join(tostring(child, "unicode", method="html") for child in content)
        case "html":
            return content.text or ""
        case _:
            return _escaped(content.text or "")


def _escaped(text: str) -> str:
    from html import escape  # noqa: PLC0415  beside the text that needs it

    return "".join(f"<p>{escape(part)}</p>" for part in text.split("\n\n") if part.strip())


def _text(item: dict[str, Any], name: str) -> str:
    value = item.get(name)
    return value if isinstance(value, str) else ""
