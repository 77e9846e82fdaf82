"""Every file of an edition, in a text that proves it byte for byte.

An archive of ten thousand press releases has twice as many rows, and a launch changes a dozen:
rows are compared as the lines that they are, and read one by one, when somebody asks.
"""

import hashlib
import json
import re
import sys
from collections.abc import Iterator, KeysView, Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from typing import Any

from typing_extensions import override

__all__ = ["Entry", "Manifest", "Wave"]


class Wave(IntEnum):
    """The order in which files go public, so that no reader ever meets a dead link."""

    ASSETS = 1
    PAGES = 2
    LISTS = 3
    FEEDS = 4


_WAVES = {int(wave): wave for wave in Wave}
_NOWHERE = frozenset({"", ".", ".."})  # a part of a path that is none of these stays inside
_START, _BETWEEN, _END = "[\n", ",\n", "\n]\n"
_LINE = re.compile(
    r'\{"path": "[^"\n]+", "sha256": "[^"]*", "size": [0-9]+, "type": "[^"]*", '
    r'"cache": "[^"]*", "wave": [1-4]\}'
).fullmatch
_ODD = ("//", "/.", "\n/", "/\n", "\n./", "\n../", "\n.\n", "\n..\n")
"""What no list of paths has, a line each, that are plain and stay inside the site."""

_PATH, _HASH = 3, 7  # a line, cut at its quotation marks
_PIECE = 1 << 16  # characters that are encoded at a time
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
        return _name(self.to_json())

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
        lines = self.lines
        return f"{_START}{_BETWEEN.join([lines[path] for path in sorted(lines)])}{_END}"

    @classmethod
    def from_json(cls, text: str) -> "Manifest":
        """Read what `to_json` wrote; its name is that of the very text.

        Raises:
            ValueError: The text is not a manifest.
        """
        lines = _plain_lines(text)
        manifest = cls(_all_entries(text) if lines is None else _Rows(lines))
        manifest.__dict__["edition"] = _name(text)
        return manifest

    @cached_property
    def lines(self) -> dict[str, str]:
        """Its rows by path, each as it is written down."""
        if isinstance(self.entries, _Rows):
            return self.entries.lines
        return {path: entry.to_json() for path, entry in self.entries.items()}


def _plain_lines(text: str) -> dict[str, str] | None:
    """Return the lines of a canonical text by path, or None where some need a closer look."""
    if not (text.startswith(_START) and text.endswith(_END)) or "\\" in text:
        return None
    lines = text.split(_BETWEEN)  # whole, for a part would be a copy of megabytes
    lines[0], lines[-1] = lines[0].removeprefix(_START), lines[-1].removesuffix(_END)
    if not all(map(_LINE, lines)):
        return None
    found = {line.split('"', _PATH + 1)[_PATH]: line for line in lines}
    paths = "\n".join(["", *found, ""])
    plain = len(found) == len(lines) and not any(odd in paths for odd in _ODD)
    return found if plain else None


def _all_entries(text: str) -> dict[str, Entry]:
    """Read every row of a text.

    Raises:
        ValueError: The text is not a manifest.
    """
    try:
        # Each row is taken over as soon as it is read: thousands of them need much room.
        rows = json.loads(text, object_hook=_entry)
        entries = {entry.path: entry for entry in rows}
    except (KeyError, TypeError, AttributeError, RecursionError) as error:
        message = f"not a manifest: {error!r}"
        raise ValueError(message) from error
    if len(entries) != len(rows) or text.lstrip()[:1] != "[":
        message = "not a manifest: a list of files, each once"
        raise ValueError(message)
    return entries


def _entry(row: dict[str, Any]) -> Entry:
    """Read one file of a manifest; it came from a host, so nothing in it is believed."""
    path = row["path"]
    if not isinstance(path, str) or not _NOWHERE.isdisjoint(path.split("/")):
        message = f"not a manifest: {path!r} leaves the site"
        raise ValueError(message)
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


def _name(text: str) -> str:
    told = hashlib.sha256()
    for start in range(0, len(text), _PIECE):
        told.update(text[start : start + _PIECE].encode())
    return told.hexdigest()[:12]
