"""A release as it reads: its dateline, its words, its notes, as one text."""

import os
import re
from datetime import date
from functools import lru_cache
from html import escape
from pathlib import Path
from typing import BinaryIO

from sparetire.disk import local_disk
from sparetire.model.release import Release
from sparetire.stages.build.moments import day_in_words
from sparetire.stages.build.newsroom_paths import NewsroomPaths
from sparetire.stages.markdown import to_html
from sparetire.stages.typography import typeset_html

__all__ = ["ReleaseTexts", "body_html", "dateline", "opened", "told_title"]

# Canadian Press and Associated Press: five months are never shortened.
_MONTHS = (
    *("Jan.", "Feb.", "March", "April", "May", "June"),
    *("July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."),
)
# The line of a quote that says who speaks, whether or not a break stands before it already.
_SIGNED = re.compile(r"(?:(?<!\\)\\|[ \t]+)?\n(>[ \t]*[—–])")
_PARAGRAPH = "<p>"
_NO_PARAGRAPH = re.compile(r"[#>|*+-]|\d+[.)] ")


class ReleaseTexts:
    """The texts of releases in one language as clean HTML, set.

    Each is rendered once, for its page and then for its feeds. Meanwhile it waits in a file:
    the texts of an archive would fill the memory.

    Args:
        paths: Where the pages of that language are.
        tag: Of the language.
        file: Where texts wait; without one, each is rendered whenever it is asked for.
    """

    def __init__(self, paths: NewsroomPaths, tag: str, file: BinaryIO | None) -> None:
        self._paths, self._tag, self._file = paths, tag, file
        self._disk = Path(file.name) if file else Path()
        self._places: dict[str, tuple[int, int]] = {}

    def html(self, release: Release) -> str:
        """Return the text of a release.

        Raises:
            LocalDiskFault: There is no room for it.
        """
        if self._file is None:
            return self._rendered(release)
        with local_disk(self._disk):
            if place := self._places.get(release.id):
                self._file.seek(place[0])
                return self._file.read(place[1]).decode()
            html = self._rendered(release)
            start = self._file.seek(0, os.SEEK_END)
            self._places[release.id] = start, self._file.write(html.encode())
            self._file.flush()  # else a full disk would be heard of somewhere else
        return html

    def _rendered(self, release: Release) -> str:
        return typeset_html(_html(release, self._paths, self._tag), self._paths.code)


def dateline(place: str, day: date, tag: str) -> str:
    """Return the place and the day that open a release, as its language sets them.

    French: OQLF, « Communiqué » (place, date, full stop, dash). English: the press's own style.
    """
    if tag.startswith("fr"):
        where = f"{place}, le" if place else "Le"
        return f"{where} {day_in_words(day, tag)}. –"
    when = f"{_MONTHS[day.month - 1]}\u00a0{day.day}, {day.year}"
    return f"{place.upper()}, {when} –" if place else f"{when} –"


def _html(release: Release, paths: NewsroomPaths, tag: str) -> str:
    """Return the whole text in one language; of a withdrawn release, the notice alone."""
    publication = release.publication
    assert publication is not None  # noqa: S101  only public releases are built
    assert release.published is not None  # noqa: S101  as above
    if publication.withdrawn:
        return body_html(publication.notice.get(paths.code, ""))
    wording, day = release.wordings[paths.code], release.published.astimezone(paths.zone)
    return opened(dateline(wording.place, day, tag), wording.body)


def opened(opening: str, body: str) -> str:
    """Return what a dateline opens: its first paragraph, where it begins with one."""
    html = body_html(body)
    # As what cleans HTML would write it.
    told = escape(opening, quote=False).replace("\u00a0", "&nbsp;")
    if html.startswith(_PARAGRAPH) and not _NO_PARAGRAPH.match(body.lstrip()):
        return f"<p><strong>{told}</strong> {html.removeprefix(_PARAGRAPH)}"
    return f"<p><strong>{told}</strong></p>\n{html}".strip()


@lru_cache(maxsize=1)  # a page tells its words twice: to people and to search engines
def body_html(body: str) -> str:
    """Return the words that an author wrote as clean HTML, not set yet."""
    if "\n>" in body:  # to look for what is signed takes longer than all else here
        body = _SIGNED.sub(r"\\\n\1", body)
    return to_html(body, top=2, anchor="page")


def told_title(release: Release, paths: NewsroomPaths) -> str:
    """Return the title, or what stands in its place once the release was withdrawn."""
    if release.withdrawn:
        withdrawn: str = paths.words["withdrawn_title"]
        return withdrawn
    return release.wordings[paths.code].title
