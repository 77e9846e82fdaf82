"""What a commit leaves in the private state for the way back, written while files are put."""

from collections.abc import Callable, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, wait
from threading import Lock

from sparetire.hosts.base import Commit, Upload
from sparetire.hosts.pointer import name_of, next_live
from sparetire.hosts.s3.buckets import Buckets
from sparetire.hosts.s3.pointer import Pointer
from sparetire.model.edition import Live
from sparetire.model.manifest import Manifest

__all__ = ["Records"]


class Records:
    """The records of one run's commits.

    Args:
        buckets: Where they go.
        seen: Gives what was live before a commit.
    """

    def __init__(self, buckets: Buckets, seen: Callable[[Live | None], Pointer | None]) -> None:
        self._buckets = buckets
        self._seen = seen
        self._known = Manifest({})  # Its bodies are in the history.
        self._kept: set[str] = set()  # Hashes of bodies that we have brought there.
        self._unkept: dict[str, Upload] = {}  # Those yet to be brought.
        self._turn = Lock()
        self._written: Commit | None = None
        self._writing: Future[None] | None = None

    def know(self, manifest: Manifest) -> None:
        """Take it from a commit that its bodies are kept."""
        self._known = manifest

    def note(self, uploads: Sequence[Upload]) -> None:
        """Take note of bodies that are to be public, and must be kept before."""
        with self._turn:
            for upload in uploads:
                entry = upload.entry
                known = self._known.entries.get(entry.path)
                there = known is not None and known.sha256 == entry.sha256
                if not there and entry.sha256 not in self._kept:
                    self._unkept[entry.sha256] = upload

    def begin(self, commit: Commit) -> None:
        """Write beside whatever comes next."""
        pool = ThreadPoolExecutor(1, "records")
        self._writing = pool.submit(self._write, commit)
        pool.shutdown(wait=False)

    def wait(self) -> None:
        """Wait until what was begun has been written.

        Raises:
            SparetireError: It could not be.
        """
        writing, self._writing = self._writing, None
        if writing is not None:
            writing.result()

    def settle(self) -> None:
        """Wait until nothing is being written, whatever came of it."""
        if self._writing is not None:
            wait([self._writing])

    def complete(self, commit: Commit) -> None:
        """Write what is still missing of a commit's records.

        Raises:
            SparetireError: They could not be written.
        """
        self.wait()
        if self._written is not commit or self._unkept:
            self._write(commit)

    def _write(self, commit: Commit) -> None:
        """Write all of a commit but the pointer; a killed run's rest is overwritten."""
        with self._turn:
            bodies = dict(self._unkept)
        live, seen = next_live(commit), self._seen(commit.previous)
        with ThreadPoolExecutor(1, "tags") as pool:
            told = pool.submit(self._buckets.tags.keep, name_of(live), seen) if seen else None
            self._buckets.history.keep_commit(live, commit.previous, [*bodies.values()])
        if told is not None:
            told.result()
        with self._turn:
            self._kept |= bodies.keys()
            for sha256 in bodies:
                self._unkept.pop(sha256, None)
        self._written = commit
