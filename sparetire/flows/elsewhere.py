"""Press releases that another workspace has published: a run about something else leaves them.

A crisis may be launched from a laptop that has no releases, or old ones. Their pages, lists,
feeds and sitemaps then stay as the target has them, byte for byte, and the rest of the site
goes on to show them: what it shows waits at the host since they were published.
"""

import hashlib
import json
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import asdict, replace
from pathlib import Path, PurePosixPath
from typing import Any

from sparetire.errors import SparetireError
from sparetire.flows.session import Session
from sparetire.hosts.base import Host
from sparetire.hosts.pointer import as_past
from sparetire.model.edition import Edition, Live, body_path
from sparetire.model.finding import Finding, Severity
from sparetire.model.manifest import Entry, Manifest, Wave
from sparetire.stages.build.newsroom_shown import Shown
from sparetire.stages.build.source import Source
from sparetire.workspace.rendered import Share, open_rendered

__all__ = [
    "is_newsroom",
    "lost_releases",
    "newest_there",
    "newsroom_unusable",
    "public_texts",
    "share_elsewhere",
    "strange_releases",
    "tell_share",
    "told_of",
]

_NOTE = "newsroom.json"
_RELEASE = re.compile(r"(^|/)(19|20)\d\d/[a-z0-9-]+(/index)?\.html$")
_SITEMAP = re.compile(r"sitemap-(newsroom|\d{4})\.xml")
_ASSETS = "assets/"
_TEXTS = frozenset([".html", ".json", ".txt", ".xml"])
_FIRST = (Wave.LISTS, Wave.FEEDS)  # they repeat the newest text of many pages


def lost_releases(live: Live, edition: Edition) -> list[str]:
    """Return the pages of releases that are live, and would not be in an edition.

    A page that moves because addresses end otherwise is not lost.
    """
    ours = {_stem(path) for path in edition.manifest.entries}
    gone = live.manifest.entries.keys() - edition.manifest.entries.keys()
    return [path for path in gone if _RELEASE.search(path) and _stem(path) not in ours]


def strange_releases(live: Live, edition: Edition) -> list[str]:
    """Return the pages of releases that are live as this workspace has never made them.

    Somebody else has published, corrected or withdrawn them. What we made ourselves, in another
    brand or with text since corrected, is still here under its hash; of a release that our
    record does not know, that hash proves nothing: a dry run leaves it, too.
    """
    ours = edition.manifest.entries
    known = {_stem(path) for path in ours}
    return [
        path
        for path, entry in live.manifest.beside(edition.manifest).items()
        if (path not in ours or ours[path].sha256 != entry.sha256)
        and _RELEASE.search(path)
        and not (_stem(path) in known and edition.file(entry).exists())
    ]


def share_elsewhere(host: Host, source: Source, live: Live) -> Share:
    """Return the newsroom as a target has it: its files, and what other pages show of it."""
    newsroom = Manifest({entry.path: entry for entry in _newsroom(live.manifest, source)})
    shown = _shown_there(_note(host), newsroom, source)
    return Share(newsroom, json.dumps(asdict(shown), ensure_ascii=False), inspected=True)


def public_texts(host: Host, live: Live, bodies: Path) -> Iterator[str]:
    """Yield the files that the public reads at a target, as texts; those of many pages first.

    Args:
        host: Keeps what is live, by its hash.
        live: What that is.
        bodies: The folder with what this machine has already.
    """
    texts = [
        entry
        for path, entry in live.manifest.entries.items()
        if PurePosixPath(path).suffix in _TEXTS and entry.sha256
    ]
    for entry in sorted(texts, key=lambda one: one.wave not in _FIRST):
        with suppress(SparetireError, OSError):
            body = _body(host, live, entry, bodies)
            if hashlib.sha256(body).hexdigest() == entry.sha256:
                yield body.decode("utf-8", errors="replace")


def _body(host: Host, live: Live, entry: Entry, bodies: Path) -> bytes:
    here = body_path(bodies, entry.sha256)
    return here.read_bytes() if here.exists() else host.fetch(as_past(live), entry)


def newest_there(host: Host) -> str:
    """Return the instant of the newest that was published, or withdrawn, at a target."""
    return str(_note(host).get("newest", ""))


def told_of(target: str, pages: list[str]) -> Finding:
    """Return what the person who approves a run is told of releases that it leaves alone."""
    return Finding(
        "releases-elsewhere",
        Severity.WARNING,
        target,
        f"It carries {len(pages)} pages of press releases that this workspace does not know "
        "as they are. All releases stay as the public has them.",
        "When there is time, copy releases/ from the workspace that published them.",
    )


def newsroom_unusable(error: SparetireError) -> Finding:
    """Return what the person who approves a run is told where our own newsroom is damaged."""
    return Finding(
        "releases-unusable",
        Severity.WARNING,
        "releases",
        f"{error.what} {' '.join(error.why)} All releases stay as the public has them.",
        error.then,
    )


def tell_share(session: Session, edition: Edition, newest: str, host: Host) -> None:
    """Leave at a target what other pages show of the newsroom, for whoever lacks it.

    Raises:
        SparetireError: The host will not keep it, or the index of pages cannot be read.
    """
    with open_rendered(session.workspace.rendered) as rendered:
        note = {"newest": newest, "shown": rendered.shown(edition.share)}
    host.keep(_NOTE, json.dumps(note).encode())


def is_newsroom(path: str, source: Source) -> bool:
    """Tell whether a file is the newsroom's own, but for pictures."""
    return path.startswith(_places(source)) or bool(_SITEMAP.fullmatch(path))


def _newsroom(manifest: Manifest, source: Source) -> Iterator[Entry]:
    """Yield the files of the newsroom, and the pictures that its pages may show."""
    starts = (*_places(source), _ASSETS)
    for path, entry in manifest.entries.items():
        if path.startswith(starts) or _SITEMAP.fullmatch(path):
            yield entry


def _places(source: Source) -> tuple[str, ...]:
    """Return how the paths of the newsroom begin, whatever addresses end in."""
    from sparetire.stages.build.release_pages import Newsroom  # noqa: PLC0415  rarely needed

    bare = replace(source, releases=())  # ours may be damaged, or thousands
    everywhere = Newsroom.of(bare, source.languages[0]).paths.values()
    folders = [each.feed().removesuffix("feed.xml") for each in everywhere]
    return (*folders, *(f"{folder.removesuffix('/')}.html" for folder in folders))


def _stem(path: str) -> str:
    """Return a page's path without its ending: both kinds of addresses have it alike."""
    return path.removesuffix(".html").removesuffix("/index")


def _note(host: Host) -> dict[str, Any]:
    """Return what was left about the newsroom; of a damaged note nothing is known."""
    with suppress(ValueError, TypeError):
        note = host.kept(_NOTE).get(_NOTE)
        return dict(json.loads(note)) if note else {}
    return {}


def _shown_there(note: dict[str, Any], newsroom: Manifest, source: Source) -> Shown:
    """Return what other pages show of a newsroom, as far as it leads to pages that are live.

    The note may be older or newer than what is live: its run died, or was rolled back.
    """
    there = newsroom.entries
    ends = tuple(f"/{source.routes.public(path)}" for path in there if _RELEASE.search(path))

    def live(rows: list[dict[str, str]]) -> list[dict[str, str]]:
        return [row for row in rows if row["path"] in there]

    with suppress(KeyError, TypeError, ValueError, AttributeError):
        shown = Shown(**json.loads(note["shown"]))
        return replace(
            shown,
            menu={code: live(rows) for code, rows in shown.menu.items()},
            newest={
                code: {
                    "rows": live(one["rows"]),
                    "path": one["path"] if one["path"] in there else "",
                }
                for code, one in shown.newest.items()
            },
            feeds={code: live(rows) for code, rows in shown.feeds.items()},
            articles=[row for row in shown.articles if row["address"].endswith(ends)],
            sitemaps=[name for name in shown.sitemaps if name in there],
        )
    return _way_in(newsroom, source)


def _way_in(newsroom: Manifest, source: Source) -> Shown:
    """Return the least that leads to a newsroom: its place in the menu, and its sitemaps."""
    from sparetire.stages.build.release_pages import Newsroom  # noqa: PLC0415  rarely needed

    menu = {}
    for language in source.languages:
        one = Newsroom.of(replace(source, releases=()), language)
        row = {"key": "newsroom", "title": one.words["title"], "path": one.here.front}
        if one.here.front in newsroom.entries:
            menu[language.code] = [{**row, "feed": one.here.feed()}]
    sitemaps = sorted(path for path in newsroom.entries if _SITEMAP.fullmatch(path))
    return Shown(menu=menu, sitemaps=sitemaps)
