"""The newsroom's share of an edition, as it was made before.

An archive grows to thousands of pages that a crisis does not touch. What they are made of has
one name: while it stays the same, no release is opened and none of their pages is looked at.
"""

import hashlib
import json
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict

from sparetire.model.manifest import Manifest
from sparetire.stages.build.document import PageDocument
from sparetire.stages.build.frame import Frame
from sparetire.stages.build.newsroom_shown import Shown
from sparetire.stages.build.source import Source
from sparetire.workspace.bodies import Bodies
from sparetire.workspace.rendered import Rendered, Share

__all__ = ["RestingShare", "recall", "remember", "share_key", "with_share"]


_ELSEWHERE = {"targets", "staging", "crisis"}  # settings of which no page of it tells


class RestingShare:
    """The share as it was made before."""

    pages: tuple[Iterator[PageDocument], ...] = ()

    def __init__(self, share: Share) -> None:
        self.shown = Shown(**json.loads(share.shown))
        self.manifest = share.manifest
        self.inspected = share.inspected

    def files(self, _pages: Sequence[PageDocument]) -> Iterator[tuple[str, bytes]]:
        """Yield nothing: all of its files are here."""
        yield from ()


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
    """Return the share with this name, unless it is spoilt or one of its files is gone."""
    share = rendered.share(key) if key else None
    if share is None:
        return None
    unmoved = share.whole and share.whole == bodies.stamp()
    if unmoved or bodies.present().issuperset(share.manifest.hashes()):
        with suppress(ValueError, TypeError):
            return RestingShare(share)
    return None


def remember(key: str, shown: Shown, manifest: Manifest, rendered: Rendered) -> None:
    """Keep a share that was made anew."""
    rendered.keep_share(key, json.dumps(asdict(shown), ensure_ascii=False), manifest)


def with_share(name: str, share: Manifest, own: str) -> Manifest | None:
    """Return the files of an edition that was built before, or None where that is spoilt.

    Args:
        name: Its name, which proves them.
        share: The newsroom's.
        own: Those besides, as they were kept.
    """
    with suppress(ValueError):
        manifest = share.joined(Manifest.from_json(own).entries)
        if manifest.edition == name:
            return manifest
    return None
