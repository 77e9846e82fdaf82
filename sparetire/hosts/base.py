"""What every host can be asked, in one protocol.

A host only translates. It raises `sparetire.errors` and never lets a library's own exception
out: `CredentialsRefused` when it does not know us, `ConfigurationFault` when the place is not
there, `HostUnreachable` when it does not answer, `Locked` when somebody else is at work.
Whether something public had already changed is known to the push, not to the host.
"""

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from sparetire.model.edition import Live, Past
from sparetire.model.manifest import Entry, Manifest

__all__ = [
    "Commit",
    "Features",
    "Holder",
    "Host",
    "PublicFile",
    "Stored",
    "SwitchedWhole",
    "Upload",
]


@dataclass(frozen=True, slots=True)
class Features:
    """What a host can do beyond keeping files.

    Attributes:
        atomic_switch: Readers see the old or the new edition, never a mix.
        headers: It serves the content type and cache rule that we give.
        conditional_writes: It refuses a write when somebody else was faster.
        served: Its address answers once a commit is made; a file to hand over does not.
        shown_when_put: Readers see each file once it is put; the commit only says so.
        hides_notes: Nobody without its credentials can read the notes it keeps.
        patience: Seconds after a commit until its address must show it, unless the target's
            settings say otherwise.
    """

    atomic_switch: bool
    headers: bool
    conditional_writes: bool
    served: bool = True
    shown_when_put: bool = False
    hides_notes: bool = True
    patience: float = 12.0


@dataclass(frozen=True, slots=True)
class Upload:
    """A file to put: its entry, and where its bytes are on this disk."""

    entry: Entry
    source: Path


@dataclass(frozen=True, slots=True)
class Stored:
    """A file that the host has taken, with the host's own mark of it (an ETag)."""

    entry: Entry
    tag: str


@dataclass(frozen=True, slots=True)
class PublicFile:
    """A public file as readers get it now, whether or not the live version names it.

    Attributes:
        body: Its bytes.
        ours: A run of ours has put it, one that failed among them.
    """

    body: bytes
    ours: bool


@dataclass(frozen=True, slots=True)
class Commit:
    """The pointer to write: what becomes live, and what it replaces.

    Attributes:
        manifest: Every file of the edition.
        previous: What `Host.read_live` gave, or None on a host that had nothing of ours.
        incidents: Names of the incidents in it, with the instant of their newest statement.
        at: The instant of the commit, ISO 8601 with zone.
        goes_back: An older edition is brought back, in the place of a newer one.
    """

    manifest: Manifest
    previous: Live | None
    incidents: dict[str, str]
    at: str
    goes_back: bool = False

    @property
    def counter(self) -> int:
        """One more than the edition it replaces."""
        return self.previous.counter + 1 if self.previous else 1


@dataclass(frozen=True, slots=True)
class Holder:
    """Who wants the lock, and what for.

    Attributes:
        yields: The run can wait: it lets go when a person asks for what it holds.
    """

    who: str
    purpose: str
    nonce: str
    yields: bool = False


class Host(Protocol):
    """A place that can carry one site."""

    @property
    def features(self) -> Features:
        """What this host can do."""
        ...

    def lock(self, holder: Holder) -> AbstractContextManager[None]:
        """Keep every other run away from this target while the context is open.

        Raises:
            Locked: Another run holds it; the message says who and since when.
        """
        ...

    def read_live(self) -> Live | None:
        """Return what the last commit made live, or None when we never committed here."""
        ...

    def expect(self, commit: Commit, uploads: Sequence[Upload]) -> None:
        """Be told, before the first wave, what is to be put and committed after the last.

        A host may write down then what would otherwise take time at the commit.
        """
        ...

    def put(self, uploads: Sequence[Upload]) -> Iterator[Stored]:
        """Store one wave of files, yielding each as soon as the host has it whole.

        Files that fail leave their old version in place. The first failure is raised after the
        transfers already under way have ended.
        """
        ...

    def commit(self, commit: Commit) -> Live:
        """Make an edition live, all of whose changed files have been put.

        Raises:
            Locked: Somebody else committed since `Commit.previous` was read.
        """
        ...

    def stop(self) -> None:
        """Begin no other request that changes something; those under way end.

        A run is told to stop, and must read what the public sees once nothing can change it.
        """
        ...

    def settle(self) -> None:
        """Make caches in front of the host forget what the last commits have changed.

        What a cache still owes is written down before it is asked, with the commit itself, so
        that a later run repays what a killed one has left. Without a cache it does nothing.

        Raises:
            HostUnreachable: The cache did not confirm in time; the next run asks again.
        """
        ...

    def past(self) -> tuple[Past, ...]:
        """Return what was made live here, newest first, the present edition among them."""
        ...

    def manifest(self, past: Past) -> Manifest:
        """Return the files of a past edition.

        Raises:
            ConfigurationFault: Its record is damaged or gone.
        """
        ...

    def fetch(self, past: Past, entry: Entry) -> bytes:
        """Return one file of a past edition; the caller checks its hash.

        Raises:
            ConfigurationFault: It is not kept any more.
        """
        ...

    def remove(self, entries: Sequence[Entry]) -> tuple[str, ...]:
        """Take retired files away, and return the paths of those that were.

        One that is gone already, or is not ours, is left alone.
        """
        ...

    def forget(self, kept: Sequence[Past]) -> int:
        """Let go of every edition but these and the live one; return how many files went.

        Hosts that keep a few editions anyway let go of the others by themselves.
        """
        ...

    def drift(self, live: Live) -> tuple[str, ...]:
        """Tell, a line each, what differs from what we published: files of strangers too."""
        ...

    def readable(self) -> frozenset[str]:
        """Return the path of each file that readers can get, named by what is live or not.

        A host that switches whole versions has none besides, and need not look.
        """
        ...

    def read(self, path: str) -> PublicFile | None:
        """Return one of those files, or None where it is gone."""
        ...

    def serving(self) -> AbstractContextManager[None]:
        """Make sure that the public address is served while the context is open."""
        ...

    def private_urls(self) -> tuple[str, ...]:
        """Return addresses that must answer 403 or 404 to everybody without credentials."""
        ...

    def keep(self, name: str, body: bytes) -> None:
        """Write a note into the private state, under a relative path, while the lock is held.

        It is for a run on another machine. Only what is public already may be kept, unless
        `Features.hides_notes`: in a git repository, whoever may read it may find them.

        Raises:
            ValueError: The name leads out of the folder of notes.
        """
        ...

    def kept(self, prefix: str) -> dict[str, bytes]:
        """Return the notes whose names begin so."""
        ...

    def probe(self) -> None:
        """Prove that we may write, read and delete here, by doing so in the private state."""
        ...


class SwitchedWhole:
    """What a host has that shows one version as a whole: no file outlives its version."""

    def readable(self) -> frozenset[str]:
        """Return nothing: what is live names every file."""
        return frozenset()

    def read(self, path: str) -> PublicFile | None:
        """Return nothing, as above."""
        del path
        return None
