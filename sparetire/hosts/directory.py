"""A site in a folder of this machine: ``root/current`` is the web root."""

import os
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import replace
from pathlib import Path
from urllib.parse import urlsplit

from sparetire.config.section import is_loopback
from sparetire.disk import local_disk
from sparetire.hosts.base import Commit, Features, Holder, PublicFile, Stored, Upload
from sparetire.hosts.files import holds, source_bytes
from sparetire.hosts.folder_lock import guarded_lock
from sparetire.hosts.guard import Guard
from sparetire.hosts.loopback import refuse_stranger, serve
from sparetire.hosts.notes import note_on_disk, notes_on_disk
from sparetire.hosts.pointer import (
    as_past,
    fence,
    name_of,
    next_live,
    not_kept,
    past_manifest,
)
from sparetire.hosts.port_owner import is_free
from sparetire.hosts.releases import Releases, Symlink
from sparetire.hosts.trial import try_folder
from sparetire.model.edition import Live, Past
from sparetire.model.manifest import Entry, Manifest

__all__ = ["DirectoryHost"]


class DirectoryHost:
    """Keeps each edition in a folder of its own, beside the state that no reader may see.

    Args:
        root: The folder; it need not exist.
        url: The public address of ``root/current``.
        symlink: Makes a link to a folder, as `os.symlink` does.
    """

    def __init__(self, root: Path, *, url: str, symlink: Symlink = os.symlink) -> None:
        self._root = root.absolute()
        self._url = url
        self._guard = Guard()
        self._releases = Releases(self._root, symlink, self._guard)
        self._state = self._releases.state

    @property
    def features(self) -> Features:
        """A loopback address is served by us, headers and all; other servers have their own."""
        return Features(
            atomic_switch=self._releases.links,
            headers=is_loopback(self._url),
            conditional_writes=True,
        )

    def lock(self, holder: Holder) -> AbstractContextManager[None]:
        """Lock the folder; the system frees the lock even when the run is killed.

        Raises:
            ConfigurationFault: Readers of the loopback address would see another program.
        """
        self._refuse_stranger()
        return guarded_lock(self._state / "lock", holder, self._guard)

    def read_live(self) -> Live | None:
        """Return what is live, without those files that were damaged or taken away by hand.

        A plan then finds them missing, and puts them again.
        """
        with local_disk(self._root):
            live = self._releases.recorded()
            if live is None:
                return None
            sound = {
                path: entry
                for path, entry in live.manifest.entries.items()
                if holds(self._releases.current / path, entry.sha256)
            }
        return replace(live, manifest=Manifest(sound))

    def expect(self, commit: Commit, uploads: Sequence[Upload]) -> None:
        """Nothing is gained by knowing: the commit is quick."""

    def put(self, uploads: Sequence[Upload]) -> Iterator[Stored]:
        """Bring files onto the same disk; the commit gives them their names."""
        for upload in uploads:
            body = source_bytes(upload)
            with local_disk(self._state):
                self._releases.stage(upload.entry.sha256, body)
            yield Stored(upload.entry, tag=upload.entry.sha256)

    def commit(self, commit: Commit) -> Live:
        """Complete the edition from the files put and those already here, and switch to it."""
        live = next_live(commit)
        with local_disk(self._root):
            fence(commit, self._releases.recorded())
            self._releases.switch(live)
        return live

    def stop(self) -> None:
        """Begin no other request that changes something; those under way end."""
        self._guard.stop()

    def settle(self) -> None:
        """There is no cache of ours in front of a folder."""

    def past(self) -> tuple[Past, ...]:
        """Return the editions that are still here, newest first."""
        with local_disk(self._state):
            return tuple(as_past(live) for live in self._releases.past())

    def manifest(self, past: Past) -> Manifest:
        """Return the files of a past edition."""
        record = self._state / f"{name_of(past)}.manifest"
        with local_disk(record):
            pieces = [record.read_bytes()] if record.exists() else None
        return past_manifest(past, pieces, str(record))

    def fetch(self, past: Past, entry: Entry) -> bytes:
        """Return one file of a past edition."""
        place = self._releases.kept(name_of(past), entry)
        if place is None:
            raise not_kept(past, entry.path)
        with local_disk(place):
            return place.read_bytes()

    def remove(self, entries: Sequence[Entry]) -> tuple[str, ...]:
        """Take files out of what the public sees; older editions keep theirs."""
        with local_disk(self._root):
            return tuple(self._releases.remove(entries))

    def forget(self, kept: Sequence[Past]) -> int:
        """Each switch lets go of all but ten."""
        del kept
        return 0

    def drift(self, live: Live) -> tuple[str, ...]:
        """Compare the web root with what was published, byte for byte."""
        with local_disk(self._root):
            return tuple(self._releases.drift(live))

    def readable(self) -> frozenset[str]:
        """Return what is in the web root, where files are replaced one by one."""
        with local_disk(self._root):
            return frozenset() if self._releases.links else self._releases.readable()

    def read(self, path: str) -> PublicFile | None:
        """Return a file of the web root."""
        with local_disk(self._root):
            return self._releases.read(path)

    @contextmanager
    def serving(self) -> Iterator[None]:
        """Serve a loopback address while nobody else does; other addresses have a server.

        Raises:
            ConfigurationFault: Another program answers there.
        """
        self._refuse_stranger()
        host, port = self._place
        free = self._loopback and is_free(host, port)
        with serve(self._releases.current, host, port) if free else nullcontext():
            yield

    def private_urls(self) -> tuple[str, ...]:
        """Return where the state would be, if the server's root were one folder too high."""
        return tuple(f"{self._url}/{name}" for name in ("state/lock", "state/", "releases/"))

    def keep(self, name: str, body: bytes) -> None:
        """Write a note beside the pointers."""
        self._guard()
        note_on_disk(self._state, name, body)

    def kept(self, prefix: str) -> dict[str, bytes]:
        """Return notes from beside the pointers."""
        return notes_on_disk(self._state, prefix)

    def probe(self) -> None:
        """Write, read and delete a file in the state.

        Raises:
            ConfigurationFault: Readers of the loopback address would see another program.
        """
        try_folder(self._state)
        self._refuse_stranger()

    @property
    def _loopback(self) -> bool:
        """Whether the address is one that this machine serves by itself."""
        parts = urlsplit(self._url)
        return parts.scheme == "http" and not parts.path and is_loopback(self._url)

    @property
    def _place(self) -> tuple[str, int]:
        parts = urlsplit(self._url)
        return parts.hostname or "", parts.port or 80

    def _refuse_stranger(self) -> None:
        if self._loopback:
            refuse_stranger(self._releases.current, *self._place)
