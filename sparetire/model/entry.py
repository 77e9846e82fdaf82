"""One file of an edition, and the row of a manifest that tells of it."""

import json
import sys
from dataclasses import dataclass
from enum import IntEnum

__all__ = ["Entry", "Wave", "entry_in", "not_a_manifest"]

_NOWHERE = frozenset({"", ".", ".."})  # a part of a path that is none of these stays inside
_quoted = json.JSONEncoder(ensure_ascii=False).encode


class Wave(IntEnum):
    """The order in which files go public, so that no reader ever meets a dead link."""

    ASSETS = 1
    PAGES = 2
    LISTS = 3
    FEEDS = 4


_WAVES = {int(wave): wave for wave in Wave}


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


def entry_in(line: str) -> Entry:
    """Read a row; it may have come from a host, so nothing in it is believed.

    Raises:
        ValueError: It is not JSON, or tells of no file inside the site.
    """
    row = json.loads(line)
    path = row["path"]
    if not isinstance(path, str) or not _NOWHERE.isdisjoint(path.split("/")):
        raise not_a_manifest(f"{path!r} leaves the site")
    return Entry(
        path=path,
        sha256=str(row["sha256"]),
        size=int(row["size"]),
        content_type=sys.intern(str(row["type"])),
        cache_control=sys.intern(str(row["cache"])),
        wave=_WAVES[row["wave"]],
    )


def not_a_manifest(why: str) -> ValueError:
    """Return the error of a text or a row that tells of no files."""
    return ValueError(f"not a manifest: {why}")
