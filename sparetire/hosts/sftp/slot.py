"""The place of the lock file on a server that has no conditional writes."""

import hashlib
from time import sleep
from uuid import uuid4

from sparetire.clock import Stopwatch
from sparetire.hosts.lease import Kept
from sparetire.hosts.sftp.disk import Disk

__all__ = ["LockFile"]

_LOCK = "state/lock.json"
_CLAIM = "state/lock.claim"
_CLAIM_LASTS = 60.0
"""Seconds after which a claim, which is needed for three requests, belongs to a dead run."""

_SETTLES, _PAUSE = 10.0, 0.1
"""Seconds that whoever lets go waits for the end of such a claim, and between two looks."""


class LockFile:
    """Creates the file by a rename that refuses a name in use.

    To replace it, a run must first have created the claim beside it in the same way, and then
    still find the version that it had read: so of two that saw the same dead lock, one wins.
    """

    def __init__(self, disk: Disk) -> None:
        self._disk = disk

    def read(self) -> Kept | None:
        """Return the lock and its age by the server's own clock."""
        body = self._disk.read(_LOCK)
        age = None if body is None else self._disk.age(_LOCK)
        if body is None or age is None:
            return None
        return Kept(body, _tag(body), age)

    def write(self, body: bytes, replaces: str | None) -> str | None:
        """Create the lock, or replace one version of it."""
        if replaces is None:
            return _tag(body) if self._create(body, _LOCK) else None
        if not self._claimed():
            return None
        try:
            now = self._disk.read(_LOCK)
            if now is None or _tag(now) != replaces:
                return None
            self._disk.write(_LOCK, body, f"state/{uuid4().hex}.part")
        finally:
            self._disk.remove(_CLAIM)
        return _tag(body)

    def delete(self, tag: str) -> None:
        """Remove the lock if it is still this version.

        Whoever has read that version before may yet write over it, and so bring back a lock
        without a holder: the claim tells, and once it is gone all is as one can read it.
        """
        now = self._disk.read(_LOCK)
        if now is None or _tag(now) != tag:
            return
        self._disk.remove(_LOCK)
        watch = Stopwatch()
        while watch.elapsed() < _SETTLES and self._disk.age(_CLAIM) is not None:
            sleep(_PAUSE)

    def _claimed(self) -> bool:
        age = self._disk.age(_CLAIM)
        if age is not None and age > _CLAIM_LASTS:
            self._disk.remove(_CLAIM)
        return self._create(b"", _CLAIM)

    def _create(self, body: bytes, name: str) -> bool:
        part = f"state/{uuid4().hex}.part"
        self._disk.folder("state")
        self._disk.grow(part, body)
        made = False
        try:
            made = self._disk.claim(part, name)
        finally:
            if not made:
                self._disk.remove(part)
        return made


def _tag(body: bytes) -> str:
    # Each renewal has other bytes, and so has each run.
    return hashlib.sha256(body).hexdigest()
