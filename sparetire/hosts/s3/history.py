"""What a private bucket remembers of each commit: when, what, and every byte of it."""

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from dataclasses import asdict, dataclass

from sparetire.hosts.base import Upload
from sparetire.hosts.pointer import as_past, name_of, not_kept, past_manifest
from sparetire.hosts.s3.lists import list_name, packed, unpacked
from sparetire.hosts.s3.packs import Packs
from sparetire.hosts.s3.state import PrivateState
from sparetire.model.edition import Live, Past
from sparetire.model.manifest import Entry, Manifest

__all__ = ["History"]

_THREADS = 16
_MOST_TOLD = 100


@dataclass(frozen=True, slots=True)
class _Record:
    """One commit, and the name of the edition that it replaced."""

    past: Past
    replaces: str


class History:
    """Manifests by edition, bodies in packs, and a record of each commit."""

    def __init__(self, state: PrivateState) -> None:
        self._state = state
        self._packs = Packs(state)

    def keep_commit(self, live: Live, before: Live | None, bodies: Sequence[Upload]) -> None:
        """Write a commit and what it needs, at once; a killed run's rest is overwritten.

        Args:
            live: What is to become live.
            before: What it replaces.
            bodies: What the edition before does not have.
        """
        record = asdict(as_past(live)) | {"replaces": before.edition if before else ""}
        text = json.dumps(record, ensure_ascii=False)
        with ThreadPoolExecutor(3, "record") as pool:
            bundled = pool.submit(self._packs.keep, name_of(live), bodies)
            listed = pool.submit(self._keep_manifest, live.manifest)
            self._state.file(f"commits/{name_of(live)}.json").overwrite(text.encode())
            bundled.result()
            listed.result()

    def past(self, live: Past) -> Iterator[Past]:
        """Yield the commits that led to the live one, newest first."""
        yield live
        numbers = range(1, live.counter + 1)
        names = [name for name in self._state.names("commits/") if _counter(name) in numbers]
        newest = sorted(names, reverse=True)[:_MOST_TOLD]
        with ThreadPoolExecutor(_THREADS, "past") as pool:
            records = pool.map(self._record, newest)
            yield from _led_to(live, [each for each in records if each])

    def manifest(self, past: Past) -> Manifest:
        """Return the files of a past edition."""
        name = list_name(past.edition)
        kept = self._state.file(name).read()
        pieces = unpacked(kept.body) if kept else None
        return past_manifest(past, pieces, self._state.place(name))

    def fetch(self, past: Past, entry: Entry) -> bytes:
        """Return one file of a past edition."""
        body = self._packs.read(entry.sha256)
        if body is None:
            raise not_kept(past, entry.path)
        return body

    def forget(self, live: Live, kept: Iterable[Past], records: Collection[str]) -> int:
        """Let go of what neither the live edition nor those to be kept need.

        A pack stays whole as long as one body in it is needed.
        Records go before bodies: killed in between, no way back is promised that is none, and
        the next run lets go of the rest.

        Args:
            live: What is live.
            kept: Other editions that can be brought back.
            records: The names of other files that the live one needs.
        """
        wanted = [as_past(live), *kept]
        bodies = set(live.manifest.hashes())
        for past in wanted[1:]:
            bodies.update(self.manifest(past).hashes())
        needed = {list_name(past.edition) for past in wanted} | set(records)
        needed |= {f"commits/{name_of(past)}.json" for past in wanted}
        gone = 0
        for start in ("commits/", "tags/", "manifests/"):
            names = [name for name in self._state.names(start) if name not in needed]
            gone += _each(self._delete, names)
        return gone + _each(self._packs.delete, self._packs.without(bodies))

    def _delete(self, name: str) -> None:
        self._state.file(name).delete(None)

    def _keep_manifest(self, manifest: Manifest) -> None:
        """Write the list of an edition's files, unless it is there already, and right.

        Some services lose a file while it is being written anew, if the run is killed then; and
        an edition that is brought back, or may be, needs the list that it has.
        """
        body = packed(manifest)
        file = self._state.file(list_name(manifest.edition))
        if file.write(body, None) is None:
            kept = file.read()
            if kept is None or not _lists(kept.body, manifest.edition):
                file.overwrite(body)

    def _record(self, name: str) -> _Record | None:
        kept = self._state.file(name).read()
        try:
            fields = json.loads(kept.body) if kept else {}
            replaces = fields.pop("replaces")
            return _Record(Past(**fields), replaces)
        except (ValueError, TypeError, KeyError, AttributeError):
            return None  # The chain goes on behind it: one damaged record hides one edition.


def _lists(body: bytes, edition: str) -> bool:
    """Tell whether it is an edition's list; other machines may compress to other bytes."""
    with suppress(ValueError):
        return Manifest.from_pieces(unpacked(body)).edition == edition
    return False


def _each(delete: Callable[[str], None], names: Sequence[str]) -> int:
    with ThreadPoolExecutor(_THREADS, "forget") as pool:
        list(pool.map(delete, names))
    return len(names)


def _counter(name: str) -> int:
    number = name.rpartition("/")[2].partition("-")[0]
    return int(number) if number.isdecimal() else 0


def _led_to(live: Past, records: Iterable[_Record]) -> Iterator[Past]:
    """Walk back from the live edition: a run killed before its pointer leaves a record, too."""
    wanted, below = live.edition, live.counter + 1
    for record in records:
        past = record.past
        # Behind a gap nothing says which record is the right one, so the first is taken.
        told = past.counter == below - 1
        if past.counter >= below or (told and past.edition != wanted):
            continue
        if past.counter != live.counter:
            yield past
        wanted, below = record.replaces, past.counter
