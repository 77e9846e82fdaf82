"""Every file of an edition, in a text that proves it byte for byte.

An archive of ten thousand press releases has twice as many rows, and a launch changes a dozen:
rows are compared as the lines that they are, and read one by one, when somebody asks.
"""

import hashlib
from collections.abc import Callable, Iterable, Iterator, KeysView, Mapping
from dataclasses import dataclass
from functools import cached_property

from typing_extensions import override

from sparetire.model.entry import Entry, Wave, entry_in
from sparetire.model.manifest_text import Reading, hash_in, pieces_of

__all__ = ["Entry", "Known", "Manifest", "Wave"]

_DIGITS = 12  # of a hash, in the name of an edition


class _Rows(Mapping[str, Entry]):
    """Files by path, each read from its line when it is asked for."""

    def __init__(self, lines: dict[str, str]) -> None:
        self.lines = lines

    @override
    def __getitem__(self, path: str) -> Entry:
        return entry_in(self.lines[path])

    @override
    def __contains__(self, path: object) -> bool:
        return path in self.lines

    @override
    def __iter__(self) -> Iterator[str]:
        return iter(self.lines)

    @override
    def __len__(self) -> int:
        return len(self.lines)

    @override
    def keys(self) -> KeysView[str]:
        return self.lines.keys()


@dataclass(frozen=True)
class Manifest:
    """Every file of an edition, by path."""

    entries: Mapping[str, Entry]

    @cached_property
    def edition(self) -> str:
        """The edition's name: the same files with the same headers always give the same one."""
        return _name_of(self.pieces())

    @property
    def size(self) -> int:
        """The bytes of all files together."""
        return sum(entry.size for entry in self.entries.values())

    def hashes(self) -> Iterator[str]:
        """Yield the hash of each of its files; several may have the same bytes."""
        if isinstance(self.entries, _Rows):
            return map(hash_in, self.entries.lines.values())
        return (entry.sha256 for entry in self.entries.values())

    def beside(self, other: "Manifest") -> dict[str, Entry]:
        """Return the files that another manifest has otherwise, or not at all."""
        mine, theirs = self.lines, other.lines
        paths = [path for path, line in mine.items() if theirs.get(path) != line]
        return {path: self.entries[path] for path in paths}

    def joined(self, entries: Mapping[str, Entry]) -> "Manifest":
        """Return a manifest that has other files besides; of two for one path, the other's."""
        lines = self.lines | Manifest(entries).lines
        return Manifest(_Rows({path: lines[path] for path in sorted(lines)}))

    def to_json(self) -> str:
        """Return the canonical JSON text: sorted, one file a line."""
        return b"".join(self.pieces()).decode()

    @classmethod
    def from_json(cls, text: str) -> "Manifest":
        """Read what `to_json` wrote; its name is that of the very text.

        Raises:
            ValueError: The text is not a manifest.
        """
        return cls.from_pieces([text.encode()])

    def pieces(self) -> Iterator[bytes]:
        """Yield the canonical JSON text, some rows at a time: as a whole it takes megabytes."""
        return pieces_of(self.lines)

    @classmethod
    def from_pieces(cls, pieces: Iterable[bytes]) -> "Manifest":
        """Read what `pieces` yielded, cut anywhere.

        Raises:
            ValueError: Together they are not a manifest.
        """
        told, reading = hashlib.sha256(), Reading()
        for piece in pieces:
            told.update(piece)
            reading.take(piece)
        manifest = cls(_Rows(reading.finished()))
        manifest.__dict__["edition"] = told.hexdigest()[:_DIGITS]
        return manifest

    @classmethod
    def from_ours(
        cls, edition: str, pieces: Callable[[], Iterable[bytes]]
    ) -> "Manifest | None":
        """Read what this machine has kept, or return None where that is spoilt.

        Args:
            edition: Its name: it proves the text as a whole, so that no row needs a look.
            pieces: Yields what `pieces` yielded, each time anew.
        """
        if _name_of(pieces()) != edition:
            return None
        reading = Reading(proved=True)
        for piece in pieces():
            reading.take(piece)
        manifest = cls(_Rows(reading.finished()))
        manifest.__dict__["edition"] = edition
        return manifest

    @cached_property
    def lines(self) -> dict[str, str]:
        """Its rows by path, each as it is written down."""
        if isinstance(self.entries, _Rows):
            return self.entries.lines
        return {path: entry.to_json() for path, entry in self.entries.items()}


Known = Mapping[str, Callable[[], Manifest | None]]
"""How to tell the files of editions, by name, without reading their lists."""


def _name_of(pieces: Iterable[bytes]) -> str:
    told = hashlib.sha256()
    for piece in pieces:
        told.update(piece)
    return told.hexdigest()[:_DIGITS]
