"""Builds an edition: same source, same bytes, whatever the clock says.

Only what was not rendered before is rendered, and a build that was cut short leaves nothing
that the next one would believe.
"""

import secrets
import shutil
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from sparetire.disk import local_disk
from sparetire.errors import BuildFault
from sparetire.model.edition import Edition
from sparetire.model.manifest import Entry, Known, Manifest
from sparetire.stages.build.attachments import attached_files
from sparetire.stages.build.builder import Builder
from sparetire.stages.build.cards import card_of, card_path
from sparetire.stages.build.document import PageDocument
from sparetire.stages.build.documents import both_languages, language_pages
from sparetire.stages.build.entries import entry_of
from sparetire.stages.build.frame import Frame, frames_of
from sparetire.stages.build.newsroom_share import (
    RestingShare,
    recall,
    remember,
    share_key,
    with_share,
)
from sparetire.stages.build.newsroom_shown import Shown
from sparetire.stages.build.pictures import Pictures
from sparetire.stages.build.rendering import Rendering
from sparetire.stages.build.source import Source
from sparetire.stages.build.syndication import syndication
from sparetire.workspace.bodies import Bodies, Body
from sparetire.workspace.card import Card
from sparetire.workspace.layout import Workspace
from sparetire.workspace.rendered import open_rendered

if TYPE_CHECKING:
    from sparetire.stages.build.newsroom_anew import NewsroomShare

__all__ = ["StartedEdition", "build_edition", "started_edition"]

Framed = tuple[Frame, PageDocument]

EDITIONS = 4  # as many are kept when they share nothing
SPARE = 1_000


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
    with started_edition(source, workspace, builder) as started:
        return started.finished()


@contextmanager
def started_edition(
    source: Source, workspace: Workspace, builder: Builder
) -> Iterator["StartedEdition"]:
    """Give Pelican its work, so that other things can be done before the edition is finished.

    Raises:
        BuildFault: Two pages would have one address.
        LocalDiskFault: The disk is full or not ours.
    """
    bodies = Bodies(workspace.bodies)
    cut_short = workspace.builds.is_dir() and any(workspace.builds.iterdir())
    with (
        _fresh_folder(workspace.builds) as folder,
        open_rendered(workspace.rendered) as rendered,
        Rendering(folder, bodies, rendered, builder) as rendering,
    ):
        if cut_short or rendered.empty:
            rendered.claim(bodies.present())
        pictures = Pictures(source, bodies, rendered)
        assets = pictures.told()
        key = share_key(source, frames_of(source, assets, Shown()))
        with _share(source, recall(key, rendered, bodies), folder) as share:
            frames = frames_of(source, assets, share.shown)
            taken = Counter[str]()
            pages = _add(rendering, source, _pages(source, frames, share.shown), taken)
            newsroom = _add(rendering, source, _framed(frames, share.pages), taken)
            _refuse_clashes(taken, share.manifest)
            cards = _cards(source, frames, (*pages, *newsroom))
            rendering.start(pictures.undrawn(cards, folder))
            yield StartedEdition(
                source, key, share, frames, pages, newsroom, pictures, rendering
            )


@dataclass(frozen=True, slots=True)
class StartedEdition:
    """An edition whose pages Pelican is rendering.

    Attributes:
        source: Everything that may become public.
        key: The name of the newsroom's share of it.
        share: That share, or how to make it.
        frames: What all pages of a language share.
        pages: Every page but those of the newsroom, without their words.
        newsroom: Those that are made now.
        pictures: Those that are known, and those being drawn.
        rendering: What is under way.
    """

    source: Source
    key: str
    share: "RestingShare | NewsroomShare"
    frames: tuple[Frame, ...]
    pages: list[PageDocument]
    newsroom: list[PageDocument]
    pictures: Pictures
    rendering: Rendering

    def earlier(self) -> Known:
        """Return the editions whose files are known: only those that share the newsroom."""
        share = self.share.manifest
        if not share.entries:
            return {}
        return {
            name: partial(with_share, name, share, own)
            for name, own in self.rendering.rendered.editions(self.key).items()
        }

    def finished(self) -> Edition:
        """Make every file that is no page, wait for Pelican, and return the edition.

        Raises:
            BuildFault: Pelican failed, or a source has no output, or an output no source.
            LocalDiskFault: The disk is full or not ours.
        """
        rendering, pages, newsroom, share = (
            self.rendering,
            self.pages,
            self.newsroom,
            self.share,
        )
        self.pictures.draw_icons()
        files = _kept(rendering, _files(self.source, pages, self.frames, share.shown))
        own = _kept(rendering, share.files(newsroom))
        rendering.collect()
        drawn = self.pictures.collect()
        entries = _entries(files | drawn, pages, rendering)
        cards = [card_path(page.card) for page in newsroom if page.card]
        own |= {path: drawn[path] for path in cards}
        shared = share.manifest
        if not shared.entries:
            shared = Manifest(_entries(own, newsroom, rendering))
            if self.key:
                remember(self.key, share.shown, shared, rendering.rendered)
        manifest = shared.joined(entries)
        _forget(manifest, rendering)
        if self.key and not self.source.resting:
            rendering.rendered.keep_edition(manifest.edition, self.key, Manifest(entries))
            rendering.rendered.mark_whole(self.key, rendering.bodies.stamp())
        inspected = shared.entries.keys() if share.inspected else frozenset[str]()
        return Edition(manifest, rendering.bodies.folder, self.key, inspected)


@contextmanager
def _share(
    source: Source, known: RestingShare | None, folder: Path
) -> "Iterator[RestingShare | NewsroomShare]":
    """Give what somebody else has made of the newsroom, else what we have, or make now."""
    if source.resting:
        yield RestingShare(source.resting)
    elif known:
        yield known
    else:
        from sparetire.stages.build.newsroom_anew import NewsroomShare  # noqa: PLC0415  rarely

        with local_disk(folder):
            file = (folder / "texts").open("w+b")
        with file:
            yield NewsroomShare(source, file)


@contextmanager
def _fresh_folder(builds: Path) -> Iterator[Path]:
    with local_disk(builds):
        shutil.rmtree(builds, ignore_errors=True)  # one build at a time: the rest is debris
        folder = builds / secrets.token_hex(6)
        folder.mkdir(parents=True)
    try:
        yield folder
    except BaseException:
        shutil.rmtree(folder, ignore_errors=True)
        with suppress(OSError):
            folder.mkdir()  # the sign that some bodies may have no name
        raise
    shutil.rmtree(folder, ignore_errors=True)


def _pages(source: Source, frames: tuple[Frame, ...], shown: Shown) -> Iterator[Framed]:
    """Yield every public page but those of the newsroom."""
    told = (
        language_pages(source, language, frame.bundle, shown)
        for language, frame in zip(source.languages, frames, strict=True)
    )
    yield from _framed(frames, told)
    yield from ((frames[0], page) for page in both_languages(source, frames[0].bundle))


def _framed(
    frames: Sequence[Frame], pages: Iterable[Iterable[PageDocument]]
) -> Iterator[Framed]:
    return ((frame, page) for frame, mine in zip(frames, pages, strict=False) for page in mine)


def _add(
    rendering: Rendering, source: Source, pages: Iterable[Framed], taken: Counter[str]
) -> list[PageDocument]:
    """Take pages into the rendering; return them without their words, which may be many.

    Args:
        rendering: Where they go.
        source: What the edition is made of.
        pages: Each is made only when its turn comes.
        taken: Counts the addresses of all pages.
    """
    added = []
    languages, dormant = source.languages, source.dormant
    for frame, page in pages:
        taken[page.path] += 1
        text = page.to_text(languages, dormant=dormant)
        rendering.add(page.path, frame, text)
        added.append(replace(page, body="", content="", structured="", facts={}))
    return added


def _refuse_clashes(taken: Counter[str], share: Manifest) -> None:
    """Refuse two pages at one address.

    Raises:
        BuildFault: There are such pages.
    """
    known = share.entries
    twice = [path for path, many in taken.items() if many > 1 or path in known]
    if twice:
        why = [f"{path} is the address of more than one." for path in twice]
        raise BuildFault("Two pages cannot have one address.", why=why)


def _files(
    source: Source, pages: list[PageDocument], frames: tuple[Frame, ...], shown: Shown
) -> Iterator[tuple[str, bytes]]:
    """Yield every file that is no page, but for what is drawn and what is the newsroom's."""
    yield from attached_files(source)
    words = {frame.bundle["lang"]["code"]: frame.bundle["words"] for frame in frames}
    yield from syndication(source, pages, words, shown)


def _kept(rendering: Rendering, files: Iterable[tuple[str, bytes]]) -> dict[str, Body]:
    found = {path: rendering.bodies.keep(content) for path, content in files}
    for body in found.values():
        rendering.rendered.note_file(body.sha256)
    return found


def _forget(manifest: Manifest, rendering: Rendering) -> None:
    """Let go of what was not used for long: the workspace keeps a few editions' worth."""
    most = SPARE + EDITIONS * len(manifest.entries)
    rendering.bodies.drop(rendering.rendered.forget(manifest, most))


def _entries(
    files: dict[str, Body], pages: list[PageDocument], rendering: Rendering
) -> dict[str, Entry]:
    """Return the entries of some files and pages, by path."""
    lists = {page.path for page in pages if page.lists}
    every = files | {page.path: rendering.found[page.path] for page in pages}
    return {path: entry_of(path, body, lists) for path, body in every.items()}


def _cards(
    source: Source, frames: tuple[Frame, ...], pages: Iterable[PageDocument]
) -> Iterator[Card]:
    """Yield what shared links show: the site's card in each language, and each page's own."""
    for frame in frames:
        yield card_of(source, frame.bundle)
    yield from (page.card for page in pages if page.card)
