"""A built page as rules look at it: parsed once, however many rules ask."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache
from html.parser import HTMLParser
from pathlib import Path

from typing_extensions import override

from sparetire.model.edition import body_path
from sparetire.rules.base import Built

__all__ = [
    "NOT_FOUND",
    "Heading",
    "Page",
    "Tag",
    "file_text",
    "language_of",
    "page_of",
    "pages",
]

NOT_FOUND = "404.html"

_UNSEEN = frozenset({"script", "style", "template"})
# Text on both sides of these is one line; every other tag starts a new one.
_INLINE = frozenset(
    {"a", "abbr", "b", "code", "em", "i", "span", "strong", "sub", "sup", "time"}
)


@dataclass(frozen=True, slots=True)
class Tag:
    """An opening tag; an attribute without a value has an empty one."""

    name: str
    attributes: dict[str, str]
    line: int

    def get(self, attribute: str) -> str:
        """Return the value of an attribute, or nothing."""
        return self.attributes.get(attribute, "")

    @property
    def relations(self) -> frozenset[str]:
        """The words of its ``rel``."""
        return frozenset(self.get("rel").lower().split())


@dataclass(frozen=True, slots=True)
class Heading:
    """A heading and its level, from 1 to 6."""

    level: int
    line: int


@dataclass(frozen=True, slots=True)
class Page:
    """One HTML page.

    Attributes:
        path: Its path in the edition.
        tags: Every opening tag, in order.
        titles: The text of each ``title`` in the head.
        headings: In order.
        linked_data: The text of each JSON-LD script.
        styles: The text of each ``style`` element.
        text: What a reader sees, the title included.
    """

    path: str
    tags: tuple[Tag, ...]
    titles: tuple[str, ...]
    headings: tuple[Heading, ...]
    linked_data: tuple[str, ...]
    styles: tuple[str, ...]
    text: str
    ids: frozenset[str]

    def named(self, *names: str) -> Iterator[Tag]:
        """Yield the tags with one of these names."""
        return (tag for tag in self.tags if tag.name in names)

    def metas(self, name: str) -> tuple[str, ...]:
        """Return the contents of a ``meta``, whether it is a name or an Open Graph property."""
        return tuple(
            tag.get("content").strip()
            for tag in self.named("meta")
            if name in {tag.get("name").lower(), tag.get("property").lower()}
        )

    def links(self, relation: str) -> tuple[Tag, ...]:
        """Return the ``link`` tags with a relation."""
        return tuple(tag for tag in self.named("link") if relation in tag.relations)

    @property
    def language(self) -> str:
        """The language that the page says it is in."""
        return next((tag.get("lang") for tag in self.named("html")), "")

    @property
    def hidden(self) -> bool:
        """Whether the page asks search engines to leave it out."""
        return any("noindex" in robots.lower() for robots in self.metas("robots"))


def pages(built: Built) -> tuple[Page, ...]:
    """Return every HTML page to look at, sorted by path."""
    return tuple(
        page_of(built.bodies, path, built.manifest.entries[path].sha256)
        for path in built.fresh
        if path.endswith(".html")
    )


def file_text(built: Built, path: str) -> str:
    """Return the text of a file of the site."""
    return _text(built.bodies, built.manifest.entries[path].sha256)


def language_of(built: Built, path: str) -> str | None:
    """Return the code of the language a path belongs to; None for ``/`` and what all share."""
    codes = [language.code for language in built.settings.languages]
    if built.routes.single:
        return codes[0]
    folder = path.split("/", 1)[0]
    return folder if folder in codes else None


@lru_cache(maxsize=512)
def page_of(bodies: Path, path: str, sha256: str) -> Page:
    """Return the HTML page with these bytes."""
    reader = _Reader()
    reader.feed(_text(bodies, sha256))
    reader.close()
    return Page(
        path=path,
        tags=tuple(reader.tags),
        titles=tuple(" ".join(title.split()) for title in reader.titles),
        headings=tuple(
            Heading(int(tag.name[1]), tag.line)
            for tag in reader.tags
            if tag.name in {"h1", "h2", "h3", "h4", "h5", "h6"}
        ),
        linked_data=tuple(reader.linked_data),
        styles=tuple(reader.styles),
        text="".join(reader.seen),
        ids=frozenset(tag.get("id") for tag in reader.tags if "id" in tag.attributes),
    )


@lru_cache(maxsize=512)
def _text(bodies: Path, sha256: str) -> str:
    return body_path(bodies, sha256).read_text(encoding="utf-8", errors="replace")


class _Reader(HTMLParser):
    """Collects what `Page` holds."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[Tag] = []
        self.titles: list[str] = []
        self.linked_data: list[str] = []
        self.styles: list[str] = []
        self.seen: list[str] = []
        self._open: list[str] = []
        self._into: list[str] | None = None

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        # The first of two equal attributes wins (HTML, 13.2.5.33).
        attributes = {name: value or "" for name, value in reversed(attrs)}
        found = Tag(tag, attributes, self.getpos()[0])
        self.tags.append(found)
        if tag not in _INLINE:
            self.seen.append("\n")
        self._into = self._place_for(found)
        if self._into is not None:
            self._into.append("")
        if tag in _UNSEEN or tag == "svg":
            self._open.append(tag)

    @override
    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)
        self.handle_endtag(tag)

    @override
    def handle_endtag(self, tag: str) -> None:
        self._into = None
        if tag not in _INLINE:
            self.seen.append("\n")
        if tag in self._open:
            self._open.remove(tag)

    @override
    def handle_data(self, data: str) -> None:
        if self._into is not None:
            self._into[-1] += data
        if _UNSEEN.isdisjoint(self._open):
            self.seen.append(data)

    def _place_for(self, tag: Tag) -> list[str] | None:
        match tag.name:
            case "title" if "svg" not in self._open:
                return self.titles
            case "script" if tag.get("type").strip().lower() == "application/ld+json":
                return self.linked_data
            case "style":
                return self.styles
            case _:
                return None
