"""The host protocol, spoken to an S3 service."""

from collections.abc import Iterator, Sequence
from concurrent.futures import Future, ThreadPoolExecutor, as_completed
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from types import MappingProxyType
from urllib.parse import quote

from sparetire.config.services import S3Service
from sparetire.hosts.base import Commit, Features, Holder, Stored, Upload
from sparetire.hosts.files import source_bytes
from sparetire.hosts.lease import Lease
from sparetire.hosts.notes import NOTES, note_name
from sparetire.hosts.pointer import as_past, name_of, next_live, outrun
from sparetire.hosts.s3.buckets import Buckets
from sparetire.hosts.s3.cloudfront import Cache, addresses
from sparetire.hosts.s3.drift import Leftovers, differences
from sparetire.hosts.s3.pointer import POINTER, Pointer, read_pointer, write_pointer
from sparetire.hosts.s3.proof import prove
from sparetire.hosts.s3.records import Records
from sparetire.hosts.s3.replacing import Replacing
from sparetire.hosts.s3.tags import older_after, tags_name
from sparetire.model.edition import Live, Past
from sparetire.model.manifest import Entry, Known, Manifest

__all__ = ["S3Host"]

_THREADS = 32
_BARE, _CACHED = 12.0, 30.0
"""Seconds until readers must see a commit: without a cache in front of the bucket, and with."""


class S3Host(Leftovers):
    """Puts pages into a public bucket, and its state into a private one.

    The state is kept under ``<bucket>/<prefix>``, so that one private bucket serves many sites.

    Args:
        service: The target's settings.
        lease: Seconds after which a lock that is not renewed may be taken over, if not those
            of the settings.
        patience: Seconds to wait for a cache to confirm.
        memory: A folder of this machine to remember in what the service can do.
        known: Editions whose lists of files need not be fetched.
    """

    def __init__(
        self,
        service: S3Service,
        *,
        lease: float | None = None,
        patience: float = 60.0,
        memory: Path | None = None,
        known: Known = MappingProxyType({}),
    ) -> None:
        self._service = service
        self._buckets = Buckets(service, memory)
        self._known = known
        self._lasts = service.lease if lease is None else lease
        self._patience = patience
        self._replacing = Replacing(self._buckets)
        self._seen: Pointer | None = None
        self._records = Records(self._buckets, self._as_seen)
        self._glimpsed: Future[Pointer | None] | None = None
        self._sent: dict[str, str] = {}  # ETags of what was put since the last commit, by path.

    @property
    def features(self) -> Features:
        """What the service does; whether it honours conditions is tried out, once."""
        return Features(
            atomic_switch=False,
            headers=True,
            conditional_writes=self._buckets.conditions.honoured,
            shown_when_put=self._service.distribution is None,
            patience=_BARE if self._service.distribution is None else _CACHED,
        )

    @contextmanager
    def lock(self, holder: Holder) -> Iterator[None]:
        """Hold a lease that is renewed in the background: people think while they approve."""
        place = f"Bucket {self._service.bucket!r}"
        slot, sure = self._buckets.state.file("lock.json"), self._buckets.conditions.known
        lease = Lease(slot, holder, place, lasts=self._lasts)
        with ThreadPoolExecutor(2, "ahead") as ahead:
            ahead.submit(self._buckets.open_ahead)
            self._glimpsed = ahead.submit(self._read_pointer)
            with lease.held(sure=sure):
                self._buckets.guard.lease = lease
                self._buckets.doubt.unsure = lease.inherited
                try:
                    yield
                finally:
                    try:
                        self._records.settle()
                    finally:  # also where somebody cannot wait for it
                        self._buckets.guard.lease = None
                        self._buckets.doubt.hand_on(lease)

    def read_live(self) -> Live | None:
        """Return what is live; a file that is not there as we put it has no hash or no entry.

        A plan then finds it changed or missing, and puts it again in its turn. The files are
        only looked at where they may be in doubt: a run has died or stopped since the last
        commit, `drift` has found something, or no lock keeps others from changing them now.
        """
        glimpsed, self._glimpsed = self._glimpsed, None
        with ThreadPoolExecutor(2, "look") as pool:
            reading = pool.submit(self._read_pointer, glimpsed)
            sure = self._may_trust_the_pointer()
            listing = None if sure else pool.submit(self._buckets.public.tags)
            self._seen = pointer = reading.result()
            present = listing.result() if listing else None
        self._replacing.know(pointer, present)
        if pointer is None:
            return None
        entries = pointer.live.manifest.entries
        self._records.know(pointer.live.manifest)
        if present is None:
            return pointer.live
        tags = self._buckets.tags.of(pointer)
        sound = {
            path: entry if tags.get(path) == tag else replace(entry, sha256="")
            for path, entry in entries.items()
            if (tag := present.get(path))
        }
        self._buckets.doubt.unsure = sound != entries
        return replace(pointer.live, manifest=Manifest(sound))

    def expect(self, commit: Commit, uploads: Sequence[Upload]) -> None:
        """Write the records of a commit while its files are put."""
        self._make_way()
        self._replacing.read_ahead(upload.entry.path for upload in uploads)
        self._records.note(uploads)
        self._records.begin(commit)

    def stop(self) -> None:
        """Begin no other request; those under way end."""
        self._buckets.guard.stop()

    def put(self, uploads: Sequence[Upload]) -> Iterator[Stored]:
        """Send files in parallel; results come in the caller's thread, in any order."""
        self._make_way()
        self._buckets.doubt.unsure = True  # Until the commit.
        self._records.note(uploads)
        with ThreadPoolExecutor(min(_THREADS, len(uploads) or 1), "put") as pool:
            sent = [pool.submit(self._send, upload) for upload in uploads]
            try:
                for done in as_completed(sent):
                    stored = done.result()
                    self._sent[stored.entry.path] = stored.tag
                    yield stored
            finally:  # After a failure those under way end, and no other begins.
                pool.shutdown(cancel_futures=True)

    def commit(self, commit: Commit) -> Live:
        """Replace exactly the pointer that was read, once all records are written."""
        self._records.complete(commit)
        live, seen = next_live(commit), self._as_seen(commit.previous)
        older = older_after(name_of(live), seen)
        body = write_pointer(Pointer(live, self._owed(seen), self._sent, older))
        file = self._buckets.state.file(POINTER)
        tag = file.write(body, commit.previous.tag if commit.previous else None)
        if tag is None:
            kept = file.read()
            # Ours already: the answer to an earlier try of the same request was lost.
            if kept is None or kept.body != body:
                raise outrun(commit, self.read_live())
            tag = kept.tag
        self._sent.clear()
        self._buckets.doubt.unsure = False
        return replace(live, tag=tag)

    def settle(self) -> None:
        """Make CloudFront forget what ``live.json`` says it must, then say so there.

        The reference of an invalidation is that of its commit, so that asking again is free.
        """
        if self._service.distribution is None:
            return
        pointer = read_pointer(self._buckets.state)
        if pointer is None or not pointer.owed:
            return
        live = pointer.live
        cache = Cache(
            self._service.distribution, self._service.profile, patience=self._patience
        )
        cache.forget(addresses(pointer.owed), f"{live.edition}-{live.counter}")
        # Refused when somebody else has committed since: that commit still owes it, and pays.
        body = write_pointer(replace(pointer, owed=()))
        self._buckets.state.file(POINTER).write(body, live.tag)

    def past(self) -> tuple[Past, ...]:
        """Return the editions that led to the live one, newest first."""
        pointer = read_pointer(self._buckets.state)
        return tuple(self._buckets.history.past(as_past(pointer.live))) if pointer else ()

    def manifest(self, past: Past) -> Manifest:
        """Return the files of a past edition."""
        return self._buckets.history.manifest(past)

    def fetch(self, past: Past, entry: Entry) -> bytes:
        """Return one file of a past edition, which the private state keeps by its hash."""
        return self._buckets.history.fetch(past, entry)

    def remove(self, entries: Sequence[Entry]) -> tuple[str, ...]:
        """Take away retired files that still are as we put them."""
        pointer = read_pointer(self._buckets.state)
        if pointer is None:
            return ()
        tags = self._buckets.tags.of(pointer)
        paths = {entry.path for entry in entries} - pointer.live.manifest.entries.keys()
        return self._buckets.public.remove({path: tags[path] for path in paths if path in tags})

    def forget(self, kept: Sequence[Past]) -> int:
        """Let go of the records of other editions, and of bodies that no kept one has."""
        pointer = read_pointer(self._buckets.state)
        if pointer is None:
            return 0
        records = [tags_name(commit) for commit in pointer.older]
        return self._buckets.history.forget(pointer.live, kept, records)

    def drift(self, live: Live) -> tuple[str, ...]:
        """Compare the list of what is there with what the service said of each file put."""
        buckets = self._buckets
        present = buckets.public.tags()
        pointer = read_pointer(buckets.state) if live.edition else None
        tags = buckets.tags.of(pointer) if pointer else {}
        told = differences(present, pointer, tags, buckets.public)
        if pointer and told.keys() & pointer.live.manifest.entries.keys():
            buckets.doubt.raise_for_the_next()
        return tuple(told[path] for path in sorted(told))

    def serving(self) -> AbstractContextManager[None]:
        """The service serves by itself."""
        return nullcontext()

    def private_urls(self) -> tuple[str, ...]:
        """Return where the state and the lists of files would be read without credentials."""
        endpoint = self._buckets.client.meta.endpoint_url
        state, public = self._service.state_bucket, self._service.bucket
        return (
            f"{endpoint}/{state}/{quote(self._buckets.state.key(POINTER))}",
            f"{endpoint}/{state}?list-type=2",
            f"{endpoint}/{public}?list-type=2",
        )

    def keep(self, name: str, body: bytes) -> None:
        """Write a note into the private state, over the very one that is there."""
        self._buckets.replace(self._buckets.state.file(f"{NOTES}/{note_name(name)}"), body)

    def kept(self, prefix: str) -> dict[str, bytes]:
        """Return notes from the private state."""
        start = f"{NOTES}/"
        found = self._buckets.state.bodies(f"{start}{prefix}")
        return {name.removeprefix(start): body for name, body in found.items()}

    def probe(self) -> None:
        """Write, read and delete in the state bucket, and look at all else that must hold."""
        self._buckets.conditions.forget()
        prove(self._service, self._buckets)

    def _read_pointer(self, glimpsed: Future[Pointer | None] | None = None) -> Pointer | None:
        return read_pointer(self._buckets.state, glimpsed, self._known)

    def _may_trust_the_pointer(self) -> bool:
        """Tell whether public files need no look at each to know how they are."""
        return (
            self._buckets.guard.lease is not None
            and self._buckets.conditions.honoured
            and not self._buckets.doubt.there
        )

    def _send(self, upload: Upload) -> Stored:
        return Stored(upload.entry, self._replacing.put(upload.entry, source_bytes(upload)))

    def _as_seen(self, previous: Live | None) -> Pointer | None:
        """Return what goes with the edition to be replaced; mostly it has been read already."""
        if previous is None:
            return None
        if self._seen is None or self._seen.live.tag != previous.tag:
            self._seen = read_pointer(self._buckets.state)
        return self._seen

    def _owed(self, seen: Pointer | None) -> tuple[str, ...]:
        """Return the paths that a cache must forget: those sent now, and an older debt."""
        if self._service.distribution is None:
            return ()
        return tuple(sorted({*self._sent, *(seen.owed if seen else ())}))

    def _make_way(self) -> None:
        """Let a run go first that cannot wait, as long as nothing of ours is public."""
        if not self._buckets.doubt.unsure:
            self._buckets.guard.make_way()
