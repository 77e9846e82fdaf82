"""Every file of an edition, in a text that proves it byte for byte.

An archive of ten thousand press releases has twice as many rows, and a launch changes a dozen:
rows are compared as the lines that they are, and read one by one, when somebody asks.
"""

import hashlib
import json
import re
import sys
from collections.abc import Callable, Iterable, Iterator, KeysView, Mapping, Sequence
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import Any

from typing_extensions import override

__all__ = ["Entry", "Known", "Manifest", "Wave"]


class Wave(IntEnum):
    """The order in which files go public, so that no reader ever meets a dead link."""

    ASSETS = 1
    PAGES = 2
    LISTS = 3
    FEEDS = 4


_WAVES = {int(wave): wave for wave in Wave}
_NOWHERE = frozenset({"", ".", ".."})  # a part of a path that is none of these stays inside
_START, _BETWEEN, _END = "[\n", ",\n", "\n]\n"
_ROWS = 256  # that are written down at a time
_LONGEST = 1 << 13  # characters that no row comes near to
_LINE = re.compile(
    r'\{"path": "[^"\x00-\x1f]+", "sha256": "[^"]*", "size": (?:0|[1-9][0-9]{0,14}), '
    r'"type": "[^"]*", "cache": "[^"]*", "wave": [1-4]\}'
).fullmatch
_ODD = ("//", "/.", "\n/", "/\n", "\n./", "\n../", "\n.\n", "\n..\n")
"""What no list of paths has, a line each, that are plain and stay inside the site."""

_DIGITS = 12  # of a hash, in the name of an edition
_PATH, _HASH = 3, 7  # a line, cut at its quotation marks
_quoted = json.JSONEncoder(ensure_ascii=False).encode


@dataclass(frozen=True, slots=True)
class Entry:
    """One file of an edition: what it holds, and how the host must serve it."""

    path: str
    sha256: str
    size: int
    content_type: str
    cache_control: str
    wave: Wave

    @property
    def served_as(self) -> tuple[str, str, str]:
        """Everything a reader can tell apart: the bytes and the headers that go with them."""
        return self.sha256, self.content_type, self.cache_control

    def to_json(self) -> str:
        """Return its row of a manifest."""
        served = {
            "type": self.content_type, "cache": self.cache_control, "wave": int(self.wave)
        }  # fmt: skip
        return (
            f'{{"path": {_quoted(self.path)}, "sha256": {_quoted(self.sha256)}, '
            f'"size": {self.size}, {_quoted(served)[1:]}'
        )


class _Rows(Mapping[str, Entry]):
    """Files by path, each read from its line when it is asked for."""

    def __init__(self, lines: dict[str, str]) -> None:
        self.lines = lines

    @override
    def __getitem__(self, path: str) -> Entry:
        return _entry(json.loads(self.lines[path]))

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
            return map(_hash_in, self.entries.lines.values())
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
        lines = self.lines
        paths = sorted(lines)
        yield _START.encode()
        for start in range(0, len(paths), _ROWS):
            rows = _BETWEEN.join([lines[path] for path in paths[start : start + _ROWS]])
            yield (f"{_BETWEEN}{rows}" if start else rows).encode()
        yield _END.encode()

    @classmethod
    def from_pieces(cls, pieces: Iterable[bytes]) -> "Manifest":
        """Read what `pieces` yielded, cut anywhere.

        Raises:
            ValueError: Together they are not a manifest.
        """
        told, reading = hashlib.sha256(), _Reading()
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
        reading = _Reading(proved=True)
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


class _Reading:
    """Takes a canonical text as it comes, and keeps its rows by path.

    Args:
        proved: Its rows are known to be right.
    """

    def __init__(self, *, proved: bool = False) -> None:
        self._paths = _paths if proved else _paths_if_right
        self._rest = b""
        self._rows = 0
        self._lines: dict[str, str] = {}

    def take(self, piece: bytes) -> None:
        """Take the next piece of the text.

        Raises:
            ValueError: It is not of a manifest.
        """
        whole, found, self._rest = (self._rest + piece).rpartition(_BETWEEN.encode())
        if found:
            self._keep(self._begun(whole))
        elif len(self._rest) > _LONGEST:
            raise _not_a_manifest("a row without an end")

    def finished(self) -> dict[str, str]:
        """Return all rows.

        Raises:
            ValueError: The text is not whole, or has a file twice.
        """
        text = self._begun(self._rest)
        if not text.endswith(_END):
            raise _not_a_manifest("it has no end")
        if text != _END:
            self._keep(text.removesuffix(_END))
        if len(self._lines) != self._rows:
            raise _not_a_manifest("it has a file twice")
        return self._lines

    def _begun(self, text: bytes) -> str:
        """Return a text without what stands before the first row."""
        if self._rows:
            return text.decode()
        if not text.startswith(_START.encode()):
            raise _not_a_manifest("it has no beginning")
        return text.decode().removeprefix(_START)

    def _keep(self, text: str) -> None:
        """Keep rows; the manifests of one run have nearly all of them in common, held once."""
        rows = text.split(_BETWEEN)
        if max(map(len, rows)) > _LONGEST:
            raise _not_a_manifest("a row that is too long")
        paths = self._paths(text, rows)
        self._rows += len(rows)
        self._lines |= zip(map(sys.intern, paths), map(sys.intern, rows), strict=True)


def _name_of(pieces: Iterable[bytes]) -> str:
    told = hashlib.sha256()
    for piece in pieces:
        told.update(piece)
    return told.hexdigest()[:_DIGITS]


def _paths(text: str, rows: Sequence[str]) -> list[str]:
    """Return the path of each row of a text that is right."""
    if "\\" in text:  # a quotation mark may be part of a path
        return [json.loads(row)["path"] for row in rows]
    return [row.split('"', _PATH + 1)[_PATH] for row in rows]


def _paths_if_right(text: str, rows: Sequence[str]) -> list[str]:
    """Return the path of each row of a text that may be anything.

    Raises:
        ValueError: Some row is not as `Entry.to_json` writes it.
    """
    if "\\" not in text and all(map(_LINE, rows)):
        paths = _paths(text, rows)
        listed = "\n".join(["", *paths, ""])
        if not any(odd in listed for odd in _ODD):
            return paths
    return [_odd_path(row) for row in rows]


def _odd_path(row: str) -> str:
    """Return the path of a row that may be anything.

    Raises:
        ValueError: It is not a row as `Entry.to_json` writes it.
    """
    try:
        entry = _entry(json.loads(row))
    except (KeyError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        raise _not_a_manifest(repr(error)) from error
    if entry.to_json() != row:
        raise _not_a_manifest(f"{entry.path!r} is written in another way")
    return entry.path


def _entry(row: dict[str, Any]) -> Entry:
    """Read one file of a manifest; it came from a host, so nothing in it is believed."""
    path = row["path"]
    if not isinstance(path, str) or not _NOWHERE.isdisjoint(path.split("/")):
        raise _not_a_manifest(f"{path!r} leaves the site")
    return Entry(
        path=path,
        sha256=str(row["sha256"]),
        size=int(row["size"]),
        content_type=sys.intern(str(row["type"])),
        cache_control=sys.intern(str(row["cache"])),
        wave=_WAVES[row["wave"]],
    )


def _hash_in(line: str) -> str:
    if "\\" in line:  # a quotation mark may be part of the path
        return str(json.loads(line)["sha256"])
    return line.split('"', _HASH + 1)[_HASH]


def _not_a_manifest(why: str) -> ValueError:
    return ValueError(f"not a manifest: {why}")
