"""The files that stand at older addresses of a text that was taken back or put right."""

from html import escape
from pathlib import PurePosixPath

from sparetire.model.edition import Edition
from sparetire.model.manifest import Entry, Wave
from sparetire.model.media import content_type, is_dress
from sparetire.model.taken_back import AddressNotice, TakenBack
from sparetire.workspace.bodies import Bodies

__all__ = ["CARDS", "Replacements", "is_picture", "is_text"]

CARDS = "assets/card."
_TEXTS = frozenset([".atom", ".atomdeleted", ".html", ".json", ".txt", ".xml"])
_PICTURES = frozenset([".gif", ".jpeg", ".jpg", ".png", ".webp"])
_FEEDS = frozenset([".atom", ".json", ".xml"])
_NO_CACHE = "public, max-age=0, s-maxage=60, stale-while-revalidate=30"
_HTML = content_type("page.html")
_PAGE = """<!doctype html>
<html lang="{tag}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>{title}</title>
<link rel="canonical" href="{address}">
</head>
<body>
<main>
<h1>{title}</h1>
{html}
<p><a href="{address}">{link}</a></p>
</main>
</body>
</html>
"""


def is_text(path: str) -> bool:
    """Tell whether a file may hold words."""
    return PurePosixPath(path).suffix in _TEXTS


def is_picture(path: str) -> bool:
    """Tell whether a file is shown or offered by a page, and no part of how pages look."""
    return path.startswith("assets/") and not is_dress(content_type(path))


class Replacements:
    """Makes what stands at an older address.

    Args:
        taken: What was taken back.
        edition: The site as it is to be.
        single: The site has one language, at the root.
    """

    def __init__(self, taken: TakenBack, edition: Edition, *, single: bool) -> None:
        self._taken = taken
        self._edition = edition
        self._single = single
        self._bodies = Bodies(edition.bodies)

    def at(self, path: str) -> Entry:
        """Return what stands at a path: a notice, the present feed, or a neutral picture."""
        suffix = PurePosixPath(path).suffix
        if suffix in _PICTURES and (card := self._card()):
            return self._as(path, card)
        if suffix in _FEEDS and (feed := self._feed(path, suffix)):
            return self._as(path, feed)
        body = self._bodies.keep(_page(self._notice(path)).encode())
        return Entry(path, body.sha256, body.size, _HTML, _NO_CACHE, Wave.PAGES)

    def _as(self, path: str, other: Entry) -> Entry:
        kind, wave = other.content_type, Wave.PAGES
        return Entry(path, other.sha256, other.size, kind, _NO_CACHE, wave)

    def _notice(self, path: str) -> AddressNotice:
        notices = self._taken.notices
        return notices.get(self._code(path)) or next(iter(notices.values()))

    def _code(self, path: str) -> str:
        if self._single:
            return next(iter(self._taken.notices))
        return path.partition("/")[0]

    def _feed(self, path: str, suffix: str) -> Entry | None:
        """Return the feed that readers of an older one are to get."""
        form = suffix.removeprefix(".")
        here = self._taken.feeds.get((self._code(path), form), "")
        return self._edition.manifest.entries.get(here)

    def _card(self) -> Entry | None:
        entries = self._edition.manifest.entries
        cards = sorted(path for path in entries if path.startswith(CARDS))
        return entries[cards[0]] if cards else None


def _page(notice: AddressNotice) -> str:
    return _PAGE.format(
        tag=notice.tag,
        title=escape(notice.title),
        html=notice.html,
        address=escape(notice.address),
        link=escape(notice.link),
    )
