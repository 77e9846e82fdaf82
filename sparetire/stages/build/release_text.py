"""A release as it reads: its dateline, its words, its notes, as one Markdown text."""

import re
from datetime import date

from sparetire.model.release import Release
from sparetire.stages.build.moments import day_in_words
from sparetire.stages.build.newsroom_paths import NewsroomPaths

__all__ = ["dateline", "release_markdown", "told_title"]

# Canadian Press and Associated Press: five months are never shortened.
_MONTHS = (
    *("Jan.", "Feb.", "March", "April", "May", "June"),
    *("July", "Aug.", "Sept.", "Oct.", "Nov.", "Dec."),
)
# The line of a quote that says who speaks, whether or not a break stands before it already.
_SIGNED = re.compile(r"(?:(?<!\\)\\|[ \t]+)?\n(>[ \t]*[—–])")
_MARKDOWN = re.compile(r"([\\`*_{}\[\]<>#|~])")
_NO_PARAGRAPH = re.compile(r"[#>|*+-]|\d+[.)] ")


def dateline(place: str, day: date, tag: str) -> str:
    """Return the place and the day that open a release, as its language sets them.

    French: OQLF, « Communiqué » (place, date, full stop, dash). English: the press's own style.
    """
    if tag.startswith("fr"):
        where = f"{place}, le" if place else "Le"
        return f"{where} {day_in_words(day, tag)}. –"
    when = f"{_MONTHS[day.month - 1]}\u00a0{day.day}, {day.year}"
    return f"{place.upper()}, {when} –" if place else f"{when} –"


def release_markdown(release: Release, paths: NewsroomPaths, tag: str) -> str:
    """Return the whole text in one language; of a withdrawn release, the notice alone."""
    publication = release.publication
    assert publication is not None  # noqa: S101  only public releases are built
    assert release.published is not None  # noqa: S101  as above
    if publication.withdrawn:
        return publication.notice.get(paths.code, "")
    wording = release.wordings[paths.code]
    body = wording.body.strip()
    if "\n>" in body:  # to look for what is signed takes longer than all else here
        body = _SIGNED.sub(r"\\\n\1", body)
    day = release.published.astimezone(paths.zone)
    opening = _escaped(dateline(wording.place, day, tag))
    # A heading or a list cannot begin within a line.
    gap = "\n\n" if _NO_PARAGRAPH.match(body) else " "
    return f"**{opening}**{gap}{body}\n"


def told_title(release: Release, paths: NewsroomPaths) -> str:
    """Return the title, or what stands in its place once the release was withdrawn."""
    if release.withdrawn:
        withdrawn: str = paths.words["withdrawn_title"]
        return withdrawn
    return release.wordings[paths.code].title


def _escaped(text: str) -> str:
    return _MARKDOWN.sub(r"\\\1", text)
