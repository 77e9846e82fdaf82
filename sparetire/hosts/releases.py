"""Whole editions in folders of their own, one of which the public sees."""

import hashlib
import os
import re
import shutil
from collections.abc import Callable, Iterable, Iterator
from contextlib import suppress
from functools import cached_property
from pathlib import Path
from uuid import uuid4

from sparetire.disk import sync_folder, write_whole
from sparetire.errors import LocalDiskFault
from sparetire.hosts.base import PublicFile
from sparetire.hosts.files import holds, link_or_copy
from sparetire.hosts.pointer import decode, encode, name_of
from sparetire.model.edition import Live
from sparetire.model.manifest import Entry, Manifest

__all__ = ["Releases", "Symlink"]

Symlink = Callable[[str, Path], None]

_FILE, _FOLDER = 0o644, 0o755
_KEPT = 10
"""Editions that stay: what is live, and nine to go back to; they share their bytes."""

_DRESS = ("text/css", "text/javascript", "font/")
"""What a page needs to look right. No pictures: one may have to vanish at once."""

_NAME = re.compile(r"\d{6,}-[0-9a-f]{12}")


class Releases:
    """Switches editions by replacing one link, or file by file where there are no links.

    ``root/releases/000003-<edition>/`` are whole sites, ``root/current`` links to one of them,
    and ``root/state/`` has a pointer and a manifest for each. Without links ``root/current`` is
    a folder, the pointer is ``root/state/live.json``, and files stay in ``root/state/staging/``
    as long as a kept edition names them.
    """

    def __init__(
        self, root: Path, symlink: Symlink, guard: Callable[[], None] = lambda: None
    ) -> None:
        self.current = root / "current"
        self.state = root / "state"
        self._root = root
        self._releases = root / "releases"
        self._staging = self.state / "staging"
        self._symlink = symlink
        self._guard = guard  # asked before each change that readers or other runs would see

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
        return self._decode(pointer)

    def past(self) -> Iterator[Live]:
        """Yield the kept editions, newest first."""
        live = self.recorded()
        if live is None:
            return
        yield live
        for name in sorted(self._names(), reverse=True):
            record = self.state / f"{name}.json"
            # A killed run leaves a record of what never was live, until the next switch.
            if int(name.partition("-")[0]) < live.counter and record.exists():
                yield self._decode(record)

    def kept(self, name: str, entry: Entry) -> Path | None:
        """Return where the bytes of a kept edition's file are, if they are."""
        for place in (self._releases / name / entry.path, self._staging / entry.sha256):
            if place.is_file():
                return place
        return None

    def owned(self) -> Iterator[Entry]:
        """Yield the files of kept editions, and of one that a killed run was to switch to."""
        for path in sorted(self.state.glob("*-*.manifest")):
            with suppress(OSError, ValueError):
                manifest = Manifest.from_json(path.read_text(encoding="utf-8"))
                yield from manifest.entries.values()

    def remove(self, entries: Iterable[Entry]) -> list[str]:
        """Take retired files out of the web root, where they are still what we put there."""
        taken = []
        live = self.recorded()
        needed = live.manifest.entries if live else {}
        for entry in entries:
            page = self.current / entry.path
            if entry.path in needed or not holds(page, entry.sha256):
                continue
            self._guard()
            page.unlink()
            taken.append(entry.path)
            for folder in page.relative_to(self.current).parents[:-1]:
                with suppress(OSError):  # It holds something else.
                    (self.current / folder).rmdir()
        return taken

    def drift(self, live: Live) -> Iterator[str]:
        """Yield what differs in the web root from what was switched to."""
        expected = live.manifest.entries
        if live.edition and (recorded := self.recorded()):
            expected = recorded.manifest.entries  # what was read as live leaves damage out
        ours = {(entry.path, entry.sha256) for entry in self.owned()}
        for path, entry in sorted(expected.items()):
            if not (self.current / path).is_file():
                yield f"{path} is missing."
            elif not holds(self.current / path, entry.sha256):
                yield f"{path} was changed by somebody."
        for place in sorted(self.current.rglob("*")):
            path = place.relative_to(self.current).as_posix()
            if place.is_file() and path not in expected:
                with place.open("rb") as file:
                    found = hashlib.file_digest(file, "sha256").hexdigest()
                if (path, found) not in ours:
                    yield f"{path} is not ours."

    def readable(self) -> frozenset[str]:
        """Return the path of each file in the web root."""
        files = (place for place in self.current.rglob("*") if place.is_file())
        return frozenset(place.relative_to(self.current).as_posix() for place in files)

    def read(self, path: str) -> PublicFile | None:
        """Return a file of the web root; ours are those of kept versions and killed runs."""
        place = self.current / path
        if not place.is_file():
            return None
        body = place.read_bytes()
        sha256 = hashlib.sha256(body).hexdigest()
        owned = any(one.path == path and one.sha256 == sha256 for one in self.owned())
        return PublicFile(body, owned)

    def stage(self, sha256: str, body: bytes) -> None:
        """Keep a file by its hash, where no reader finds it, until the switch."""
        self._write(self._staging / sha256, body)

    def switch(self, live: Live) -> None:
        """Complete an edition from staged files and those already public, and make it live."""
        name = name_of(live)
        manifest = self.state / f"{name}.manifest"
        pointer = encode(live, manifest.name)
        self._write(manifest, live.manifest.to_json().encode())
        if self.links:
            self._fill(self._releases / name, live.manifest)
            self._write(self.state / f"{name}.json", pointer)
            link = self.state / "current.part"
            link.unlink(missing_ok=True)
            self._symlink(f"releases/{name}", link)
            self._guard()
            link.replace(self.current)
            sync_folder(self._root)
        else:
            self._replace_files(live.manifest)
            self._write(self.state / f"{name}.json", pointer)
            self._write(self.state / "live.json", pointer)
        self._guard()
        with suppress(OSError):  # The switch is done; old files in the way must not spoil it.
            self._tidy(name)

    def _write(self, path: Path, body: bytes) -> None:
        self._guard()
        # One name for all: a writer has the lock, and its next write uses up what a kill left.
        self.state.mkdir(parents=True, exist_ok=True)
        write_whole(path, body, self.state / "write.part")

    def _replace_files(self, manifest: Manifest) -> None:
        for entry in sorted(manifest.entries.values(), key=lambda entry: entry.wave):
            page = self.current / entry.path
            if not holds(page, entry.sha256):
                self._write(page, self._found(entry).read_bytes())
                _show(page, _FILE)
                for folder in (Path(), *page.relative_to(self._root).parents[:-1]):
                    _show(self._root / folder, _FOLDER)

    def _fill(self, release: Path, manifest: Manifest) -> None:
        part = self.state / "release.part"
        for leftover in (part, release):  # A killed run may have left either; neither is live.
            if leftover.exists():
                shutil.rmtree(leftover)
        for entry in (*manifest.entries.values(), *self._outlived(manifest)):
            place = part / entry.path
            place.parent.mkdir(parents=True, exist_ok=True)
            link_or_copy(self._found(entry), place)
            _show(place, _FILE)
        for folder, _, _ in os.walk(part, topdown=False):
            _show(Path(folder), _FOLDER)
            sync_folder(Path(folder))
        self._releases.mkdir(exist_ok=True)
        for shown in (self._releases, self._root):
            _show(shown, _FOLDER)
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
        for entry in self.owned():
            dress = entry.content_type.startswith(_DRESS) and entry.path not in seen
            if dress and holds(self.current / entry.path, entry.sha256):
                seen.add(entry.path)
                yield entry

    def _decode(self, pointer: Path) -> Live:
        def read(name: str) -> list[bytes]:
            return [(self.state / name).read_bytes()]

        return decode(pointer.read_bytes(), read, str(pointer))

    def _names(self) -> set[str]:
        paths = (*self.state.glob("*-*.manifest"), *self._releases.glob("*-*"))
        return {path.stem for path in paths if _NAME.fullmatch(path.stem)}

    def _tidy(self, live: str) -> None:
        for trial in self.state.glob("*.link"):
            trial.unlink(missing_ok=True)
        others = sorted(self._names() - {live}, reverse=True)
        # What has our number or a higher one was never live: its run was killed.
        unborn = [name for name in others if name[: name.index("-")] >= live[: live.index("-")]]
        older = [name for name in others if name not in unborn]
        for name in (*unborn, *older[_KEPT - 1 :]):
            shutil.rmtree(self._releases / name, ignore_errors=True)
            for record in self.state.glob(f"{name}.*"):
                record.unlink()
        # Where releases are folders, they hold every byte; otherwise this is where it is kept.
        needed = set() if self.links else {entry.sha256 for entry in self.owned()}
        for body in self._staging.glob("*"):
            if body.name not in needed:
                body.unlink()


def _show(path: Path, mode: int) -> None:
    """Let a web server read a file or enter a folder, whatever the umask says."""
    if path.stat().st_mode & mode != mode:
        path.chmod(mode)
