"""A lock on a folder that the system itself frees when its holder dies.

A run that can wait says so in the lock. Whoever meets it asks for the lock, in a file beside
it, and waits a little: the run lets go where nothing is half done.
"""

import json
import os
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sparetire.clock import now
from sparetire.disk import local_disk
from sparetire.errors import Locked
from sparetire.hosts.base import Holder
from sparetire.hosts.guard import Guard

__all__ = ["asked_for", "folder_lock", "guarded_lock"]

PATIENCE = 30.0  # seconds that a run which yields may take to come to a stop, or to its end
COMING_OR_GOING = 0.5  # seconds that a holder may take to say who it is
PAUSE = 0.05

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


class HeldFolder:
    """A lock file that this run has locked.

    The system keeps the lock for as long as the run lives, asleep or not; but a folder on a
    network may be given to another machine meanwhile, and a person may remove the file.
    """

    def __init__(self, handle: int, path: Path, nonce: str) -> None:
        self._handle = handle
        self._path = path
        self._nonce = nonce

    def confirm(self, *, at_once: bool = False) -> None:
        """Make sure, before a write, that the file at this path is still ours.

        Raises:
            Locked: It is not.
        """
        del at_once  # It is always looked at: that costs no request.
        try:
            same = os.path.samestat(os.fstat(self._handle), self._path.stat())
        except OSError:
            same = False
        note = _note(self._path)
        if same and note.get("nonce") == self._nonce:
            return
        taker = f"{note['who']} has it: {note.get('purpose')}." if note else "It is gone."
        raise Locked(
            f"{self._path.parent.parent} is not locked for this run any more.",
            why=f"{self._path} is not the file that this run has locked. {taker}",
            then="Look with sparetire status; if still needed, run the same command again.",
        )

    def make_way(self) -> None:
        """Go on: runs that want this lock wait for it outside."""


@contextmanager
def guarded_lock(path: Path, holder: Holder, guard: Guard) -> Iterator[None]:
    """Hold a lock file, and have it asked for by a guard, while the context is open.

    Raises:
        Locked: Another run holds it.
        LocalDiskFault: The file cannot be made.
    """
    with folder_lock(path, holder) as held:
        guard.lease = held
        try:
            yield
        finally:
            guard.lease = None


@contextmanager
def folder_lock(path: Path, holder: Holder) -> Iterator[HeldFolder]:
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
            _wait_for(handle, path, holder, error)
        if holder.yields:  # whoever asked and was killed while waiting asks no more
            _wish(path).unlink(missing_ok=True)
        note = {"who": holder.who, "purpose": holder.purpose, "since": str(now())}
        _write(handle, note | {"yields": holder.yields, "nonce": holder.nonce})
        try:
            yield HeldFolder(handle, path, holder.nonce)
        finally:
            os.ftruncate(handle, 0)
    finally:
        os.close(handle)


def asked_for(path: Path) -> bool:
    """Tell whether somebody asks for a lock that we hold and can let go."""
    return _wish(path).exists()


def _wish(path: Path) -> Path:
    return path.with_name(f"{path.name}.wanted")


def _wait_for(handle: int, path: Path, holder: Holder, refusal: OSError) -> None:
    """Seize the lock once a run that yields has let it go.

    Raises:
        Locked: Its holder does not yield, or takes too long.
    """
    wish, patience = _wish(path), _patience(path, holder)
    if not patience:
        raise _locked(path) from refusal
    end = time.monotonic() + patience
    try:
        while time.monotonic() < end:
            with local_disk(wish):
                wish.touch()  # anew each time: a holder that has just come in clears old ones
            try:
                _seize(handle)
            except OSError:
                time.sleep(PAUSE)
            else:
                return
        raise _locked(path) from refusal
    finally:
        wish.unlink(missing_ok=True)


def _patience(path: Path, holder: Holder) -> float:
    """Return how long to wait for the present holder of a lock."""
    note = _note(path)
    if holder.yields:
        return 0
    if not note:
        return COMING_OR_GOING
    return PATIENCE if note.get("yields") else 0


def _note(path: Path) -> dict[str, object]:
    try:
        note = json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return note if isinstance(note, dict) else {}


def _write(handle: int, note: dict[str, object]) -> None:
    with local_disk(Path("lock")):
        os.ftruncate(handle, 0)
        os.write(handle, json.dumps(note).encode())


def _locked(path: Path) -> Locked:
    note = _note(path)
    told = f"{note.get('who')} is at work: {note.get('purpose')}, since {note.get('since')}."
    if not note:
        told = "Another run is at work on this machine; it has not said who it is."
    return Locked(
        f"{path.parent.parent} is in use by another run.",
        why=told,
        then="Wait for it to end, then run the same command again.",
    )
