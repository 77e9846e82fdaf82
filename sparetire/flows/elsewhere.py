"""Press releases that another workspace has published: a run about something else leaves them.

A crisis may be launched from a laptop that has no releases, or old ones. Their pages, lists,
feeds and sitemaps then stay as the target has them, byte for byte, and the rest of the site
goes on to show them: what it shows waits at the host since they were published.
"""

import json
import re
from collections.abc import Iterator
from dataclasses import asdict

from sparetire.flows.session import Session
from sparetire.hosts.base import Host
from sparetire.model.edition import Edition, Live
from sparetire.model.finding import Finding, Severity
from sparetire.model.manifest import Entry, Manifest
from sparetire.stages.build.newsroom_shown import Shown
from sparetire.stages.build.source import Source
from sparetire.workspace.rendered import Share, open_rendered

__all__ = [
    "lost_releases",
    "newest_there",
    "share_elsewhere",
    "strange_releases",
    "tell_share",
    "told_of",
]

_NOTE = "newsroom.json"
_RELEASE = re.compile(r"(^|/)(19|20)\d\d/[a-z0-9-]+(/index)?\.html$")
_SITEMAP = re.compile(r"sitemap-(newsroom|\d{4})\.xml")
_ASSETS = "assets/"


def lost_releases(live: Live, edition: Edition) -> list[str]:
    """Return the pages of releases that are live, and would not be in an edition."""
    gone = live.manifest.entries.keys() - edition.manifest.entries.keys()
    return [path for path in gone if _RELEASE.search(path)]


def strange_releases(live: Live, edition: Edition) -> list[str]:
    """Return the pages of releases that are live as this workspace has never made them.

    Somebody else has published, corrected or withdrawn them. What we made ourselves, in another
    dress or with words since corrected, is still here under its hash.
    """
    ours = edition.manifest.entries
    return [
        path
        for path, entry in live.manifest.beside(edition.manifest).items()
        if (path not in ours or ours[path].sha256 != entry.sha256)
        and _RELEASE.search(path)
        and (path not in ours or not edition.file(entry).exists())
    ]


def share_elsewhere(host: Host, source: Source, live: Live) -> Share:
    """Return the newsroom as a target has it: its files, and what other pages show of it."""
    shown = _note(host).get("shown") or json.dumps(asdict(Shown()))
    newsroom = {entry.path: entry for entry in _newsroom(live.manifest, source)}
    return Share(Manifest(newsroom), shown, inspected=True)


def newest_there(host: Host) -> str:
    """Return the instant of the newest that was published, or withdrawn, at a target."""
    return _note(host).get("newest", "")


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


def tell_share(session: Session, edition: Edition, newest: str, host: Host) -> None:
    """Leave at a target what other pages show of the newsroom, for whoever lacks it.

    Raises:
        SparetireError: The host will not keep it, or the index of pages cannot be read.
    """
    with open_rendered(session.workspace.rendered) as rendered:
        note = {"newest": newest, "shown": rendered.shown(edition.share)}
    host.keep(_NOTE, json.dumps(note).encode())


def _newsroom(manifest: Manifest, source: Source) -> Iterator[Entry]:
    """Yield the files of the newsroom, and the pictures that its pages may show."""
    from sparetire.stages.build.release_pages import Newsroom  # noqa: PLC0415  rarely needed

    everywhere = Newsroom.of(source, source.languages[0]).paths.values()
    folders = [each.feed().removesuffix("feed.xml") for each in everywhere]
    fronts = [each.front for each in everywhere]
    for path, entry in manifest.entries.items():
        if path.startswith((*folders, *fronts, _ASSETS)) or _SITEMAP.fullmatch(path):
            yield entry


def _note(host: Host) -> dict[str, str]:
    note = host.kept(_NOTE).get(_NOTE)
    return dict(json.loads(note)) if note else {}
