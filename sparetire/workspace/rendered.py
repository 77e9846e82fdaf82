"""What was rendered before: which document, in which frame, gave which bytes.

A small database beside the bodies, asked by key and never read whole. It can be lost at any
time: then everything is rendered again.
"""

import sqlite3
from collections.abc import Iterable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from itertools import islice
from pathlib import Path

from sparetire.disk import local_disk
from sparetire.errors import LocalDiskFault
from sparetire.model.manifest import Manifest

__all__ = ["Passed", "Rendered", "Share", "open_rendered"]

_VERSION = 4
_FORGOTTEN = 100  # rows at a time
_PIECE = 1 << 16  # bytes
_KEPT = 3  # of each list: as many targets may be published to in turn
_TABLES = """
CREATE TABLE IF NOT EXISTS rendered (
    frame TEXT NOT NULL, document TEXT NOT NULL, sha256 TEXT NOT NULL,
    PRIMARY KEY (frame, document)
);
CREATE INDEX IF NOT EXISTS rendered_body ON rendered (sha256);
CREATE TABLE IF NOT EXISTS share (
    number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE,
    shown TEXT NOT NULL, files TEXT NOT NULL, name TEXT NOT NULL,
    inspected INTEGER NOT NULL DEFAULT 0, whole TEXT NOT NULL DEFAULT ''
);
CREATE TABLE IF NOT EXISTS passed (
    number INTEGER PRIMARY KEY AUTOINCREMENT, key TEXT NOT NULL UNIQUE,
    files TEXT NOT NULL, name TEXT NOT NULL, ties TEXT NOT NULL
);
CREATE TABLE IF NOT EXISTS edition (
    number INTEGER PRIMARY KEY AUTOINCREMENT, name TEXT NOT NULL UNIQUE,
    share TEXT NOT NULL, own TEXT NOT NULL
);
"""
_ALL = ("rendered", "share", "passed", "edition")


@dataclass(frozen=True, slots=True)
class Share:
    """A part of an edition that was made before, as a whole.

    Attributes:
        manifest: Its files.
        shown: What the rest of the edition shows of it, as its maker wrote that down.
        inspected: Whether rules have looked at it and found no error.
        whole: The stamp of the bodies when all of its own were among them.
    """

    manifest: Manifest
    shown: str
    inspected: bool
    whole: str = ""


@dataclass(frozen=True, slots=True)
class Passed:
    """What rules have looked at, and found right where that is each file's own matter.

    Attributes:
        files: Those that have passed.
        ties: What ties the pages to each other, as the rules wrote that down.
    """

    files: Manifest
    ties: str


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

    def note_file(self, sha256: str) -> None:
        """Remember that a file that no page gave is still in use."""
        self.note([("", sha256, sha256)])

    @property
    def empty(self) -> bool:
        """Whether nothing is remembered: the index is new, or was lost."""
        return self._database.execute("SELECT 1 FROM rendered LIMIT 1").fetchone() is None

    def claim(self, hashes: Iterable[str]) -> None:
        """Remember bodies that are there while nothing names them: they go in their turn."""
        ask = self._database.execute
        named = {row[0] for row in ask("SELECT DISTINCT sha256 FROM rendered")}
        self.note([("", sha256, sha256) for sha256 in hashes if sha256 not in named])

    def forget(self, current: Manifest, room: int) -> tuple[str, ...]:
        """Forget some of what is longest out of use, when there is more than there is room for.

        Few at a time, so that no launch waits for it. Returns the hashes of bodies that nothing
        names any more.

        Args:
            current: The edition that was built last.
            room: How many rows may stay.
        """
        ask = self._database.execute
        (count,) = ask("SELECT count(*) FROM rendered").fetchone()
        if count <= room:
            return ()
        needed = set(current.hashes())
        for (number,) in ask("SELECT number FROM share").fetchall():
            if files := self._files("share", number):
                needed.update(files.hashes())
        old = ask("SELECT rowid, sha256 FROM rendered ORDER BY rowid")
        unused = ((number, sha256) for number, sha256 in old if sha256 not in needed)
        gone = list(islice(unused, min(_FORGOTTEN, count - room)))
        self._database.executemany(
            "DELETE FROM rendered WHERE rowid = ?", [(number,) for number, _ in gone]
        )
        find = "SELECT 1 FROM rendered WHERE sha256 = ? LIMIT 1"
        hashes = {sha256 for _, sha256 in gone}
        return tuple(sha256 for sha256 in hashes if ask(find, (sha256,)).fetchone() is None)

    def share(self, key: str) -> Share | None:
        """Return a share of an edition by the name of all that it is made of."""
        row = self._database.execute(
            "SELECT number, shown, inspected, whole FROM share WHERE key = ?", (key,)
        ).fetchone()
        if row is None:
            return None
        number, shown, inspected, whole = row
        files = self._files("share", number)
        return Share(files, str(shown), bool(inspected), str(whole)) if files else None

    def shown(self, key: str) -> str:
        """Return what the rest of the edition shows of a share; nothing of an unknown one."""
        row = self._database.execute("SELECT shown FROM share WHERE key = ?", (key,)).fetchone()
        return str(row[0]) if row else ""

    def keep_share(self, key: str, shown: str, manifest: Manifest) -> None:
        """Remember a share, and forget the oldest ones."""
        ask = self._database.execute
        ask("DELETE FROM share WHERE key = ?", (key,))
        row = (key, shown, manifest.to_json(), manifest.edition)
        ask("INSERT INTO share (key, shown, files, name) VALUES (?, ?, ?, ?)", row)
        self._forget_oldest("share")

    def mark_whole(self, key: str, stamp: str) -> None:
        """Remember that the bodies of a share were all there when they had a stamp."""
        self._database.execute("UPDATE share SET whole = ? WHERE key = ?", (stamp, key))

    def keep_edition(self, name: str, share: str, own: Manifest) -> None:
        """Remember what an edition has besides a share, and forget the oldest one."""
        row = (name, share, own.to_json())
        self._database.execute(
            "INSERT OR REPLACE INTO edition (name, share, own) VALUES (?, ?, ?)", row
        )
        self._forget_oldest("edition")

    def editions(self, share: str) -> dict[str, str]:
        """Return what editions had besides a share, as text, each by its name."""
        rows = self._database.execute("SELECT name, own FROM edition WHERE share = ?", (share,))
        return {str(name): str(own) for name, own in rows}

    def passed(self, key: str) -> Passed:
        """Return what has passed before rules, by the name of all they went by."""
        ask = self._database.execute
        row = ask("SELECT number, ties FROM passed WHERE key = ?", (key,)).fetchone()
        files = self._files("passed", row[0]) if row else None
        return Passed(files, str(row[1])) if files else Passed(Manifest({}), "{}")

    def keep_passed(self, key: str, passed: Passed) -> None:
        """Remember what has passed, and forget what did the longest ago."""
        ask = self._database.execute
        row = (key, passed.files.to_json(), passed.files.edition, passed.ties)
        ask("INSERT OR REPLACE INTO passed (key, files, name, ties) VALUES (?, ?, ?, ?)", row)
        self._forget_oldest("passed")

    def mark_inspected(self, key: str) -> None:
        """Remember that rules have looked at a share and found no error."""
        self._database.execute("UPDATE share SET inspected = 1 WHERE key = ?", (key,))

    def _files(self, table: str, number: int) -> Manifest | None:
        """Read the files in one row of a table; as a whole their text would take megabytes.

        SQLite does not see what the disk has spoilt inside of a text: such a list is unknown.
        """
        find = f"SELECT name FROM {table} WHERE number = ?"  # noqa: S608  ours
        (name,) = self._database.execute(find, (number,)).fetchone()
        with self._database.blobopen(table, "files", number, readonly=True) as text:

            def pieces() -> Iterator[bytes]:
                text.seek(0)
                return iter(partial(text.read, _PIECE), b"")

            return Manifest.from_ours(str(name), pieces)

    def _forget_oldest(self, table: str) -> None:
        kept = f"SELECT number FROM {table} ORDER BY number DESC LIMIT ?"  # noqa: S608  ours
        forget = f"DELETE FROM {table} WHERE number NOT IN ({kept})"  # noqa: S608  as above
        self._database.execute(forget, (_KEPT,))


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
            for table in _ALL:
                database.execute(f"DROP TABLE IF EXISTS {table}")
        # No sync: what a power cut leaves is whole or damaged, and bodies must fit their names.
        database.execute("PRAGMA synchronous = OFF")
        database.executescript(_TABLES)
        database.execute(f"PRAGMA user_version = {_VERSION}")
    except sqlite3.DatabaseError:
        database.close()
        raise
    return database


def _remove(path: Path) -> None:
    with local_disk(path):
        for file in (path, path.with_name(f"{path.name}-journal")):
            file.unlink(missing_ok=True)
