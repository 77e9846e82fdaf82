"""The host protocol, spoken to a branch."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, nullcontext, suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from urllib.parse import quote

from dulwich.index import commit_tree
from dulwich.object_store import MemoryObjectStore
from dulwich.objects import Blob, ObjectID, ShaFile
from dulwich.objects import Commit as GitCommit

from sparetire.config.services import GitService
from sparetire.errors import HostUnreachable
from sparetire.hosts.base import Commit, Features, Holder, Stored, SwitchedWhole, Upload
from sparetire.hosts.files import source_bytes
from sparetire.hosts.folder_lock import guarded_lock
from sparetire.hosts.git.attributes import Attributes
from sparetire.hosts.git.message import compose
from sparetire.hosts.git.notes import WHO, Notes
from sparetire.hosts.git.remote import File, Remote, Tip
from sparetire.hosts.guard import Guard
from sparetire.hosts.notes import note_name
from sparetire.hosts.pointer import as_past, fence, next_live, not_kept, outrun
from sparetire.model.edition import Live, Past
from sparetire.model.manifest import Entry, Manifest
from sparetire.model.media import is_dress

__all__ = ["GitHost"]

_TRIES = 5
_PATIENCE = 600.0
_FILE = 0o100644
_SERVICE_FILES = {".nojekyll", "CNAME"}
"""What GitHub Pages reads and does not serve: how to build, and under which name."""


class GitHost(SwitchedWhole):
    """Makes one commit of each edition, upon whatever is on the branch.

    There is no private state: the record of an edition is the message of its commit, which
    names nothing but files that are public with it. Files that are not ours are kept.

    The server moves the branch only from the commit that we saw, which is what keeps two runs
    apart; the lock only spares those on one machine the surprise.

    Args:
        service: The target's settings.
        folder: Where to lock on this machine; it need not exist.
    """

    def __init__(self, service: GitService, folder: Path) -> None:
        self._url = service.url
        place = quote(f"{service.repository}@{service.branch}", safe="")
        self._lock = folder / place / "lock"
        self._remote = Remote(service)
        self._attributes = Attributes(service, self._remote)
        self._seen: Tip | None = None
        self._notes = Notes(service)
        self._staged: dict[str, Blob] = {}
        self._guard = Guard()

    @property
    def features(self) -> Features:
        """One move of the branch is the switch; whoever serves the branch chooses headers.

        GitHub Pages builds in a queue, and lets readers keep a page for 10 minutes.
        """
        return Features(
            atomic_switch=True,
            headers=False,
            conditional_writes=True,
            hides_notes=False,
            patience=_PATIENCE,
        )

    def lock(self, holder: Holder) -> AbstractContextManager[None]:
        """Keep away the other runs on this machine; the commit keeps away all."""
        return guarded_lock(self._lock, holder, self._guard)

    def read_live(self) -> Live | None:
        """Return our newest edition, without those files that others have changed since."""
        self._seen = self._remote.read()
        return _sound(self._seen)

    def expect(self, commit: Commit, uploads: Sequence[Upload]) -> None:
        """Write nothing ahead, but refuse a branch that would change our bytes."""
        del uploads
        if self._seen is not None:
            self._attributes.refuse_changes(self._seen, commit.manifest)

    def put(self, uploads: Sequence[Upload]) -> Iterator[Stored]:
        """Keep files at hand; they travel with the commit that needs them."""
        for upload in uploads:
            blob = Blob.from_string(source_bytes(upload))
            self._staged[upload.entry.sha256] = blob
            yield Stored(upload.entry, tag=blob.id.decode())

    def commit(self, commit: Commit) -> Live:
        """Move the branch to a commit of ours, upon whatever others have put there."""
        live = next_live(commit)
        tip = self._remote.read()
        for _ in range(_TRIES):
            fence(commit, tip.lives[0] if tip.lives else None)
            self._attributes.refuse_changes(tip, commit.manifest)
            made, objects = self._made(live, tip)
            self._guard()
            try:
                moved = self._remote.move(tip.sha, made, objects)
            except HostUnreachable:
                with suppress(HostUnreachable):  # The answer alone may have been lost.
                    if self._remote.read().sha == made.id:
                        return replace(live, tag=made.id.decode())
                raise
            if moved:
                return replace(live, tag=made.id.decode())
            tip = self._remote.read()
        raise outrun(commit, tip.lives[0] if tip.lives else None)

    def stop(self) -> None:
        """Begin no other request that changes something; those under way end."""
        self._guard.stop()

    def settle(self) -> None:
        """Whoever serves the branch forgets its caches by itself, in its own time."""

    def past(self) -> tuple[Past, ...]:
        """Return the editions among the newest commits of the branch."""
        return tuple(map(as_past, self._remote.read().lives))

    def manifest(self, past: Past) -> Manifest:
        """Return the files of a past edition, as the message of its commit lists them."""
        return _found(self._remote.read(), past).manifest

    def fetch(self, past: Past, entry: Entry) -> bytes:
        """Return one file from the commit of a past edition."""
        tip = self._remote.read(most=None)
        file = tip.files(_commit_of(_found(tip, past))).get(entry.path)
        if file is None:
            raise not_kept(past, entry.path)
        return tip.blob(file.blob)

    def remove(self, entries: Sequence[Entry]) -> tuple[str, ...]:
        """Do nothing: each commit holds all our files, so it has removed the others."""
        del entries
        return ()

    def forget(self, kept: Sequence[Past]) -> int:
        """What is in the history of a branch stays there."""
        del kept
        return 0

    def drift(self, live: Live) -> tuple[str, ...]:
        """Compare the branch with our newest commit, and name what is not ours."""
        tip = self._remote.read()
        found, ours = tip.files(tip.sha), _owned(tip)
        told = []
        if tip.lives and live.edition:
            made = tip.files(_commit_of(tip.lives[0]))
            for path in sorted(tip.lives[0].manifest.entries):
                if path not in found:
                    told.append(f"{path} is missing.")
                elif found[path] != made[path]:
                    told.append(f"{path} was changed by somebody.")
        foreign = found.keys() - ours - _SERVICE_FILES
        return (*told, *(f"{path} is not ours." for path in sorted(foreign)))

    def serving(self) -> AbstractContextManager[None]:
        """Whoever hosts the repository serves the branch."""
        return nullcontext()

    def private_urls(self) -> tuple[str, ...]:
        """Return where the repository itself would be read, were it the web root."""
        return (f"{self._url}/.git/HEAD", f"{self._url}/.git/config")

    def keep(self, name: str, body: bytes) -> None:
        """Write a note on a ref beside the branch, as public as the repository is."""
        self._guard()
        self._notes.write(note_name(name), body)

    def kept(self, prefix: str) -> dict[str, bytes]:
        """Return notes from the ref beside the branch."""
        return self._notes.read(prefix)

    def probe(self) -> None:
        """Read the branch, and ask whether we may push; nothing private is there to write."""
        tip = self._remote.read()
        self._attributes.refuse_changes(tip, tip.lives[0].manifest if tip.lives else None)
        self._remote.may_push()

    def _made(self, live: Live, tip: Tip) -> tuple[GitCommit, list[ShaFile]]:
        """Return the commit of an edition, and every object that the server may lack."""
        staged = {
            entry.path: self._staged[entry.sha256]
            for entry in live.manifest.entries.values()
            if entry.sha256 in self._staged
        }
        jekyll = Blob.from_string(b"")
        files = _theirs(tip, live.manifest) | _dress(tip)
        files |= {".nojekyll": File(jekyll.id, _FILE)}
        files |= _kept(tip, [e for e in live.manifest.entries.values() if e.path not in staged])
        files |= {path: File(blob.id, _FILE) for path, blob in staged.items()}
        trees = MemoryObjectStore()
        made = GitCommit()
        made.tree = commit_tree(
            trees,
            [
                (path.encode(errors="surrogateescape"), file.blob, file.mode)
                for path, file in files.items()
            ],
        )
        made.parents = [tip.sha] if tip.sha else []
        made.author = made.committer = WHO
        made.author_time = made.commit_time = _seconds(live.committed)
        made.author_timezone = made.commit_timezone = 0
        made.encoding = b"UTF-8"
        made.message = compose(live)
        blobs = {blob.id: blob for blob in (jekyll, *staged.values())}
        return made, [made, *(trees[sha] for sha in trees), *blobs.values()]


def _seconds(at: str) -> int:
    return int(datetime.fromisoformat(at).timestamp())


def _commit_of(live: Live) -> ObjectID:
    return ObjectID(live.tag.encode())


def _sound(tip: Tip) -> Live | None:
    """Return our newest edition, without files that are not on the branch as we put them."""
    if not tip.lives:
        return None
    live = tip.lives[0]
    made, found = tip.files(_commit_of(live)), tip.files(tip.sha)
    entries = live.manifest.entries
    sound = {
        path: entry for path, entry in entries.items() if found.get(path, 0) == made.get(path)
    }
    return replace(live, manifest=Manifest(sound))


def _found(tip: Tip, past: Past) -> Live:
    for live in tip.lives:
        if as_past(live) == past:
            return live
    raise not_kept(past, "The list of files")


def _owned(tip: Tip) -> set[str]:
    return {path for live in tip.lives for path in live.manifest.entries}


def _theirs(tip: Tip, manifest: Manifest) -> dict[str, File]:
    """Return the files that others have put on the branch, unless ours need their place."""
    ours = set(manifest.entries)
    taken = ours | {parent for path in ours for parent in _parents(path)}
    owned = _owned(tip)
    return {
        path: file
        for path, file in tip.files(tip.sha).items()
        if path not in owned and path not in taken and not ours.intersection(_parents(path))
    }


def _parents(path: str) -> Iterator[str]:
    while "/" in path:
        path = path.rpartition("/")[0]
        yield path


def _dress(tip: Tip) -> dict[str, File]:
    """Return what pages of older editions, still open in a browser, may yet ask for."""
    found = tip.files(tip.sha)
    entries = {path: e for live in tip.lives for path, e in live.manifest.entries.items()}
    return {
        path: found[path]
        for path, entry in entries.items()
        if is_dress(entry.content_type) and path in found
    }


def _kept(tip: Tip, entries: Iterable[Entry]) -> dict[str, File]:
    live = _sound(tip)
    known = live.manifest.entries if live else {}
    files = tip.files(tip.sha)
    kept = {}
    for entry in entries:
        before = known.get(entry.path)
        if before is None or before.sha256 != entry.sha256:
            raise HostUnreachable(
                f"{entry.path} is not on the branch any more.",
                why="It was there when this run looked: somebody else has changed it since.",
                then="Run the same command again: it puts that file anew.",
            )
        kept[entry.path] = files[entry.path]
    return kept
