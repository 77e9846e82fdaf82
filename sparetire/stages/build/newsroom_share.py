"""The newsroom's share of an edition: made from the releases, or recalled as it was.

An archive grows to thousands of pages that a crisis does not touch. What they are made of has
one name: while it stays the same, no release is opened and none of their pages is looked at.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from dataclasses import asdict

from sparetire.model.edition import Entry
from sparetire.stages.build.crawling import newsroom_sitemaps, sitemap_names
from sparetire.stages.build.document import PageDocument
from sparetire.stages.build.frame import Frame
from sparetire.stages.build.newsroom_shown import Shown, shown_of
from sparetire.stages.build.release_feeds import newsroom_feeds, newsroom_shots
from sparetire.stages.build.release_pages import Newsroom, newsroom_pages
from sparetire.stages.build.source import Source
from sparetire.workspace.bodies import Bodies
from sparetire.workspace.rendered import Rendered, Share

__all__ = ["NewsroomShare", "RestingShare", "recall", "remember", "share_key"]


_ELSEWHERE = {"targets", "staging", "crisis"}  # settings of which no page of it tells


class RestingShare:
    """The share as it was made before."""

    pages: tuple[Iterator[PageDocument], ...] = ()

    def __init__(self, share: Share) -> None:
        self.shown = Shown(**json.loads(share.shown))
        self.entries = share.entries
        self.inspected = share.inspected

    def files(self, _pages: Sequence[PageDocument]) -> Iterator[tuple[str, bytes]]:
        """Yield nothing: all of its files are here."""
        yield from ()


class NewsroomShare:
    """The pages and files of the newsrooms of all languages, made anew.

    Attributes:
        pages: By language; each page is made when it is asked for, and no other is kept.
    """

    entries: tuple[Entry, ...] = ()
    inspected = False

    def __init__(self, source: Source) -> None:
        self._source = source
        self._newsrooms = [Newsroom.of(source, language) for language in source.languages]
        self.pages = tuple(newsroom_pages(newsroom) for newsroom in self._newsrooms)
        self.shown = shown_of(self._newsrooms, sitemap_names(self._newsrooms))

    def files(self, pages: Sequence[PageDocument]) -> Iterator[tuple[str, bytes]]:
        """Yield path and content of all that is no page.

        Args:
            pages: Its pages, once they have been made.
        """
        for newsroom in self._newsrooms:
            yield from newsroom_feeds(newsroom)
        yield from newsroom_shots(self._source)
        yield from newsroom_sitemaps(self._source, self._newsrooms, pages)


def share_key(source: Source, frames: Sequence[Frame]) -> str:
    """Return the name of all that the share is made of, or nothing when that is not known.

    Args:
        source: What the edition is made of.
        frames: Those of a site without a newsroom: all that surrounds the releases.
    """
    if not source.archive:
        return ""
    settings = source.settings.model_dump_json(exclude=_ELSEWHERE)
    told = [source.archive, settings]
    told += [frame.key for frame in frames]
    return hashlib.sha256("\n".join(told).encode()).hexdigest()


def recall(key: str, rendered: Rendered, bodies: Bodies) -> RestingShare | None:
    """Return the share with this name, unless one of its files is not here any more."""
    share = rendered.share(key) if key else None
    if share is None:
        return None
    present = bodies.present()
    whole = all(entry.sha256 in present for entry in share.entries)
    return RestingShare(share) if whole else None


def remember(key: str, shown: Shown, entries: Sequence[Entry], rendered: Rendered) -> None:
    """Keep a share that was made anew."""
    rendered.keep_share(key, json.dumps(asdict(shown), ensure_ascii=False), entries)
