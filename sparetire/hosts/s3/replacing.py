"""Puts public files so that an older page never takes the place of a newer one.

A file that is there is replaced under the condition that it still has the ETag that was read,
and a new one is created under the condition that there is none. A machine may sleep in the
middle of a request: the service then refuses what arrives after another run's file.
"""

from collections.abc import Iterable, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from random import uniform
from threading import Lock
from time import sleep

from sparetire.errors import HostUnreachable, Locked
from sparetire.hosts.s3.buckets import Buckets
from sparetire.hosts.s3.pointer import Pointer
from sparetire.hosts.s3.public import Condition, Found
from sparetire.model.entry import Entry

__all__ = ["Replacing"]

_TRIES = 5
_READERS = 16


class Replacing:
    """What one run knows about the public files that it replaces.

    Args:
        buckets: Where they are.
    """

    def __init__(self, buckets: Buckets) -> None:
        self._buckets = buckets
        self._turn = Lock()
        self._told: dict[str, str] = {}  # ETags as earlier runs and this one were told them
        self._listed: Mapping[str, str] | None = None  # what a list of all files said
        self._live: Iterable[str] = ()  # paths of the live manifest
        self._reading: dict[str, Future[Found | None]] = {}

    def know(self, pointer: Pointer | None, listed: Mapping[str, str] | None) -> None:
        """Take note of what is live; read under the lock.

        Args:
            pointer: The last commit: it holds the ETags of the files that its run has put.
            listed: The ETag of every file that is there, where they were listed.
        """
        with self._turn:
            # A list says what is there now, a record only what was put.
            self._told = dict(pointer.fresh) if pointer and listed is None else {}
            self._listed = listed
            self._live = pointer.live.manifest.entries.keys() if pointer else ()
            self._reading.clear()

    def read_ahead(self, paths: Iterable[str]) -> None:
        """Ask for the ETags that no record at hand holds, side by side, without waiting."""
        unknown = [path for path in paths if self._is_unknown(path)]
        if not unknown or not self._buckets.conditions.honoured:
            return
        pool = ThreadPoolExecutor(min(_READERS, len(unknown)), "etag")
        with self._turn:
            for path in unknown:
                self._reading[path] = pool.submit(self._buckets.public.find, path)
        pool.shutdown(wait=False)

    def put(self, entry: Entry, body: bytes) -> str:
        """Store a file over the one that was read, or none, and return its ETag.

        A refusal is looked into under a lock that the host has just confirmed: our own bytes
        are the trace of a request whose answer was lost, and what only a record had told is
        read once.

        Raises:
            Locked: Another run has the lock, or has changed the file without one.
        """
        tag = self._put(entry, body)
        with self._turn:
            self._told[entry.path] = tag
        return tag

    def _put(self, entry: Entry, body: bytes) -> str:
        public = self._buckets.public
        if not self._buckets.conditions.honoured:
            return _certain(public.put(entry, body, Condition()), entry)
        seen, was_read = self._seen(entry.path)
        for tries in range(1, _TRIES + 1):
            tag = public.put(entry, body, _over(seen))
            if tag is not None:
                return tag
            self._buckets.guard(at_once=True)
            found = public.find(entry.path)
            if found is not None and found.is_from(entry) and (tries > 1 or found.fits(entry)):
                return found.tag
            there = found.tag if found else None
            if there == seen:  # The service was busy with another request for the same file.
                sleep(uniform(0.05, 0.2) * tries)  # noqa: S311  spreads rivals, keeps no secret
            elif was_read:
                raise _changed(entry.path)
            seen, was_read = there, True
        raise _refused(entry.path)

    def _seen(self, path: str) -> tuple[str | None, bool]:
        """Return a file's ETag, None where there is no file; and whether it was read by us."""
        with self._turn:
            reading = self._reading.pop(path, None)
        if reading is None and self._is_unknown(path):
            found = self._buckets.public.find(path)
            return (found.tag if found else None), True
        if reading is not None:
            found = reading.result()
            return (found.tag if found else None), True
        if self._listed is not None and path not in self._told:
            return self._listed.get(path), True
        return self._told.get(path), False

    def _is_unknown(self, path: str) -> bool:
        return self._listed is None and path in self._live and path not in self._told


def _over(seen: str | None) -> Condition:
    return Condition(IfNoneMatch="*") if seen is None else Condition(IfMatch=seen)


def _certain(tag: str | None, entry: Entry) -> str:
    if tag is None:
        raise _refused(entry.path)
    return tag


def _changed(path: str) -> Locked:
    return Locked(
        f"{path} was not replaced.",
        why="Something else has changed it since this run read it, without the lock.",
        then="Look with sparetire status, then run the same command again.",
    )


def _refused(path: str) -> HostUnreachable:
    return HostUnreachable(
        f"{path} was not taken by the service.",
        why=f"It refused the file {_TRIES} times, as if another request changed it each time.",
        then="Run the same command again.",
    )
