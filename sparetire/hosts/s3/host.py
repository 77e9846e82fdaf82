"""The host protocol, spoken to an S3 service."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote
from uuid import uuid4

from sparetire.config.schema import S3Service
from sparetire.errors import ConfigurationFault
from sparetire.hosts.base import Commit, Features, Holder, Stored, Upload
from sparetire.hosts.files import source_bytes
from sparetire.hosts.lease import Lease
from sparetire.hosts.pointer import as_past, encode, next_live, outrun
from sparetire.hosts.s3.client import open_client, translated
from sparetire.hosts.s3.cloudfront import Cache, addresses
from sparetire.hosts.s3.errors import Asked
from sparetire.hosts.s3.history import History, manifest_name
from sparetire.hosts.s3.pointer import Pointer, read_pointer
from sparetire.hosts.s3.public import PublicFiles
from sparetire.hosts.s3.state import PrivateState
from sparetire.model.edition import Entry, Live, Manifest, Past

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

__all__ = ["S3Host"]

_THREADS = 32


class S3Host:
    """Puts pages into a public bucket, and its state into a private one.

    The state is kept under ``<bucket>/<prefix>``, so that one private bucket serves many sites.

    Args:
        service: The target's settings.
        lease: Seconds after which a lock that nobody renews may be taken over.
        patience: Seconds to wait for a cache to confirm.
    """

    def __init__(
        self, service: S3Service, *, lease: float = 120.0, patience: float = 60.0
    ) -> None:
        self._service = service
        self._lasts = lease
        self._patience = patience
        self._lease: Lease | None = None
        self._kept: set[str] = set()  # Hashes of bodies that the history has.
        self._sent: dict[str, str] = {}  # ETags of what was put since the last commit, by path.

    @cached_property
    def _client(self) -> "S3Client":
        with translated(self._asked(self._service.bucket)):
            return open_client(self._service)

    @cached_property
    def _public(self) -> PublicFiles:
        asked = self._asked(self._service.bucket)
        return PublicFiles(self._client, asked, self._service.prefix)

    @cached_property
    def _state(self) -> PrivateState:
        asked = self._asked(self._service.state_bucket)
        folder = f"{self._service.bucket}/{self._service.prefix}"
        return PrivateState(self._client, asked, folder)

    @cached_property
    def _history(self) -> History:
        return History(self._state)

    @cached_property
    def _conditions(self) -> bool:
        """Some services take conditions and ignore them, so ask this one to refuse a write."""
        trial = self._state.file(f"{uuid4().hex}.probe")
        tag = trial.write(b"1", None)
        refused = trial.write(b"2", None) is None
        trial.delete(tag if refused else None)
        return refused

    @property
    def features(self) -> Features:
        """What the service does; whether it honours conditions is tried out, once."""
        return Features(atomic_switch=False, headers=True, conditional_writes=self._conditions)

    @contextmanager
    def lock(self, holder: Holder) -> Iterator[None]:
        """Hold a lease that is renewed in the background: people think while they approve."""
        place = f"Bucket {self._service.bucket!r}"
        lease = Lease(self._state.file("lock.json"), holder, place, lasts=self._lasts)
        with lease.held():
            self._lease = lease
            try:
                yield
            finally:
                self._lease = None

    def read_live(self) -> Live | None:
        """Return what is live, without those files that are not there as we put them.

        A plan then finds them missing and puts them again, whether somebody changed them or a
        killed run of another edition did.
        """
        with ThreadPoolExecutor(1, "list") as pool:
            listing = pool.submit(self._public.tags)
            pointer = read_pointer(self._state)
            if pointer is None:
                return None
            tags = self._history.tags(as_past(pointer.live))
            present = listing.result()
        live = pointer.live
        self._kept = {entry.sha256 for entry in live.manifest.entries.values()}
        sound = {
            path: entry
            for path, entry in live.manifest.entries.items()
            if path in tags and tags[path] == present.get(path)
        }
        return replace(live, manifest=Manifest(sound))

    def put(self, uploads: Sequence[Upload]) -> Iterator[Stored]:
        """Send files in parallel; results come in the caller's thread, in any order."""
        with ThreadPoolExecutor(min(_THREADS, 2 * len(uploads)) or 1, "put") as pool:
            sent = [
                pool.submit(send, upload)
                for upload in uploads
                for send in (self._keep, self._send)
            ]
            try:
                for done in as_completed(sent):
                    if stored := done.result():
                        self._sent[stored.entry.path] = stored.tag
                        yield stored
            finally:  # After a failure those under way end, and no other begins.
                pool.shutdown(cancel_futures=True)

    def commit(self, commit: Commit) -> Live:
        """Write the records, then replace exactly the pointer that was read."""
        self._confirm()
        live, previous = next_live(commit), commit.previous
        before = self._history.tags(as_past(previous)) if previous else {}
        self._history.keep_commit(live, previous, before | self._sent)
        owed = self._owed(previous)
        body = encode(live, manifest_name(live.edition), owed)
        file = self._state.file("live.json")
        tag = file.write(body, previous.tag if previous else None)
        if tag is None:
            kept = file.read()
            # Ours already: the answer to an earlier try of the same request was lost.
            if kept is None or kept.body != body:
                raise outrun(commit, self.read_live())
            tag = kept.tag
        self._sent.clear()
        return replace(live, tag=tag)
