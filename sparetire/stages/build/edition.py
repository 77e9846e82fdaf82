"""Builds an edition: same source, same bytes, whatever the clock says.

Only what was not rendered before is rendered, and a build that was cut short leaves nothing
that the next one would believe.
"""

import secrets
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sparetire.disk import local_disk
from sparetire.errors import BuildFault
from sparetire.model.edition import Edition, Entry, Manifest, Wave
from sparetire.model.media import cache_control, content_type
from sparetire.stages.build.builder import Builder
from sparetire.stages.build.cards import ASSETS, card_of
from sparetire.stages.build.document import PageDocument
from sparetire.stages.build.documents import both_languages, language_pages
from sparetire.stages.build.frame import Frame, frames_of
from sparetire.stages.build.pictures import TAB_ICON, Pictures
from sparetire.stages.build.rendering import Body, Rendering
from sparetire.stages.build.source import Source
from sparetire.stages.build.syndication import syndication
from sparetire.workspace.bodies import Bodies
from sparetire.workspace.card import Card
from sparetire.workspace.layout import Workspace
from sparetire.workspace.rendered import open_rendered

__all__ = ["build_edition"]


def build_edition(source: Source, workspace: Workspace, builder: Builder) -> Edition:
    """Build the site; its bytes stay in the workspace, under their hashes.

    Args:
        source: Everything that may become public.
        workspace: Where builds are kept; what an earlier crash left there is removed.
        builder: The process that may have been started long before.

    Raises:
        BuildFault: Pelican failed, or a source has no output, or an output no source.
        LocalDiskFault: The disk is full or not ours.
    """
    bodies = Bodies(workspace.bodies)
    with (
        _fresh_folder(workspace.builds) as folder,
        open_rendered(workspace.rendered) as rendered,
    ):
        pictures = Pictures(source, bodies, rendered)
        frames = frames_of(source, pictures.told())
        rendering = Rendering(folder, bodies, rendered)
        pages = _add_pages(rendering, source, frames)
        rendering.start(builder)
        for card in _cards(source, frames, pages):
            pictures.add(card)
        pictures.draw()
        files = pictures.files
        words = {frame.bundle["lang"]["code"]: frame.bundle["words"] for frame in frames}
        for path, content in syndication(source, pages, words):
            files[path] = Body(bodies.keep(content), len(content))
        rendering.collect(builder)
    files |= rendering.found
    lists = {page.path for page in pages if page.lists}
    entries = {path: _entry(path, body, lists) for path, body in sorted(files.items())}
    return Edition(Manifest(entries), bodies.folder)


@contextmanager
def _fresh_folder(builds: Path) -> Iterator[Path]:
    with local_disk(builds):
        shutil.rmtree(builds, ignore_errors=True)  # one build at a time: the rest is debris
        folder = builds / secrets.token_hex(6)
        folder.mkdir(parents=True)
    try:
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _add_pages(
    rendering: Rendering, source: Source, frames: tuple[Frame, ...]
) -> list[PageDocument]:
    """Take every public page into the rendering and return them all.

    Raises:
        BuildFault: Two of them want the same address.
    """
    framed = [
        (frame, page)
        for language, frame in zip(source.languages, frames, strict=True)
        for page in language_pages(source, language, frame.bundle)
    ]
    framed += [(frames[0], page) for page in both_languages(source, frames[0].bundle)]
    count = Counter(page.path for _, page in framed)
    twice = [f"{path} is the address of {many} pages." for path, many in count.items()
             if many > 1]  # fmt: skip
    if twice:
        raise BuildFault("Two pages cannot have one address.", why=twice)
    for frame, page in framed:
        rendering.add(page.path, frame, page.to_text(source.languages, dormant=source.dormant))
    return [page for _, page in framed]


def _cards(
    source: Source, frames: tuple[Frame, ...], pages: list[PageDocument]
) -> Iterator[Card]:
    """Yield what shared links show: the site's card in each language, and each page's own."""
    for frame in frames:
        yield card_of(source, frame.bundle)
    yield from (page.card for page in pages if page.card)


def _entry(path: str, body: Body, lists: set[str]) -> Entry:
    return Entry(
        path=path,
        sha256=body.sha256,
        size=body.size,
        content_type=content_type(path),
        cache_control=cache_control(path),
        wave=_wave(path, lists),
    )


def _wave(path: str, lists: set[str]) -> Wave:
    if path.startswith(f"{ASSETS}/") or path == TAB_ICON:
        return Wave.ASSETS
    if not path.endswith(".html"):
        return Wave.FEEDS
    return Wave.LISTS if path in lists else Wave.PAGES
