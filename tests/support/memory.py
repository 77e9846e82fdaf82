"""A host in memory: it keeps what it is given, in order, and fails when it is told to."""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path

from sparetire.errors import ConfigurationFault
from sparetire.hosts.base import Commit, Features, Holder, Stored, SwitchedWhole, Upload
from sparetire.hosts.notes import note_name
from sparetire.hosts.pointer import next_live
from sparetire.model.edition import Live, Past
from sparetire.model.manifest import Entry, Manifest

__all__ = ["MemoryHost"]


class MemoryHost(SwitchedWhole):
    """Serves nothing, but keeps files and commits as a real host does.

    Args:
        atomic: Whether readers see the old or the new edition, never a mix.
        fails_at: The path at which `put` stops, or ``commit``.
        failure: What it then raises.
    """

    def __init__(
        self,
        *,
        atomic: bool = False,
        fails_at: str = "",
        failure: BaseException | None = None,
    ) -> None:
        self.features = Features(atomic_switch=atomic, headers=True, conditional_writes=True)
        self.files: dict[str, bytes] = {}
        self.notes: dict[str, bytes] = {}
        self.asked: list[str] = []
        self._commits: list[Live] = []
        self._fails_at = fails_at
        self._failure = failure

    @contextmanager
    def lock(self, holder: Holder) -> Iterator[None]:
        self.asked.append(f"lock {holder.purpose}")
        yield

    def stop(self) -> None:
        self.asked.append("stop")

    def read_live(self) -> Live | None:
        return self._commits[-1] if self._commits else None

    def expect(self, commit: Commit, uploads: Sequence[Upload]) -> None:
        """Nothing is written ahead."""

    def put(self, uploads: Sequence[Upload]) -> Iterator[Stored]:
        for upload in uploads:
            self.asked.append(upload.entry.path)
            self._stop_at(upload.entry.path)
            self.files[upload.entry.path] = Path(upload.source).read_bytes()
            yield Stored(upload.entry, upload.entry.sha256)

    def commit(self, commit: Commit) -> Live:
        self.asked.append("commit")
        self._stop_at("commit")
        live = next_live(commit)
        self._commits.append(live)
        return live

    def settle(self) -> None:
        """There is no cache."""

    def past(self) -> tuple[Past, ...]:
        return tuple(
            Past(live.edition, live.counter, live.committed, live.incidents)
            for live in reversed(self._commits)
        )

    def manifest(self, past: Past) -> Manifest:
        for live in self._commits:
            if live.counter == past.counter:
                return live.manifest
        raise ConfigurationFault(f"Edition {past.edition} is gone.")

    def fetch(self, past: Past, entry: Entry) -> bytes:
        if entry.path not in self.files:
            raise ConfigurationFault(f"{entry.path} of {past.edition} is gone.")
        return self.files[entry.path]

    def remove(self, entries: Sequence[Entry]) -> tuple[str, ...]:
        there = [entry.path for entry in entries if entry.path in self.files]
        for path in there:
            del self.files[path]
        return tuple(there)

    def forget(self, kept: Sequence[Past]) -> int:
        before = len(self._commits)
        counters = {past.counter for past in kept} | {before}
        self._commits = [live for live in self._commits if live.counter in counters]
        return before - len(self._commits)

    def drift(self, live: Live) -> tuple[str, ...]:
        return tuple(sorted(self.files.keys() - live.manifest.entries.keys()))

    def serving(self) -> nullcontext[None]:
        return nullcontext()

    def private_urls(self) -> tuple[str, ...]:
        return ()

    def keep(self, name: str, body: bytes) -> None:
        self.notes[note_name(name)] = body

    def kept(self, prefix: str) -> dict[str, bytes]:
        return {name: body for name, body in self.notes.items() if name.startswith(prefix)}

    def probe(self) -> None:
        """Everything may be done here."""

    def _stop_at(self, step: str) -> None:
        if self._failure is not None and step == self._fails_at:
            raise self._failure
