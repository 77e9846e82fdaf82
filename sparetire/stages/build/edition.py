"""Builds an edition: same source, same bytes, whatever the clock says.

Only what was not rendered before is rendered, and a build that was cut short leaves nothing
that the next one would believe.
"""

import hashlib
import secrets
import shutil
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sparetire.disk import local_disk
from sparetire.errors import BuildFault
from sparetire.model.edition import Edition, Entry, Manifest, Wave
from sparetire.model.media import cache_control, content_type
from sparetire.stages.build.builder import Builder
from sparetire.stages.build.document import PageDocument
from sparetire.stages.build.documents import both_languages, language_pages
from sparetire.stages.build.frame import Frame, frames_of
from sparetire.stages.build.rendering import Body, Rendering
from sparetire.stages.build.source import Source
from sparetire.stages.build.syndication import syndication
from sparetire.workspace.bodies import Bodies
from sparetire.workspace.layout import Workspace
from sparetire.workspace.rendered import open_rendered

__all__ = ["build_edition"]

ASSETS = "assets"


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
        files, assets = _assets(source, bodies)
        frames = frames_of(source, assets)
        rendering = Rendering(folder, bodies, rendered)
        pages = _add_pages(rendering, source, frames)
        rendering.start(builder)
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


def _assets(source: Source, bodies: Bodies) -> tuple[dict[str, Body], dict[str, Any]]:
    """Keep the pictures, and return their files and what the theme is told about them.

    Their names hold their hash, so that they may be kept for ever.
    """
    brand, settings = source.brand, source.settings
    files: dict[str, Body] = {}

    def asset(name: str, suffix: str, content: bytes) -> str:
        path = f"{ASSETS}/{name}.{hashlib.sha256(content).hexdigest()[:8]}{suffix}"
        files[path] = Body(bodies.keep(content), len(content))
        return path

    logo = None
    if brand.logo:
        logo = {
            "path": asset("logo", brand.logo.suffix, brand.logo.content),
            "width": brand.logo.width,
            "height": brand.logo.height,
            "alt": {
                language.code: settings.say(settings.organisation.name, language.code)
                for language in source.languages
            },
        }
    return files, {"logo": logo, "icon": asset("icon", ".svg", brand.icon)}


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
    if path.startswith(f"{ASSETS}/"):
        return Wave.ASSETS
    if not path.endswith(".html"):
        return Wave.FEEDS
    return Wave.LISTS if path in lists else Wave.PAGES
