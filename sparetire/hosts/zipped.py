"""A site in one ZIP file, to hand to whoever runs a web server: the last resort."""

import hashlib
import os
import re
import zlib
from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import replace
from pathlib import Path
from zipfile import ZIP_DEFLATED, BadZipFile, ZipFile, ZipInfo

from sparetire.disk import local_disk, write_whole
from sparetire.errors import LocalDiskFault
from sparetire.hosts.base import Commit, Features, Holder, Stored, SwitchedWhole, Upload
from sparetire.hosts.files import holds, source_bytes
from sparetire.hosts.folder_lock import guarded_lock
from sparetire.hosts.guard import Guard
from sparetire.hosts.notes import note_on_disk, notes_on_disk
from sparetire.hosts.pointer import (
    as_past,
    decode,
    encode,
    fence,
    name_of,
    next_live,
    not_kept,
    past_manifest,
)
from sparetire.hosts.trial import try_folder
from sparetire.model.edition import Live, Past
from sparetire.model.manifest import Entry, Manifest

__all__ = ["SITE", "ZipHost"]

SITE = "site/"
"""Where the pages are inside the file; what is beside it is for whoever unpacks it."""

_LETTER = "LISEZMOI-README.txt"
_KEPT = 3
_NAME = re.compile(r"\d{6,}-[0-9a-f]{12}")
_EPOCH = (1980, 1, 1, 0, 0, 0)
"""The oldest date that a ZIP file knows: the same site gives the same bytes."""
_LETTER_TEXT = """\
À LA PERSONNE QUI GÈRE LE SERVEUR WEB

1. Copiez tout le contenu du dossier « site » (pas le dossier lui-même) à la racine de :
   {url}
2. Servez index.html pour chaque dossier, et 404.html pour les pages absentes.
3. Remplacez les fichiers du même nom. N'en modifiez aucun : ils seront vérifiés à l'octet près.
4. Dites à la personne qui vous a remis ce fichier que l'édition {edition} est en place.


TO WHOEVER RUNS THE WEB SERVER

1. Copy everything inside the folder "site" (not the folder itself) to the root of:
   {url}
2. Serve index.html for each folder, and 404.html for pages that are not there.
3. Replace files of the same name. Change none: they will be checked byte for byte.
4. Tell whoever gave you this file that edition {edition} is in place.
"""


class ZipHost(SwitchedWhole):
    """Writes a ZIP file; what it held before, and what it holds now, is kept beside it.

    ``<path>.state/`` has the lock, and for each of the last editions a ZIP file, a pointer and
    a manifest: ``000003-<edition>.zip``, ``.json`` and ``.manifest``.

    Args:
        path: The file; it need not exist.
        url: The address where it will be unpacked.
    """

    def __init__(self, path: Path, *, url: str) -> None:
        self._path = path.absolute()
        self._url = url
        self._state = self._path.with_name(f"{self._path.name}.state")
        self._staged: dict[str, Upload] = {}
        self._guard = Guard()

    @property
    def features(self) -> Features:
        """Nothing is served by us; the file itself is replaced at once."""
        return Features(
            atomic_switch=True, headers=False, conditional_writes=True, served=False
        )

    def lock(self, holder: Holder) -> AbstractContextManager[None]:
        """Lock the state; the system frees the lock even when the run is killed."""
        return guarded_lock(self._state / "lock", holder, self._guard)

    def read_live(self) -> Live | None:
        """Return what the file holds; no entry when it was moved away or changed by hand."""
        with local_disk(self._state):
            live = self._recorded()
            if live is None or self._sound(live):
                return live
        return replace(live, manifest=Manifest({}))

    def expect(self, commit: Commit, uploads: Sequence[Upload]) -> None:
        """Nothing is gained by knowing: the commit writes everything."""

    def put(self, uploads: Sequence[Upload]) -> Iterator[Stored]:
        """Read the files; the commit writes them all at once."""
        for upload in uploads:
            source_bytes(upload)
            self._staged[upload.entry.sha256] = upload
            yield Stored(upload.entry, tag=upload.entry.sha256)

    def commit(self, commit: Commit) -> Live:
        """Write the whole edition beside the file, then put it in the file's place."""
        live = next_live(commit)
        with local_disk(self._state):
            recorded = self._recorded()
            fence(commit, recorded)
            self._state.mkdir(parents=True, exist_ok=True)
            self._pack(live, recorded)
            self._write(f"{name_of(live)}.manifest", live.manifest.to_json().encode())
            self._write(f"{name_of(live)}.json", encode(live, f"{name_of(live)}.manifest"))
            packed = (self._state / f"{name_of(live)}.zip").read_bytes()
            # A copy: a second name would let a change made by hand reach the one we keep.
            self._guard()
            write_whole(self._path, packed, self._state / "write.part")
            with suppress(OSError):  # The file is there; old ones must not spoil it.
                self._tidy()
        return live

    def stop(self) -> None:
        """Begin no other request that changes something; those under way end."""
        self._guard.stop()

    def settle(self) -> None:
        """Nothing is cached in front of a file."""

    def past(self) -> tuple[Past, ...]:
        """Return the editions that are kept."""
        with local_disk(self._state):
            return tuple(as_past(self._decoded(path)) for path in self._pointers())

    def manifest(self, past: Past) -> Manifest:
        """Return the files of an edition that is kept."""
        record = self._state / f"{name_of(past)}.manifest"
        with local_disk(record):
            pieces = [record.read_bytes()] if record.exists() else None
        return past_manifest(past, pieces, str(record))

    def fetch(self, past: Past, entry: Entry) -> bytes:
        """Return one file out of a ZIP file that is kept."""
        with local_disk(self._state):
            body = _member(self._state / f"{name_of(past)}.zip", entry)
        if body is None:
            raise not_kept(past, entry.path)
        return body

    def remove(self, entries: Sequence[Entry]) -> tuple[str, ...]:
        """Do nothing: each file holds one edition and nothing else."""
        del entries
        return ()

    def forget(self, kept: Sequence[Past]) -> int:
        """Each commit lets go of all but three."""
        del kept
        return 0

    def drift(self, live: Live) -> tuple[str, ...]:
        """Tell when the file is not the one that was written."""
        with local_disk(self._path):
            recorded = self._recorded()
            if recorded is None:
                return (f"{self._path.name} is not ours.",) if self._path.exists() else ()
            if not self._path.exists():
                return (f"{self._path.name} is not there any more.",)
            same = self._sound(recorded) and recorded.edition == live.edition
        return () if same else (f"{self._path.name} is not the file that was written.",)

    def serving(self) -> AbstractContextManager[None]:
        """Nobody can be made to serve a file that waits to be unpacked."""
        return nullcontext()

    def private_urls(self) -> tuple[str, ...]:
        """The state never leaves this machine."""
        return ()

    def keep(self, name: str, body: bytes) -> None:
        """Write a note beside the pointers."""
        self._guard()
        note_on_disk(self._state, name, body)

    def kept(self, prefix: str) -> dict[str, bytes]:
        """Return notes from beside the pointers."""
        return notes_on_disk(self._state, prefix)

    def probe(self) -> None:
        """Write, read and delete a file in the state."""
        try_folder(self._state)

    def _pointers(self) -> list[Path]:
        paths = self._state.glob("*-*.json")
        return sorted((path for path in paths if _NAME.fullmatch(path.stem)), reverse=True)

    def _recorded(self) -> Live | None:
        newest = next(iter(self._pointers()), None)
        return self._decoded(newest) if newest else None

    def _decoded(self, pointer: Path) -> Live:
        def read(name: str) -> list[bytes]:
            return [(self._state / Path(name).name).read_bytes()]

        return decode(pointer.read_bytes(), read, str(pointer))

    def _sound(self, live: Live) -> bool:
        """Tell whether the file is still the one that was handed over."""
        try:
            with (self._state / f"{name_of(live)}.zip").open("rb") as kept:
                return holds(self._path, hashlib.file_digest(kept, "sha256").hexdigest())
        except FileNotFoundError:
            return False

    def _pack(self, live: Live, recorded: Live | None) -> None:
        part = self._state / "zip.part"
        letter = _LETTER_TEXT.format(url=self._url, edition=live.edition)
        with ZipFile(part, "w", ZIP_DEFLATED, compresslevel=9) as file:
            file.writestr(_info(_LETTER), letter.encode())
            for path, entry in sorted(live.manifest.entries.items()):
                file.writestr(_info(SITE + path), self._body(entry, recorded))
        with part.open("rb+") as file:
            os.fsync(file.fileno())
        part.replace(self._state / f"{name_of(live)}.zip")

    def _body(self, entry: Entry, recorded: Live | None) -> bytes:
        if upload := self._staged.get(entry.sha256):
            return source_bytes(upload)
        kept = self._state / f"{name_of(recorded)}.zip" if recorded else None
        body = _member(kept, entry) if kept else None
        if body is None:
            raise LocalDiskFault(
                f"{entry.path} is missing or damaged in {self._path.name}.",
                why="It was sound when this run looked, and is not any more.",
                then="Run the same command again: it puts that file anew.",
            )
        return body

    def _write(self, name: str, body: bytes) -> None:
        self._guard()
        write_whole(self._state / name, body, self._state / "write.part")

    def _tidy(self) -> None:
        for pointer in self._pointers()[_KEPT:]:
            for path in self._state.glob(f"{pointer.stem}.*"):
                path.unlink()


def _info(name: str) -> ZipInfo:
    info = ZipInfo(name, _EPOCH)
    info.create_system = 3  # Unix, on every machine: the rights below are read only then
    info.external_attr = 0o644 << 16
    info.compress_type = ZIP_DEFLATED
    return info


def _member(kept: Path, entry: Entry) -> bytes | None:
    """Return a file of the site out of a ZIP file, or None when it is not there unharmed."""
    try:
        with ZipFile(kept) as file:
            return file.read(SITE + entry.path)
    except (BadZipFile, FileNotFoundError, KeyError, zlib.error):
        return None
