"""What was rendered before: which document, in which frame, gave which bytes.

A small database beside the bodies, asked by key and never read whole. It can be lost at any
time: then everything is rendered again.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from sparetire.disk import local_disk
from sparetire.errors import LocalDiskFault

__all__ = ["Rendered", "open_rendered"]

_VERSION = 1
_TABLE = """
CREATE TABLE IF NOT EXISTS rendered (
    frame TEXT NOT NULL, document TEXT NOT NULL, sha256 TEXT NOT NULL,
    PRIMARY KEY (frame, document)
)"""


class Rendered:
    """The index of rendered pages, inside one transaction that `open_rendered` ends."""

    def __init__(self, database: sqlite3.Connection) -> None:
        self._database = database

    def find(self, frame: str, document: str) -> str | None:
        """Return the hash of what a document gave in a frame, if that is known."""
        row = self._database.execute(
            "SELECT sha256 FROM rendered WHERE frame = ? AND document = ?", (frame, document)
        ).fetchone()
        return str(row[0]) if row else None

    def note(self, rows: Iterable[tuple[str, str, str]]) -> None:
        """Remember rows of frame, document and hash."""
        self._database.executemany("INSERT OR REPLACE INTO rendered VALUES (?, ?, ?)", rows)


@contextmanager
def open_rendered(path: Path) -> Iterator[Rendered]:
    """Open the index, and keep what was noted when the context ends well.

    Raises:
        LocalDiskFault: The disk refused it, or it was damaged, and is now gone.
    """
    with local_disk(path):
        path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with closing(_connect(path)) as database, database:
            yield Rendered(database)
    except sqlite3.DatabaseError as error:
        _remove(path)
        raise LocalDiskFault(
            f"{path} cannot be used.",
            why=f"The list of pages built before says: {error}.",
            then="Free some space, then run the same command again: it builds every page.",
        ) from error


def _connect(path: Path) -> sqlite3.Connection:
    try:
        return _opened(path)
    except sqlite3.DatabaseError:
        _remove(path)  # not ours, damaged, or of another version
        return _opened(path)


def _opened(path: Path) -> sqlite3.Connection:
    database = sqlite3.connect(path)
    try:
        (version,) = database.execute("PRAGMA user_version").fetchone()
        if version not in (0, _VERSION):
            database.execute("DROP TABLE rendered")
        # No sync: what a power cut leaves is whole or damaged, and bodies must fit their names.
        database.execute("PRAGMA synchronous = OFF")
        database.execute(_TABLE)
        database.execute(f"PRAGMA user_version = {_VERSION}")
    except sqlite3.DatabaseError:
        database.close()
        raise
    return database


def _remove(path: Path) -> None:
    with local_disk(path):
        for file in (path, path.with_name(f"{path.name}-journal")):
            file.unlink(missing_ok=True)
