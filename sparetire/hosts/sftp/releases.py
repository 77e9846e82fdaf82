"""Whole editions in folders of their own on the server, one of which the public sees."""

import re
from collections.abc import Iterable, Iterator
from contextlib import suppress
from dataclasses import replace
from functools import cached_property
from posixpath import basename, dirname

from sparetire.errors import SparetireError
from sparetire.hosts.base import PublicFile
from sparetire.hosts.pointer import decode, encode, name_of
from sparetire.hosts.sftp.disk import Disk
from sparetire.hosts.sftp.errors import lost
from sparetire.model.edition import Live
from sparetire.model.manifest import Entry, Manifest
from sparetire.model.media import is_dress

__all__ = ["Releases"]

_KEPT = 10
"""Editions that stay: what is live, and nine to go back to; they share their bytes."""

_NAME = re.compile(r"\d{6,}-[0-9a-f]{12}")
_LIVE = "state/live.json"


class Releases:
    """Switches editions by replacing one link, or file by file where there are no links.

    ``releases/000003-<edition>/`` are whole sites, ``current`` links to one of them, and
    ``state/`` has a pointer and a manifest for each. Without links ``current`` is a folder, the
    pointer is ``state/live.json``, and files stay in ``state/staging/`` as long as a kept
    edition names them. The server is asked for sizes, not for bytes: a file that somebody
    replaced by another of the same size is found when the public address is looked at.
    """

    def __init__(self, disk: Disk) -> None:
        self._disk = disk

    @cached_property
    def links(self) -> bool:
        """Whether a link does the switch: tried once, unless files are here already."""
        if "current" in self._disk.list(".") and self._disk.target("current") is None:
            return False
        return self._disk.links

    def recorded(self) -> Live | None:
        """Return what the last switch made live, as it was written down then."""
        target = self._disk.target("current")
        pointer = f"state/{basename(target)}.json" if target else _LIVE
        body = self._disk.read(pointer)
        if body is None and target is None:
            return None
        return self._decode(pointer, body or b"")

    def sound(self) -> Live | None:
        """Return what is live, without files that are not there as they were put."""
        live = self.recorded()
        if live is None:
            return None
        sizes = self._disk.tree(self._root(live))
        doubtful = set() if self._disk.target("current") else self._begun(live)
        entries = live.manifest.entries
        sound = {
            path: entry
            for path, entry in entries.items()
            if sizes.get(path) == entry.size and path not in doubtful
        }
        return replace(live, manifest=Manifest(sound))

    def past(self) -> Iterator[Live]:
        """Yield the kept editions, newest first."""
        live = self.recorded()
        if live is None:
            return
        yield live
        records = [name for name in self._disk.list("state") if name.endswith(".json")]
        for record in sorted(records, reverse=True):
            name = record.removesuffix(".json")
            if _NAME.fullmatch(name) and _number(name) < live.counter:
                body = self._disk.read(f"state/{record}")
                yield self._decode(f"state/{record}", body or b"")

    def kept(self, name: str, entry: Entry) -> bytes | None:
        """Return a file of a kept edition, if it is there."""
        body = self._disk.read(f"releases/{name}/{entry.path}")
        return self._disk.read(f"state/staging/{entry.sha256}") if body is None else body

    def stage(self, sha256: str, body: bytes) -> None:
        """Keep a file by its hash, where no reader finds it, until the switch."""
        self._disk.write(f"state/staging/{sha256}", body)

    def switch(self, live: Live) -> None:
        """Complete an edition from staged files and those already public, and make it live."""
        name = name_of(live)
        manifest = f"{name}.manifest"
        before = self.sound()
        owned = list(self.owned())
        pointer = encode(live, manifest)
        self._disk.write(f"state/{manifest}", live.manifest.to_json().encode())
        if self.links:
            self._fill(f"releases/{name}", live.manifest, before, owned)
            self._disk.write(f"state/{name}.json", pointer)
            self._disk.point("current", f"releases/{name}")
        else:
            self._replace(live.manifest, before)
            self._disk.write(f"state/{name}.json", pointer)
            self._disk.write(_LIVE, pointer)
        with suppress(SparetireError):  # The switch is done; old files must not spoil it.
            self._tidy(live)

    def remove(self, entries: Iterable[Entry]) -> list[str]:
        """Take retired files out of the web root, where they are still as we put them."""
        taken = []
        live = self.recorded()
        needed = live.manifest.entries if live else {}
        sizes = self._disk.tree(self._root(live))
        for entry in entries:
            if entry.path in needed or sizes.get(entry.path) != entry.size:
                continue
            path = f"{self._root(live)}/{entry.path}"
            self._disk.remove(path)
            taken.append(entry.path)
            while "/" in (path := dirname(path)) and path != self._root(live):
                self._disk.rmdir(path)
        return taken

    def drift(self, live: Live) -> Iterator[str]:
        """Yield what differs in the web root from what was switched to."""
        recorded = self.recorded() if live.edition else None
        expected = recorded.manifest.entries if recorded else {}
        found = self._disk.tree(self._root(recorded))
        ours = {(entry.path, entry.size) for entry in self.owned()}
        for path, entry in sorted(expected.items()):
            if path not in found:
                yield f"{path} is missing."
            elif found[path] != entry.size:
                yield f"{path} was changed by somebody."
        for path, size in sorted(found.items()):
            if path not in expected and (path, size) not in ours:
                yield f"{path} is not ours."

    def readable(self) -> frozenset[str]:
        """Return the path of each file in the web root."""
        return frozenset(self._disk.tree("current"))

    def read(self, path: str) -> PublicFile | None:
        """Return a file of the web root; ours are those of kept versions and killed runs."""
        body = self._disk.read(f"current/{path}")
        if body is None:
            return None
        return PublicFile(body, any(one.path == path for one in self.owned()))

    def owned(self) -> Iterator[Entry]:
        """Yield the files of kept editions, and of one that a killed run was to switch to."""
        for name in sorted(self._disk.list("state")):
            if name.endswith(".manifest"):
                with suppress(ValueError):
                    text = (self._disk.read(f"state/{name}") or b"").decode()
                    yield from Manifest.from_json(text).entries.values()

    def _root(self, live: Live | None) -> str:
        # A link is not followed by a listing on every server, so its folder is named.
        if live is not None and self._disk.target("current"):
            return f"releases/{name_of(live)}"
        return "current"

    def _begun(self, live: Live) -> set[str]:
        """Return the files that a killed run may have replaced already, one by one."""
        doubtful = set()
        for name in self._disk.list("state"):
            stem, mark, kind = name.partition(".")
            if mark and kind == "manifest" and _number(stem) > live.counter:
                with suppress(ValueError):
                    text = (self._disk.read(f"state/{name}") or b"").decode()
                    begun = Manifest.from_json(text).entries
                    old = live.manifest.entries
                    doubtful |= {path for path in begun if begun[path] != old.get(path)}
        return doubtful

    def _fill(
        self, release: str, manifest: Manifest, before: Live | None, owned: list[Entry]
    ) -> None:
        part = "state/release.part"
        for leftover in (part, release):  # A killed run may have left either; neither is live.
            self._disk.drop(leftover)
        wanted = {entry.path: entry for entry in manifest.entries.values()}
        here = self._disk.tree(self._root(before)) if before else {}
        outlived = {
            entry.path: entry
            for entry in owned
            if is_dress(entry.content_type) and here.get(entry.path) == entry.size
        }
        sources = self._sources({**outlived, **wanted}, before, set(outlived))
        for folder in sorted({dirname(f"{part}/{path}") for path in sources} | {part}):
            self._disk.folder(folder)
        self._disk.requests.together(
            lambda path: self._disk.link(sources[path], f"{part}/{path}"), sources
        )
        self._disk.folder("releases")
        if not self._disk.claim(part, release):
            raise lost(release)

    def _replace(self, manifest: Manifest, before: Live | None) -> None:
        known = before.manifest.entries if before else {}
        changed = {
            path: entry
            for path, entry in manifest.entries.items()
            if path not in known or known[path].sha256 != entry.sha256
        }
        sources = self._sources(changed, None, set())
        for path, entry in sorted(changed.items(), key=lambda item: (item[1].wave, item[0])):
            part = "state/page.part"
            self._disk.remove(part)
            self._disk.folder(dirname(f"current/{path}"))
            self._disk.link(sources[entry.path], part)
            self._disk.move(part, f"current/{path}")

    def _sources(
        self, wanted: dict[str, Entry], before: Live | None, here: set[str]
    ) -> dict[str, str]:
        """Return where the bytes of each file are now: staged, or public already."""
        staged = {name: each.st_size for name, each in self._disk.list("state/staging").items()}
        known = before.manifest.entries if before else {}
        found = {}
        for path, entry in wanted.items():
            old = known.get(path)
            if staged.get(entry.sha256) == entry.size:
                found[path] = f"state/staging/{entry.sha256}"
            elif (old is not None and old.sha256 == entry.sha256) or path in here:
                found[path] = f"{self._root(before)}/{path}"
            else:
                raise lost(path)
        return found

    def _decode(self, pointer: str, body: bytes) -> Live:
        place = f"The server's {pointer}"
        return decode(body, lambda name: [self._disk.read(f"state/{name}") or b""], place)

    def _tidy(self, live: Live) -> None:
        state = self._disk.list("state")
        for name in state:
            if name.endswith((".link", ".probe", ".clock")):
                self._disk.remove(f"state/{name}")
        stems = {name.partition(".")[0] for name in (*state, *self._disk.list("releases"))}
        names = {stem for stem in stems if _NAME.fullmatch(stem)} - {name_of(live)}
        # What has our number or a higher one was never live: its run was killed.
        older = sorted((name for name in names if _number(name) < live.counter), reverse=True)
        for name in names - set(older[: _KEPT - 1]):
            self._disk.drop(f"releases/{name}")
            for kind in ("json", "manifest"):
                self._disk.remove(f"state/{name}.{kind}")
        # Where releases are folders, they hold every byte; otherwise this is where it is kept.
        needed = set() if self.links else {entry.sha256 for entry in self.owned()}
        unneeded = [name for name in self._disk.list("state/staging") if name not in needed]
        self._disk.requests.together(
            lambda name: self._disk.remove(f"state/staging/{name}"), unneeded
        )


def _number(name: str) -> int:
    number = name.partition("-")[0]
    return int(number) if number.isdigit() else 0
