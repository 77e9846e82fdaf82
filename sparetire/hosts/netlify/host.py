"""The host protocol, spoken to Netlify."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import partial
from pathlib import Path
from urllib.parse import quote
from uuid import uuid4

from sparetire.clock import Readings, passed, read_clocks
from sparetire.config.services import NetlifyService
from sparetire.errors import LocalDiskFault
from sparetire.hosts.base import Commit, Features, Holder, Stored, SwitchedWhole, Upload
from sparetire.hosts.files import source_bytes
from sparetire.hosts.folder_lock import guarded_lock
from sparetire.hosts.guard import Guard
from sparetire.hosts.netlify.api import API, PATIENCE, Api
from sparetire.hosts.netlify.deploy import sha1_of
from sparetire.hosts.netlify.notes import Notes
from sparetire.hosts.netlify.record import CLOSED, RULES, Record, Title, header_rules
from sparetire.hosts.netlify.site import Site
from sparetire.hosts.notes import note_name
from sparetire.hosts.pointer import as_past, fence, next_live, not_kept
from sparetire.model.edition import Live, Past
from sparetire.model.manifest import Entry, Manifest
from sparetire.model.media import is_dress

__all__ = ["NetlifyHost"]

_PARALLEL = 5
_CERTAIN = 30.0
"""Seconds until it is looked again, in a commit, whether another machine has published."""

_EDGES = 30.0
"""Seconds until every edge must show a published deploy."""


class NetlifyHost(SwitchedWhole):
    """Makes one deploy a commit; Netlify switches to it as a whole.

    Netlify refuses nothing when two publish at once, so the lock keeps apart only those who
    share this machine's folder; of two others, the newer deploy wins.

    Args:
        service: The target's settings.
        folder: Where to lock on this machine; it need not exist.
        api: Where Netlify's API is.
        patience: Seconds that one operation may take.
    """

    def __init__(
        self,
        service: NetlifyService,
        folder: Path,
        *,
        api: str = API,
        patience: float = PATIENCE,
    ) -> None:
        self._url = service.url
        self._guard = Guard()
        self._fenced: tuple[Commit, Readings] | None = None
        self._lock = folder / quote(service.site, safe="") / "lock"
        asked = Api(service.site, service.token_env, api, self._may_send)
        self._site = Site(asked, service.site, patience)
        self._notes = Notes(asked, self._site, patience)
        self._staged: dict[str, tuple[str, Upload]] = {}

    @property
    def features(self) -> Features:
        """Headers are served as the ``_headers`` file of each deploy says."""
        return Features(
            atomic_switch=True, headers=True, conditional_writes=False, patience=_EDGES
        )

    def lock(self, holder: Holder) -> AbstractContextManager[None]:
        """Keep away the other runs on this machine; Netlify has no lock for the rest."""
        return guarded_lock(self._lock, holder, self._guard)

    def read_live(self) -> Live | None:
        """Return what our published deploy holds; no file, where another one is published."""
        record = self._site.recorded()
        return record.live if record else None

    def expect(self, commit: Commit, uploads: Sequence[Upload]) -> None:
        """Nothing is written ahead: a deploy lists all its files."""

    def put(self, uploads: Sequence[Upload]) -> Iterator[Stored]:
        """Read and mark the files; Netlify takes none before it has the list of all."""
        for upload in uploads:
            sha1 = sha1_of(source_bytes(upload))
            self._staged[upload.entry.path] = (sha1, upload)
            yield Stored(upload.entry, tag=sha1)

    def commit(self, commit: Commit) -> Live:
        """Make one deploy of the whole site, sending what Netlify lacks."""
        recorded = self._fence(commit)
        live = next_live(commit)
        outlived = _outlived(recorded, commit.manifest)
        digest = {
            entry.path: self._sha1(entry, recorded) for entry in live.manifest.entries.values()
        } | {path: recorded.digest[path] for path in outlived if recorded}
        record = Record(live, digest).to_json()
        rules = header_rules([*live.manifest.entries.values(), *outlived.values()])
        bodies: dict[str, Callable[[], bytes]] = {
            sha1: partial(source_bytes, upload) for sha1, upload in self._staged.values()
        }
        bodies |= {sha1_of(body): partial(bytes, body) for body in (rules, record)}
        title = Title(live.counter, live.edition, live.committed, uuid4().hex)
        whole = digest | {RULES: sha1_of(rules), title.path: sha1_of(record)}
        try:
            deploy = self._site.deployment().publish(str(title), whole, bodies)
        finally:
            self._fenced = None
        return replace(live, tag=str(deploy["id"]))

    def stop(self) -> None:
        """Begin no other request that changes something; those under way end."""
        self._guard.stop()

    def settle(self) -> None:
        """Netlify forgets its caches by itself when a deploy is published."""

    def past(self) -> tuple[Past, ...]:
        """Return the newest deploys of ours that were published and are kept."""
        with ThreadPoolExecutor(_PARALLEL, "netlify") as pool:
            records = list(pool.map(self._site.record, self._site.once_published()))
        lives = sorted((each.live for each in records), key=lambda live: -live.counter)
        return tuple(map(as_past, lives))

    def manifest(self, past: Past) -> Manifest:
        """Return the files of a deploy."""
        return self._site.record(self._site.find(past)).live.manifest

    def fetch(self, past: Past, entry: Entry) -> bytes:
        """Read a file at the deploy's own address."""
        body = self._site.read(self._site.find(past), entry.path)
        if body is None:
            raise not_kept(past, entry.path)
        return body

    def remove(self, entries: Sequence[Entry]) -> tuple[str, ...]:
        """Do nothing: each deploy lists all its files, so the commit has removed the others."""
        del entries
        return ()

    def forget(self, kept: Sequence[Past]) -> int:
        """Netlify lets go of old deploys by itself."""
        del kept
        return 0

    def drift(self, live: Live) -> tuple[str, ...]:
        """Compare the list of what is published with what we had deployed."""
        recorded, found = self._site.recorded(), self._site.files()
        if recorded is None or not recorded.digest:
            told = "files of somebody else's deploy; ours would take the place of all of them"
            return (f"{len(found)} {told}.",) if found else ()
        paths = sorted(recorded.digest.keys() & live.manifest.entries.keys())
        foreign = found.keys() - recorded.digest.keys() - {RULES}
        return (
            *(f"{path} is missing." for path in paths if path not in found),
            *(
                f"{path} is not what was deployed."
                for path in paths
                if found.get(path, recorded.digest[path]) != recorded.digest[path]
            ),
            *(f"{path} is not ours." for path in sorted(foreign) if CLOSED not in path),
        )

    def serving(self) -> AbstractContextManager[None]:
        """Netlify serves by itself."""
        return nullcontext()

    def private_urls(self) -> tuple[str, ...]:
        """Return where the records would be listed, and where the rules would be read."""
        return (f"{self._url}/{CLOSED}", f"{self._url}/{RULES}")

    def keep(self, name: str, body: bytes) -> None:
        """Write a note into the site's blob store, which needs the token to be read."""
        self._guard()
        self._notes.write(note_name(name), body)

    def kept(self, prefix: str) -> dict[str, bytes]:
        """Return notes from the site's blob store."""
        return self._notes.read(prefix)

    def probe(self) -> None:
        """Make a draft that nobody sees, look at it, and delete it; it counts as a deploy."""
        self._site.published()
        # The one file that it lists is never sent, so it can never become ready.
        files = {"/probe.txt": sha1_of(uuid4().bytes)}
        title = {"title": "sparetire check: deleted at once"}
        draft = self._site.ask(
            "POST", "/deploys", params=title, json={"files": files, "draft": True}
        )
        self._site.ask("GET", f"/deploys/{draft['id']}")
        self._site.ask("DELETE", f"/deploys/{draft['id']}")

    def _fence(self, commit: Commit) -> Record | None:
        """Return what is published, if it still is what the commit is to replace.

        Raises:
            Locked: Another machine has published since.
        """
        began = read_clocks()
        recorded = self._site.recorded()
        fence(commit, recorded.live if recorded else None)
        self._fenced = commit, began
        return recorded

    def _may_send(self) -> None:
        """Let a request be sent: a machine that slept looks first whether others published.

        Raises:
            Locked: They have.
        """
        self._guard()
        if self._fenced is not None:
            commit, looked = self._fenced
            if passed(looked, read_clocks()) > _CERTAIN:
                self._fence(commit)

    def _sha1(self, entry: Entry, recorded: Record | None) -> str:
        sha1, upload = self._staged.get(entry.path, ("", None))
        if upload is not None and upload.entry.sha256 == entry.sha256:
            return sha1
        known = recorded.known(entry) if recorded else None
        if known is None:
            raise LocalDiskFault(
                f"{entry.path} was not put.",
                why="Netlify does not hold it, and this run has not read it.",
                then="Run the same command again: it puts that file anew.",
            )
        return known


def _outlived(recorded: Record | None, manifest: Manifest) -> Mapping[str, Entry]:
    """Return what pages of the last edition, still open in a browser, may yet ask for."""
    if recorded is None:
        return {}
    return {
        path: entry
        for path, entry in recorded.live.manifest.entries.items()
        if is_dress(entry.content_type) and path not in manifest.entries
    }
