"""The host protocol, spoken to an SSH server."""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from uuid import uuid4

from sparetire.config.services import SftpService
from sparetire.hosts.base import Commit, Features, Holder, PublicFile, Stored, Upload
from sparetire.hosts.files import source_bytes
from sparetire.hosts.guard import Guard
from sparetire.hosts.lease import Lease
from sparetire.hosts.notes import NOTES, note_name
from sparetire.hosts.pointer import (
    as_past,
    fence,
    name_of,
    next_live,
    not_kept,
    past_manifest,
)
from sparetire.hosts.sftp.connection import Connection
from sparetire.hosts.sftp.disk import Disk
from sparetire.hosts.sftp.errors import misused
from sparetire.hosts.sftp.releases import Releases
from sparetire.hosts.sftp.requests import Requests
from sparetire.hosts.sftp.slot import LockFile
from sparetire.model.edition import Live, Past
from sparetire.model.manifest import Entry, Manifest

__all__ = ["SftpHost"]


class SftpHost:
    """Keeps each edition in a folder of its own, beside the state that no reader may see.

    Args:
        service: The target's settings.
        lease: Seconds after which a lock that is not renewed may be taken over, if not those
            of the settings.
    """

    def __init__(self, service: SftpService, *, lease: float | None = None) -> None:
        self._service = service
        self._lasts = service.lease if lease is None else lease
        self._guard = Guard()
        self._connection = Connection(service)
        self._requests = Requests(service, self._connection)
        self._disk = Disk(self._requests, self._guard)
        self._releases = Releases(self._disk)

    def __del__(self) -> None:
        self._connection.close()

    @property
    def features(self) -> Features:
        """What this server can do, tried out once; its own web server chooses headers."""
        return Features(
            atomic_switch=self._releases.links,
            headers=False,
            conditional_writes=self._disk.refuses,
        )

    @contextmanager
    def lock(self, holder: Holder) -> Iterator[None]:
        """Hold a lease that is renewed in the background: people think while they approve."""
        place = f"{self._service.path} on {self._service.server}"
        lease = Lease(LockFile(self._disk), holder, place, lasts=self._lasts)
        with lease.held():
            self._guard.lease = lease
            try:
                yield
            finally:
                self._guard.lease = None

    def read_live(self) -> Live | None:
        """Return what is live, without those files that are missing or cut short."""
        return self._releases.sound()

    def expect(self, commit: Commit, uploads: Sequence[Upload]) -> None:
        """Nothing is written ahead: the commit must find the server as it is then."""

    def put(self, uploads: Sequence[Upload]) -> Iterator[Stored]:
        """Bring files to the server's disk; the commit gives them their names."""
        self._guard.make_way()  # Nothing is public before the commit.
        for upload, _ in self._requests.as_done(self._stage, uploads):
            yield Stored(upload.entry, tag=upload.entry.sha256)

    def commit(self, commit: Commit) -> Live:
        """Complete the edition from the files put and those already here, and switch to it."""
        live = next_live(commit)
        fence(commit, self._releases.recorded())
        self._releases.switch(live)
        return live

    def stop(self) -> None:
        """Begin no other request that changes something; those under way end."""
        self._guard.stop()

    def settle(self) -> None:
        """There is no cache of ours in front of the server."""

    def past(self) -> tuple[Past, ...]:
        """Return the editions that are still here, newest first."""
        return tuple(as_past(live) for live in self._releases.past())

    def manifest(self, past: Past) -> Manifest:
        """Return the files of a past edition."""
        record = f"state/{name_of(past)}.manifest"
        body = self._disk.read(record)
        return past_manifest(past, None if body is None else [body], f"{record} at the server")

    def fetch(self, past: Past, entry: Entry) -> bytes:
        """Return one file of a past edition."""
        body = self._releases.kept(name_of(past), entry)
        if body is None:
            raise not_kept(past, entry.path)
        return body

    def remove(self, entries: Sequence[Entry]) -> tuple[str, ...]:
        """Take files out of what the public sees; older editions keep theirs."""
        return tuple(self._releases.remove(entries))

    def forget(self, kept: Sequence[Past]) -> int:
        """Each switch lets go of all but ten."""
        del kept
        return 0

    def drift(self, live: Live) -> tuple[str, ...]:
        """Compare the web root with what was published, by name and size."""
        return tuple(self._releases.drift(live))

    def readable(self) -> frozenset[str]:
        """Return what is in the web root, where files are replaced one by one."""
        return frozenset() if self._releases.links else self._releases.readable()

    def read(self, path: str) -> PublicFile | None:
        """Return a file of the web root."""
        return self._releases.read(path)

    def serving(self) -> AbstractContextManager[None]:
        """The server serves by itself."""
        return nullcontext()

    def private_urls(self) -> tuple[str, ...]:
        """Return where the state would be, if the server's root were one folder too high."""
        url = self._service.url
        return tuple(f"{url}/{name}" for name in ("state/lock.json", "state/", "releases/"))

    def keep(self, name: str, body: bytes) -> None:
        """Write a note beside the pointers."""
        path = f"state/{NOTES}/{note_name(name)}"
        self._disk.write(path, body, "state/note.part")

    def kept(self, prefix: str) -> dict[str, bytes]:
        """Return notes from beside the pointers."""
        folder = f"state/{NOTES}"
        names = sorted(name for name in self._disk.tree(folder) if name.startswith(prefix))
        bodies = self._requests.together(
            lambda name: self._disk.read(f"{folder}/{name}"), names
        )
        return {name: body for name in names if (body := bodies[name]) is not None}

    def probe(self) -> None:
        """Write, read and delete a file in the state."""
        trial = f"state/{uuid4().hex}.probe"
        self._disk.write(trial, trial.encode())
        back = self._disk.read(trial)
        self._disk.remove(trial)
        if back != trial.encode():
            raise misused(self._service, "A file read back differs from what was written.")

    def _stage(self, upload: Upload) -> None:
        self._releases.stage(upload.entry.sha256, source_bytes(upload))
