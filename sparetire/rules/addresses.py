"""Which addresses a page names, and where in the edition they lead."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import unquote, urljoin, urlsplit

from sparetire.model.routes import INDEX, PageUrls
from sparetire.rules.base import Built
from sparetire.rules.pages import Page, Tag

__all__ = ["Address", "addresses", "css_addresses", "path_of", "resolve", "same_origin"]

_SOURCES = {
    "audio": ("src",),
    "embed": ("src",),
    "frame": ("src",),
    "iframe": ("src",),
    "image": ("href", "xlink:href"),
    "img": ("src", "srcset"),
    "input": ("src",),
    "object": ("data",),
    "script": ("src",),
    "source": ("src", "srcset"),
    "track": ("src",),
    "use": ("href", "xlink:href"),
    "video": ("src", "poster"),
}
_NAMING = {*_SOURCES, "a", "area", "link", "meta"}
"""The elements that name an address, of the many of a page."""

_FETCHING_RELATIONS = frozenset(
    [
        "apple-touch-icon",
        "apple-touch-icon-precomposed",
        "dns-prefetch",
        "icon",
        "manifest",
        "mask-icon",
        "modulepreload",
        "preconnect",
        "prefetch",
        "preload",
        "prerender",
        "stylesheet",
    ]
)
_CSS_ADDRESS = re.compile(
    r"""(?ix) url\(\s*["']?([^"')]+?)["']?\s*\) | @import\s+["']([^"']+)["']"""
)
_REFRESH = re.compile(r"(?i)url\s*=\s*[\"']?([^\"'>]+)")


@dataclass(frozen=True, slots=True)
class Address:
    """An address as written.

    Attributes:
        value: What stands in the page.
        line: Where it stands; 0 for a style.
        fetched: Whether the browser goes there by itself, without a click.
    """

    value: str
    line: int
    fetched: bool


def addresses(page: Page) -> Iterator[Address]:
    """Yield every address in a page."""
    for tag in page.tags:
        if tag.name in _NAMING:
            yield from _of_tag(tag)
        if "style" in tag.attributes:
            for value in css_addresses(tag.get("style")):
                yield Address(value, tag.line, fetched=True)
    for style in page.styles:
        for value in css_addresses(style):
            yield Address(value, 0, fetched=True)


def css_addresses(style: str) -> Iterator[str]:
    """Yield every address in a style sheet."""
    for match in _CSS_ADDRESS.finditer(style):
        yield (match[1] or match[2]).strip()


def resolve(built: Built, path: str, value: str) -> str:
    """Return the absolute address that a value means on the page at a path.

    Raises:
        ValueError: The value is not an address.
    """
    return urljoin(f"{built.routes.base_url}/{path}", value.strip())


def same_origin(built: Built, url: str) -> bool:
    """Tell whether an absolute address is on the site's own host."""
    ours, theirs = urlsplit(built.routes.base_url), urlsplit(url)
    return (ours.scheme, ours.netloc) == (theirs.scheme, theirs.netloc)


def path_of(built: Built, url: str) -> str | None:
    """Return the path in the edition that an absolute address shows, or None."""
    base = f"{built.routes.base_url}/"
    bare = url.partition("#")[0].partition("?")[0]
    if not f"{bare}/".startswith(base):
        return None
    path = unquote(bare[len(base) :])
    if built.routes.page_urls is PageUrls.FOLDER and (not path or path.endswith("/")):
        path += INDEX
    return path if path in built.manifest.entries else None


def _of_tag(tag: Tag) -> Iterator[Address]:
    for attribute in _SOURCES.get(tag.name, ()):
        if value := tag.get(attribute):
            for part in _candidates(value) if attribute == "srcset" else (value,):
                yield Address(part, tag.line, fetched=True)
    if tag.name == "link" and "href" in tag.attributes:
        fetched = not tag.relations.isdisjoint(_FETCHING_RELATIONS)
        yield Address(tag.get("href"), tag.line, fetched=fetched)
    if tag.name in {"a", "area"} and "href" in tag.attributes:
        yield Address(tag.get("href"), tag.line, fetched=False)
    if tag.name == "meta" and tag.get("http-equiv").lower() == "refresh":
        for match in _REFRESH.finditer(tag.get("content")):
            yield Address(match[1], tag.line, fetched=True)


def _candidates(srcset: str) -> Iterator[str]:
    for candidate in srcset.split(","):
        if words := candidate.split():
            yield words[0]
