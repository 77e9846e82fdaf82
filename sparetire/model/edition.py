"""One immutable built site, and the manifest that proves it byte for byte."""

import hashlib
import json
import sys
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property
from pathlib import Path
from typing import Any

__all__ = ["Edition", "Entry", "Live", "Manifest", "Past", "Wave", "body_path"]


class Wave(IntEnum):
    """The order in which files go public, so that no reader ever meets a dead link."""

    ASSETS = 1
    PAGES = 2
    LISTS = 3
    FEEDS = 4


_WAVES = {int(wave): wave for wave in Wave}
_NOWHERE = frozenset({"", ".", ".."})  # a part of a path that is none of these stays inside
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


@dataclass(frozen=True)
class Manifest:
    """Every file of an edition, by path."""

    entries: dict[str, Entry]

    @cached_property
    def edition(self) -> str:
        """The edition's name: the same files with the same headers always give the same one."""
        return _name(self.to_json())

    @property
    def size(self) -> int:
        """The bytes of all files together."""
        return sum(entry.size for entry in self.entries.values())

    def to_json(self) -> str:
        """Return the canonical JSON text: sorted, one file a line."""
        tails: dict[tuple[str, str, Wave], str] = {}  # a handful, where there are thousands
        lines = []
        for path, entry in sorted(self.entries.items()):
            served = entry.content_type, entry.cache_control, entry.wave
            tail = tails.get(served) or tails.setdefault(served, _tail(*served))
            lines.append(
                f'{{"path": {_quoted(path)}, "sha256": {_quoted(entry.sha256)}, '
                f'"size": {entry.size}, {tail}}}'
            )
        return "[\n" + ",\n".join(lines) + "\n]\n"

    @classmethod
    def from_json(cls, text: str) -> "Manifest":
        """Read what `to_json` wrote; its name is that of the very text.

        Raises:
            ValueError: The text is not a manifest.
        """
        try:
            # Each row is taken over as soon as it is read: thousands of them need much room.
            entries = json.loads(text, object_hook=_entry)
            manifest = cls({entry.path: entry for entry in entries})
        except (KeyError, TypeError, AttributeError, RecursionError) as error:
            message = f"not a manifest: {error!r}"
            raise ValueError(message) from error
        if len(manifest.entries) != len(entries) or text.lstrip()[:1] != "[":
            message = "not a manifest: a list of files, each once"
            raise ValueError(message)
        manifest.__dict__["edition"] = _name(text)
        return manifest


def _name(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()[:12]


def _tail(content_type: str, cache_control: str, wave: Wave) -> str:
    fields = {"type": content_type, "cache": cache_control, "wave": int(wave)}
    return json.dumps(fields, ensure_ascii=False)[1:-1]


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


@dataclass(frozen=True, slots=True)
class Edition:
    """A built site on this disk.

    Attributes:
        manifest: Its files.
        bodies: The folder where their bytes are, each under the name of its hash: editions that
            share a file share its bytes.
        share: The name of the newsroom's share of it, when it is remembered.
        inspected: The paths of that share, when rules have looked at it before.
    """

    manifest: Manifest
    bodies: Path
    share: str = ""
    inspected: frozenset[str] = frozenset()

    def file(self, entry: Entry) -> Path:
        """Return where the bytes of a file are."""
        return body_path(self.bodies, entry.sha256)


def body_path(bodies: Path, sha256: str) -> Path:
    """Return where the bytes with a hash are kept: no folder grows too full."""
    return bodies / sha256[:2] / sha256


@dataclass(frozen=True, slots=True)
class Live:
    """What a target says it carries: the pointer that every commit replaces.

    Attributes:
        edition: The name of the edition.
        manifest: Its files.
        counter: Grows by one with each commit, so that an older run can never win.
        incidents: Names of the incidents in it, with the instant of their newest statement.
        tag: The host's own mark of this version (an ETag), for compare-and-swap.
        left: The edition that a rollback left for this one; nothing where it came as news.
    """

    edition: str
    manifest: Manifest
    counter: int
    committed: str
    incidents: dict[str, str]
    tag: str = ""
    left: str = ""


@dataclass(frozen=True, slots=True)
class Past:
    """An edition that was made live at a target, and can be brought back.

    Attributes:
        edition: The name of the edition.
        counter: The number of the commit that made it live.
        committed: When that was, ISO 8601 with zone.
        incidents: Names of the incidents in it, with the instant of their newest statement.
    """

    edition: str
    counter: int
    committed: str
    incidents: dict[str, str]
