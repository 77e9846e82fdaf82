"""The releases that a target carries, opened only when somebody looks inside."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from datetime import UTC
from functools import cached_property
from pathlib import Path
from typing import Self, overload

from typing_extensions import override

from sparetire.config.schema import Settings
from sparetire.model.release import Publication, Release
from sparetire.workspace.releases import public_releases
from sparetire.workspace.releases_ledger import ReleasesLedger

__all__ = ["PublicReleases"]


class PublicReleases(Sequence[Release]):
    """What the public may read at a target, oldest first.

    A launch need not know what thousands of releases say: it asks for their name, and opens
    them only when that is a new one.
    """

    def __init__(
        self,
        publications: Callable[[], Mapping[str, Publication]],
        releases: Callable[[], Sequence[Release]],
    ) -> None:
        """Take in how to learn what became of each, by its id, and how to open them."""
        self._told = publications
        self._open = releases

    @classmethod
    def at(cls, folder: Path, settings: Settings, target: str) -> Self:
        """Return those that a target carries."""

        def publications() -> dict[str, Publication]:
            every = ReleasesLedger(folder).publications().items()
            return {identity: one for identity, one in every if target in one.live_on}

        return cls(publications, lambda: public_releases(folder, settings, target))

    @classmethod
    def given(cls, releases: Sequence[Release]) -> Self:
        """Return some that are open already."""
        told = {one.id: one.publication for one in releases if one.publication}
        return cls(lambda: told, lambda: releases)

    @cached_property
    def name(self) -> str:
        """A name for all of them: equal as long as the public is given the same of each.

        The digests in what became of a release stand for its words.
        """
        lines = (
            f"{identity} {one.published} {one.updated} {one.slugs} {one.digests}"
            f" {one.pictures} {one.withdrawn} {one.notice}\n"
            for identity, one in self._publications.items()
        )
        return hashlib.sha256("".join(sorted(lines)).encode()).hexdigest()

    @cached_property
    def newest(self) -> str:
        """When one of them last changed, or was taken back; nothing where there is none."""
        changes = [one.withdrawn or one.updated for one in self._publications.values()]
        return max(changes).astimezone(UTC).isoformat() if changes else ""

    def __bool__(self) -> bool:
        return bool(self._publications)

    def __len__(self) -> int:
        return len(self._publications)

    @override
    def __iter__(self) -> Iterator[Release]:
        return iter(self._opened)

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
    def _publications(self) -> Mapping[str, Publication]:
        return self._told()

    @cached_property
    def _opened(self) -> Sequence[Release]:
        return self._open()
