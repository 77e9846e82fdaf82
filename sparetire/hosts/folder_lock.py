"""A lock on a folder that the system itself frees when its holder dies."""

import json
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sparetire.clock import now
from sparetire.disk import local_disk
from sparetire.errors import Locked
from sparetire.hosts.base import Holder

__all__ = ["folder_lock"]

if sys.platform == "win32":
    import msvcrt

    def _seize(handle: int) -> None:
        # A byte far behind the text is locked, so that others can still read who holds it.
        os.lseek(handle, 1 << 30, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        os.lseek(handle, 0, os.SEEK_SET)
else:
    import fcntl

    def _seize(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)


@contextmanager
def folder_lock(path: Path, holder: Holder) -> Iterator[None]:
    """Hold a lock file while the context is open.

    The file stays behind, empty: removing it would let two runs hold two files of one name.

    Raises:
        Locked: Another run holds it.
        LocalDiskFault: The file cannot be made.
    """
    with local_disk(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        handle = os.open(path, os.O_RDWR | os.O_CREAT, 0o600)
    try:
        try:
            _seize(handle)
        except OSError as error:
            raise _locked(path) from error
        _write(handle, {"who": holder.who, "purpose": holder.purpose, "since": str(now())})
        try:
            yield
        finally:
            os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def _write(handle: int, note: dict[str, str]) -> None:
    with local_disk(Path("lock")):
        os.ftruncate(handle, 0)
        os.write(handle, json.dumps(note).encode())


def _locked(path: Path) -> Locked:
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
        told = f"{note['who']} is at work: {note['purpose']}, since {note['since']}."
    except (OSError, ValueError, KeyError, TypeError):
        told = "Another run is at work on this machine; it has not said who it is."
    return Locked(
        f"{path.parent.parent} is in use by another run.",
        why=told,
        then="Wait for it to end, then run the same command again.",
    )
