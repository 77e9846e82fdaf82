"""The append-only record of all runs: JSON lines, each holding the hash of the one before."""

import hashlib
import json
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from threading import Lock
from typing import Any, BinaryIO

from sparetire.disk import local_disk

__all__ = ["Ledger", "Record"]

_START = "0" * 64
_TAIL = 1 << 16  # bytes at the end of the record in which its last line mostly lies whole
_APPENDING = Lock()  # targets are served side by side, and each line holds the one before


@dataclass(frozen=True, slots=True)
class Record:
    """One thing that happened, in one run."""

    at: str
    run: str
    what: str
    facts: dict[str, Any]


class Ledger:
    """The record of a workspace. Losing it costs memory, never correctness."""

    def __init__(self, path: Path) -> None:
        self._path = path

    def append(self, run: str, what: str, at: datetime, **facts: object) -> None:
        """Add a record, safe on the disk when this returns.

        Raises:
            LocalDiskFault: The disk will not take it.
        """
        with _APPENDING, local_disk(self._path):
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("a+b") as file:
                row = {"at": at.isoformat(), "run": run, "what": what, **facts}
                row["previous"] = _hash_of_last_line(file)
                file.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
                file.flush()
                os.fsync(file.fileno())

    def records(self) -> Iterator[Record]:
        """Yield every record, oldest first, skipping lines that are none."""
        for line in self._lines():
            try:
                facts = dict(json.loads(line))
                record = Record(facts.pop("at"), facts.pop("run"), facts.pop("what"), facts)
            except (ValueError, KeyError, TypeError):
                continue
            facts.pop("previous", None)
            yield record

    @property
    def length(self) -> int:
        """How many lines it has."""
        return len(self._lines())

    def first_break(self) -> int | None:
        """Return the number of the first line whose chain does not hold, or None."""
        expected = _START
        for number, line in enumerate(self._lines(), start=1):
            try:
                if json.loads(line)["previous"] != expected:
                    return number
            except (ValueError, KeyError, TypeError):
                return number
            expected = hashlib.sha256(line).hexdigest()
        return None

    def _lines(self) -> list[bytes]:
        if not self._path.exists():
            return []
        return _whole_lines(self._path.read_bytes())


def _whole_lines(content: bytes) -> list[bytes]:
    """Return the lines that were written to their end: a crash cuts at most the last one."""
    return [line for line in content.split(b"\n")[:-1] if line]


def _hash_of_last_line(file: BinaryIO) -> str:
    """Return what the next line must hold, having taken away what a crash cut short."""
    size = file.seek(0, os.SEEK_END)
    start, content = _end_of(file, max(0, size - _TAIL))
    file.truncate(start + content.rfind(b"\n") + 1)
    lines = _whole_lines(content)
    return hashlib.sha256(lines[-1]).hexdigest() if lines else _START


def _end_of(file: BinaryIO, start: int) -> tuple[int, bytes]:
    """Return the bytes behind a place, and it; all where no line lies whole behind it."""
    file.seek(start)
    content = file.read()
    if start and len(_whole_lines(content)) < 2:  # noqa: PLR2004  the first may be cut
        return _end_of(file, 0)
    return start, content
