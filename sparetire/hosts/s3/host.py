"""The host protocol, spoken to an S3 service."""

from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import quote
from uuid import uuid4

from sparetire.config.services import S3Service
from sparetire.errors import ConfigurationFault
from sparetire.hosts.base import Commit, Features, Holder, Stored, Upload
from sparetire.hosts.files import source_bytes
from sparetire.hosts.lease import Lease
from sparetire.hosts.notes import NOTES, note_name
from sparetire.hosts.pointer import as_past, encode, next_live, outrun
from sparetire.hosts.s3.client import open_client, translated
from sparetire.hosts.s3.cloudfront import Cache, addresses
from sparetire.hosts.s3.errors import Asked
from sparetire.hosts.s3.history import History, manifest_name
from sparetire.hosts.s3.pointer import POINTER, Pointer, read_pointer
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
        self._seen: Pointer | None = None
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
        trial = self._state.file("conditions.probe")  # It stays: next time one request will do.
        return any(trial.write(b"", None) is None for _ in range(2))

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
        """Return what is live; a file that is not there as we put it has no hash or no entry.

        A plan then finds it changed or missing, and puts it again in its turn, whether somebody
        has meddled with it or a killed run of another edition was on its way.
        """
        with ThreadPoolExecutor(1, "list") as pool:
            listing = pool.submit(self._public.tags)
            self._seen = pointer = read_pointer(self._state)
            present = listing.result()
        if pointer is None:
            return None
        entries = pointer.live.manifest.entries
        self._kept = {entry.sha256 for entry in entries.values()}
        sound = {
            path: entry if pointer.tags.get(path) == tag else replace(entry, sha256="")
            for path, entry in entries.items()
            if (tag := present.get(path))
        }
        return replace(pointer.live, manifest=Manifest(sound))

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
        live, seen = next_live(commit), self._as_seen(commit.previous)
        self._history.keep_commit(live, commit.previous, self._tags(seen) | self._sent)
        body = encode(live, manifest_name(live.edition), self._owed(seen))
        file = self._state.file(POINTER)
        tag = file.write(body, commit.previous.tag if commit.previous else None)
        if tag is None:
            kept = file.read()
            # Ours already: the answer to an earlier try of the same request was lost.
            if kept is None or kept.body != body:
                raise outrun(commit, self.read_live())
            tag = kept.tag
        self._sent.clear()
        return replace(live, tag=tag)

    def settle(self) -> None:
        """Make CloudFront forget what ``live.json`` says it must, then say so there.

        The reference of an invalidation is that of its commit, so that asking again is free.
        """
        if self._service.distribution is None:
            return
        pointer = read_pointer(self._state)
        if pointer is None or not pointer.owed:
            return
        live = pointer.live
        cache = Cache(
            self._service.distribution, self._service.profile, patience=self._patience
        )
        cache.forget(addresses(pointer.owed), f"{live.edition}-{live.counter}")
        # Refused when somebody else has committed since: that commit still owes it, and pays.
        self._state.file(POINTER).write(encode(live, manifest_name(live.edition)), live.tag)

    def past(self) -> tuple[Past, ...]:
        """Return the editions that led to the live one, newest first."""
        pointer = read_pointer(self._state)
        return tuple(self._history.past(as_past(pointer.live))) if pointer else ()

    def manifest(self, past: Past) -> Manifest:
        """Return the files of a past edition."""
        return self._history.manifest(past)

    def fetch(self, past: Past, entry: Entry) -> bytes:
        """Return one file of a past edition, which the private state keeps by its hash."""
        return self._history.fetch(past, entry)

    def remove(self, entries: Sequence[Entry]) -> None:
        """Take away retired files that still are as we put them."""
        pointer = read_pointer(self._state)
        if pointer is None:
            return
        needed, tags = pointer.live.manifest.entries, pointer.tags
        paths = {entry.path for entry in entries} - needed.keys()
        self._confirm()
        self._public.remove({path: tags[path] for path in paths if path in tags})

    def drift(self, live: Live) -> tuple[str, ...]:
        """Compare the list of what is there with what the service said of each file put."""
        present = self._public.tags()
        pointer = read_pointer(self._state) if live.edition else None
        tags = self._tags(pointer)
        expected = pointer.live.manifest.entries if pointer else {}
        unknown = {path for path, tag in present.items() if tags.get(path) != tag}
        foreign = set(self._public.of_others(unknown))
        told = {path: f"{path} is missing." for path in expected if path not in present}
        for path in unknown:
            if path not in foreign:
                if pointer:  # Before a first commit it is nothing but a first try.
                    told[path] = f"{path} comes from a run that did not finish."
            elif path in expected:
                told[path] = f"{path} was changed by somebody."
            else:
                told[path] = f"{path} is not ours."
        return tuple(told[path] for path in sorted(told))

    def serving(self) -> AbstractContextManager[None]:
        """The service serves by itself."""
        return nullcontext()

    def private_urls(self) -> tuple[str, ...]:
        """Return where the state and the lists of files would be read without credentials."""
        endpoint = self._client.meta.endpoint_url
        state, public = self._service.state_bucket, self._service.bucket
        return (
            f"{endpoint}/{state}/{quote(self._state.key(POINTER))}",
            f"{endpoint}/{state}?list-type=2",
            f"{endpoint}/{public}?list-type=2",
        )

    def keep(self, name: str, body: bytes) -> None:
        """Write a note into the private state."""
        self._confirm()
        self._state.file(f"{NOTES}/{note_name(name)}").overwrite(body)

    def kept(self, prefix: str) -> dict[str, bytes]:
        """Return notes from the private state."""
        start = f"{NOTES}/"
        found = self._state.bodies(f"{start}{prefix}")
        return {name.removeprefix(start): body for name, body in found.items()}

    def probe(self) -> None:
        """Write, read and delete in the state bucket, and see that the public one is there."""
        trial = self._state.file(f"{uuid4().hex}.probe")
        body = uuid4().bytes
        trial.overwrite(body)
        kept = trial.read()
        trial.delete(None)
        if kept is None or kept.body != body:
            raise ConfigurationFault(
                f"Bucket {self._service.state_bucket!r} does not keep what is written there.",
                why="A file read back differs from what was written a moment before.",
                then="Choose another bucket or service for state_bucket in sparetire.toml.",
            )
        # Second, because the answer to this one never says why it refuses.
        with translated(self._asked(self._service.bucket)):
            self._client.head_bucket(Bucket=self._service.bucket)

    def _send(self, upload: Upload) -> Stored:
        self._confirm()
        return Stored(upload.entry, self._public.put(upload.entry, source_bytes(upload)))

    def _keep(self, upload: Upload) -> None:
        if upload.entry.sha256 not in self._kept:
            self._history.keep_body(upload.entry.sha256, source_bytes(upload))

    def _as_seen(self, previous: Live | None) -> Pointer | None:
        """Return what goes with the edition to be replaced; mostly it has been read already."""
        if previous is None:
            return None
        if self._seen is None or self._seen.live.tag != previous.tag:
            self._seen = read_pointer(self._state)
        return self._seen

    @staticmethod
    def _tags(seen: Pointer | None) -> dict[str, str]:
        return dict(seen.tags) if seen else {}

    def _owed(self, seen: Pointer | None) -> list[str]:
        """Return the paths that a cache must forget: those sent now, and an older debt."""
        if self._service.distribution is None:
            return []
        return sorted({*self._sent, *(seen.owed if seen else ())})

    def _confirm(self) -> None:
        if self._lease is not None:
            self._lease.confirm()

    def _asked(self, bucket: str) -> Asked:
        endpoint = self._service.endpoint_url or "AWS"
        return Asked(bucket, endpoint, self._service.profile)
