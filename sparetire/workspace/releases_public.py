"""The releases that a target carries, opened only when somebody looks inside."""

import hashlib
from collections.abc import Iterable, Sequence
from functools import cached_property
from pathlib import Path
from typing import overload

from typing_extensions import override

from sparetire.config.schema import Settings
from sparetire.model.release import Publication, Release
from sparetire.workspace.releases import public_releases
from sparetire.workspace.releases_ledger import ReleasesLedger

__all__ = ["PublicReleases", "archive_name"]


class PublicReleases(Sequence[Release]):
    """What the public may read at a target, oldest first.

    A launch need not know what thousands of releases say: it asks for their name, and opens
    them only when that is a new one.
    """

    def __init__(self, folder: Path, settings: Settings, target: str) -> None:
        self._folder = folder
        self._settings = settings
        self._target = target

    @cached_property
    def name(self) -> str:
        """A name for all of them together."""
        return archive_name(self._publications.items())

    def __bool__(self) -> bool:
        return bool(self._publications)

    def __len__(self) -> int:
        return len(self._publications)

    @overload
    def __getitem__(self, index: int) -> Release: ...
    @overload
    def __getitem__(self, index: slice) -> Sequence[Release]: ...
    @override
    def __getitem__(self, index: int | slice) -> Release | Sequence[Release]:
        return self._opened[index]

    @override
    def __eq__(self, other: object) -> bool:
        return isinstance(other, PublicReleases) and self.name == other.name

    @override
    def __hash__(self) -> int:
        return hash(self.name)

    @cached_property
    def _publications(self) -> dict[str, Publication]:
        every = ReleasesLedger(self._folder).publications().items()
        return {identity: one for identity, one in every if self._target in one.live_on}

    @cached_property
    def _opened(self) -> tuple[Release, ...]:
        return public_releases(self._folder, self._settings, self._target)


def archive_name(publications: Iterable[tuple[str, Publication]]) -> str:
    """Return a name for releases: the same as long as the public is given the same of each.

    Args:
        publications: What became of each, by its id; the digests in it stand for the words.
    """
    lines = (
        f"{identity} {one.published} {one.updated} {one.slugs} {one.digests}"
        f" {one.pictures} {one.withdrawn} {one.notice}\n"
        for identity, one in publications
    )
    return hashlib.sha256("".join(sorted(lines)).encode()).hexdigest()
