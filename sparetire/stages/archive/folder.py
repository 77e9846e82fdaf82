"""Reads the releases of a folder: one HTML or Markdown file each."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path

from typing_extensions import override

from sparetire.errors import ContentRefused, SparetireError, UsageFault
from sparetire.stages.archive.piece import Piece, dated, plain, timed
from sparetire.stages.archive.unpublished import why_not_public_head
from sparetire.stages.intake.clean import clean_html
from sparetire.stages.intake.markdown_text import markdown_to_markdown

__all__ = ["pieces_of_folder"]

MOST_FILES = 5_000
MOST_BYTES = 1_000_000  # a page without its pictures is far smaller
_PAGES, _TEXTS = {".html", ".htm"}, {".md", ".markdown"}
_MAIN = ("article", "main", "body")
_HEAD = re.compile(r"([A-Za-z_]{1,30}):[ \t]*(.*)")
_DATES = {"article:published_time", "datepublished", "date", "dcterms.date", "dc.date"}


def pieces_of_folder(folder: Path) -> Iterator[Piece | str]:
    """Yield every release of a folder by name, or why a file is left out.

    Links are not followed: what they lead to may be anything on this machine.

    Raises:
        UsageFault: It holds no such file, or far too many.
    """
    paths = sorted(
        path
        for path in folder.rglob("*")
        if path.suffix.lower() in _PAGES | _TEXTS and path.is_file() and not path.is_symlink()
    )
    if not 1 <= len(paths) <= MOST_FILES:
        raise UsageFault(
            f"{folder} holds {len(paths)} files with releases.",
            why=f"What is taken over are 1 to {MOST_FILES} files: .html, .htm, .md, .markdown.",
            then="Give the folder that holds the releases and nothing else.",
        )
    for path in paths:
        place = path.relative_to(folder).as_posix()
        try:
            yield _piece(path, place)
        except SparetireError as error:
            yield f"{place}: {' '.join(error.why) or error.what}"
        except OSError as error:
            yield f"{place}: {error.strerror}"
        except RecursionError:
            yield f"{place}: it is nested too deep"


def _piece(path: Path, place: str) -> Piece:
    with path.open("rb") as file:
        content = file.read(MOST_BYTES + 1)
    if len(content) > MOST_BYTES:
        raise ContentRefused(place, why=f"It holds more than {MOST_BYTES // 1_000_000} MB.")
    if path.suffix.lower() in _TEXTS:
        return _of_text(content, place)
    page = _Page()
    markup = content.decode("utf-8", errors="replace")
    page.feed(markup)
    body, dropped = clean_html(page.main, markup)
    title, heading, banner = plain(page.title), plain(page.heading), plain(page.banner)
    # Beside a release's own words, a title holds the name of the site, mostly behind them. A
    # heading outside of the text may be either.
    if heading and heading in title:
        title = heading
    elif banner and not heading and title.startswith(banner):
        title = banner
    date, hour = dated(page.date), timed(page.date)
    return Piece(place, title or heading or banner, body, date, (), tuple(dropped), hour)


def _of_text(content: bytes, place: str) -> Piece:
    """Return Markdown with what its head says, as Pelican and others write it."""
    lines = content.decode("utf-8-sig", errors="replace").replace("\r\n", "\n").split("\n")
    facts: dict[str, str] = {}
    while lines and (found := _HEAD.fullmatch(lines[0])):
        facts[found[1].lower()] = found[2]
        lines.pop(0)
    if why := why_not_public_head(facts):
        raise ContentRefused(place, why=f"left out: {why}")
    text = "\n".join(lines).strip()
    title = facts.get("title", "")
    if not title and text.startswith("# "):
        title, _, text = text[2:].partition("\n")
    intake = markdown_to_markdown(text.encode())
    tags = tuple(filter(None, map(plain, facts.get("tags", "").split(","))))
    date = facts.get("date", "")
    return Piece(
        place, plain(title), intake.text, dated(date), tags, intake.dropped, timed(date)
    )


@dataclass
class _Page(HTMLParser):
    """Finds title, date and main part of a page; whatever is in them is cleaned later.

    Attributes:
        title: What the window shows.
        heading: The heading within an article or the main part.
        banner: A heading elsewhere.
        date: When it first appeared.
    """

    title: str = ""
    heading: str = ""
    banner: str = ""
    date: str = ""
    _text: list[str] = field(default_factory=list)
    _starts: dict[str, int] = field(default_factory=dict)
    _ends: dict[str, int] = field(default_factory=dict)
    _inside: str = ""

    def __post_init__(self) -> None:
        super().__init__(convert_charrefs=False)

    @property
    def main(self) -> str:
        """The innermost part that holds the text, without the heading that is the title."""
        for name in _MAIN:
            if name in self._starts:
                end = self._ends.get(name, len(self._text))
                return "".join(self._text[self._starts[name] : end])
        return "".join(self._text)

    @property
    def _in_text(self) -> bool:
        return any(name in self._starts and name not in self._ends for name in _MAIN[:-1])

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep the tag, and what it tells."""
        told = {name: value or "" for name, value in attrs}
        if tag == "meta":
            name = (told.get("property") or told.get("name") or "").lower()
            if name in _DATES and not self.date:
                self.date = told.get("content", "")
        elif tag == "time" and not self.date:
            self.date = told.get("datetime", "")
        self._inside = tag if tag in {"title", "h1"} else self._inside
        if tag != "h1":
            self._text.append(self.get_starttag_text() or "")
        self._starts.setdefault(tag, len(self._text))

    @override
    def handle_endtag(self, tag: str) -> None:
        """Keep the end of a part."""
        self._ends[tag] = len(self._text)
        if tag == self._inside:
            self._inside = ""
        elif tag != "h1":
            self._text.append(f"</{tag}>")

    @override
    def handle_data(self, data: str) -> None:
        """Keep text, apart where it is the title."""
        if self._inside == "title":
            self.title += data
        elif self._inside == "h1" and self._in_text:
            self.heading += data
        elif self._inside == "h1":
            self.banner += data
        else:
            self._text.append(data)

    @override
    def handle_entityref(self, name: str) -> None:
        """Keep a letter that is written by its name."""
        self.handle_data(f"&{name};")

    @override
    def handle_charref(self, name: str) -> None:
        """Keep a letter that is written by its number."""
        self.handle_data(f"&#{name};")
