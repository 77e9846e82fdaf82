"""The releases that a target carries, opened only when somebody looks inside."""

from collections.abc import Callable, Iterator, Sequence
from functools import cached_property
from pathlib import Path
from typing import Self, overload

from typing_extensions import override

from sparetire.config.schema import Settings
from sparetire.model.release import Release
from sparetire.workspace.releases import public_releases
from sparetire.workspace.releases_index import Carried, ReleasesIndex, carried_of

__all__ = ["PublicReleases"]


class PublicReleases(Sequence[Release]):
    """What the public may read at a target, oldest first.

    A launch need not know what thousands of releases say: it asks for their name, and opens
    them only when that is a new one.
    """

    def __init__(
        self, carried: Callable[[], Carried], releases: Callable[[], Sequence[Release]]
    ) -> None:
        """Take in how to learn what they come to, and how to open them."""
        self._told = carried
        self._open = releases

    @classmethod
    def at(
        cls,
        folder: Path,
        settings: Settings,
        target: str,
        index: Callable[[], ReleasesIndex],
    ) -> Self:
        """Return those that a target carries; the record is read when it is needed."""
        return cls(
            lambda: index().at(target), lambda: public_releases(folder, settings, target)
        )

    @classmethod
    def given(cls, releases: Sequence[Release]) -> Self:
        """Return some that are open already."""
        told = {one.id: one.publication for one in releases if one.publication}
        return cls(lambda: carried_of(told), lambda: releases)

    @property
    def name(self) -> str:
        """A name for all of them: equal as long as the public is given the same of each."""
        return self._carried.name

    @property
    def newest(self) -> str:
        """When one of them last changed, or was taken back; nothing where there is none."""
        return self._carried.newest

    def __bool__(self) -> bool:
        return self._carried.count > 0

    def __len__(self) -> int:
        return self._carried.count

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
    def _carried(self) -> Carried:
        return self._told()

    @cached_property
    def _opened(self) -> Sequence[Release]:
        return self._open()
