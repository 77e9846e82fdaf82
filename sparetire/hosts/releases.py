"""Whole editions in folders of their own, one of which the public sees."""

import os
import re
import shutil
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from uuid import uuid4

from sparetire.disk import sync_folder, write_whole
from sparetire.errors import LocalDiskFault
from sparetire.hosts.files import holds, link_or_copy
from sparetire.hosts.pointer import decode, encode
from sparetire.model.edition import Entry, Live, Manifest

__all__ = ["Releases", "Symlink"]

Symlink = Callable[[str, Path], None]

_KEPT = 3
"""Release folders that stay: what is live, and two to look at or go back to by hand."""

_DRESS = ("text/css", "text/javascript", "font/")
"""What a page needs to look right. No pictures: one may have to vanish at once."""

_NAME = re.compile(r"\d{6,}-[0-9a-f]{12}")


class Releases:
    """Switches editions by replacing one link, or file by file where there are no links.

    ``root/releases/000003-<edition>/`` are whole sites, ``root/current`` links to one of them,
    and ``root/state/`` has a pointer and a manifest for each. Without links ``root/current`` is
    a folder, and the pointer is ``root/state/live.json``.
    """

    def __init__(self, root: Path, symlink: Symlink) -> None:
        self.current = root / "current"
        self.state = root / "state"
        self._root = root
        self._releases = root / "releases"
        self._staging = self.state / "staging"
        self._symlink = symlink

    @cached_property
    def links(self) -> bool:
        """Whether a link does the switch: tried once, unless files are here already."""
        if self.current.is_dir() and not self.current.is_symlink():
            return False
        trial = self.state / f"{uuid4().hex}.link"
        try:
            self.state.mkdir(parents=True, exist_ok=True)
            self._symlink("releases", trial)
            trial.unlink(missing_ok=True)
        except OSError:
            return False
        return True

    def recorded(self) -> Live | None:
        """Return what the last switch made live, as it was written down then."""
        try:
            pointer = self.state / f"{self.current.readlink().name}.json"
        except OSError:  # There is nothing, or a folder.
            pointer = self.state / "live.json"
            if not pointer.exists():
                return None
        return decode(
            pointer.read_bytes(), lambda name: (self.state / name).read_bytes(), str(pointer)
        )

    def stage(self, sha256: str, body: bytes) -> None:
        """Keep a file by its hash, where no reader finds it, until the switch."""
        self._write(self._staging / sha256, body)

    def switch(self, live: Live) -> None:
        """Complete an edition from staged files and those already public, and make it live."""
        name = f"{live.counter:06d}-{live.edition}"
        manifest = self.state / f"{name}.manifest"
        pointer = encode(live, manifest.name)
        self._write(manifest, live.manifest.to_json().encode())
        if self.links:
            self._fill(self._releases / name, live.manifest)
            self._write(self.state / f"{name}.json", pointer)
            link = self.state / "current.part"
            link.unlink(missing_ok=True)
            self._symlink(f"releases/{name}", link)
            link.replace(self.current)
            sync_folder(self._root)
        else:
            self._replace_files(live.manifest)
            self._write(self.state / "live.json", pointer)
        with suppress(OSError):  # The switch is done; old files in the way must not spoil it.
            self._tidy(name)

    def _write(self, path: Path, body: bytes) -> None:
        # One name for all: a writer has the lock, and its next write uses up what a kill left.
        self.state.mkdir(parents=True, exist_ok=True)
        write_whole(path, body, self.state / "write.part")

    def _replace_files(self, manifest: Manifest) -> None:
        for entry in sorted(manifest.entries.values(), key=lambda entry: entry.wave):
            page = self.current / entry.path
            if not holds(page, entry.sha256):
                self._write(page, self._found(entry).read_bytes())

    def _fill(self, release: Path, manifest: Manifest) -> None:
        part = self.state / "release.part"
        for leftover in (part, release):  # A killed run may have left either; neither is live.
            if leftover.exists():
                shutil.rmtree(leftover)
        for entry in (*manifest.entries.values(), *self._outlived(manifest)):
            place = part / entry.path
            place.parent.mkdir(parents=True, exist_ok=True)
            link_or_copy(self._found(entry), place)
        for folder, _, _ in os.walk(part, topdown=False):
            sync_folder(Path(folder))
        self._releases.mkdir(exist_ok=True)
        part.rename(release)
        sync_folder(self._releases)

    def _found(self, entry: Entry) -> Path:
        for place in (self._staging / entry.sha256, self.current / entry.path):
            if holds(place, entry.sha256):
                return place
        raise LocalDiskFault(
            f"{self.current / entry.path} is missing or damaged.",
            why="It was sound when this run looked, and is not any more.",
            then="Run the same command again: it puts that file anew.",
        )

    def _outlived(self, manifest: Manifest) -> Iterator[Entry]:
        """Yield what pages of kept editions, still open in a browser, may yet ask for."""
        seen = set(manifest.entries)
        for path in self.state.glob("*-*.manifest"):
            with suppress(OSError, ValueError):
                old = Manifest.from_json(path.read_text(encoding="utf-8"))
                for entry in old.entries.values():
                    dress = entry.content_type.startswith(_DRESS) and entry.path not in seen
                    if dress and holds(self.current / entry.path, entry.sha256):
                        seen.add(entry.path)
                        yield entry

    def _tidy(self, live: str) -> None:
        shutil.rmtree(self._staging, ignore_errors=True)
        for trial in self.state.glob("*.link"):
            trial.unlink(missing_ok=True)
        paths = (*self.state.glob("*-*.manifest"), *self._releases.glob("*-*"))
        names = {path.stem for path in paths if _NAME.fullmatch(path.stem)}
        for name in sorted(names - {live}, reverse=True)[_KEPT - 1 :]:
            shutil.rmtree(self._releases / name, ignore_errors=True)
            for record in self.state.glob(f"{name}.*"):
                record.unlink()
