"""What a commit leaves in the private state for the way back, written while files are put."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from concurrent.futures import Future, ThreadPoolExecutor

from sparetire.hosts.base import Commit, Upload
from sparetire.hosts.pointer import next_live
from sparetire.hosts.s3.buckets import Buckets

__all__ = ["Records"]


class Records:
    """The records of one run's commits.

    Args:
        buckets: Where they go.
        tags: Gives the ETags of every file that was put before a commit, by path.
    """

    def __init__(self, buckets: Buckets, tags: Callable[[Commit], Mapping[str, str]]) -> None:
        self._buckets = buckets
        self._tags = tags
        self._kept: set[str] = set()  # Hashes of bodies that the history has.
        self._unkept: dict[str, Upload] = {}  # Those that it has not, yet to be public.
        self._written: Commit | None = None
        self._writing: Future[None] | None = None

    def know(self, hashes: Iterable[str]) -> None:
        """Take it from a commit that its bodies are kept."""
        self._kept = set(hashes)

    def note(self, uploads: Sequence[Upload]) -> None:
        """Take note of bodies that are to be public, and must be kept before."""
        named = {upload.entry.sha256: upload for upload in uploads}
        self._unkept |= {sha: one for sha, one in named.items() if sha not in self._kept}

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
        bodies = dict(self._unkept)
        self._buckets.history.keep_commit(
            next_live(commit), commit.previous, self._tags(commit), [*bodies.values()]
        )
        self._kept |= bodies.keys()
        for sha256 in bodies:
            self._unkept.pop(sha256, None)
        self._written = commit
