"""What is kept for the way back: the bodies that a commit brings, packed into one object.

Each request costs a round trip and a share of the service's patience, so that a copy of every
file apart would double the price of a launch. A pack begins with one line of JSON, which says
under each body's hash where it begins behind that line, and how long it is; bodies are
compressed by zlib, and read one by one.
"""

import json
import zlib
from collections.abc import Collection, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from threading import Lock

from sparetire.hosts.base import Upload
from sparetire.hosts.files import source_bytes
from sparetire.hosts.s3.state import PrivateState

__all__ = ["Packs"]

_FOLDER = "packs/"
_LARGEST, _MOST = 4_000_000, 256
"""Bytes of all bodies before they are compressed, and how many, unless one alone is larger."""

_HEAD = 32_768
"""Bytes that hold the first line of every pack."""

_THREADS = 32
_FAST = 1  # of nine: nobody waits for the last tenth of the bytes

_Place = tuple[str, int, int]


class Packs:
    """The packs of one site."""

    def __init__(self, state: PrivateState) -> None:
        self._state = state
        self._places: dict[str, _Place] | None = None
        self._turn = Lock()

    def keep(self, name: str, bodies: Sequence[Upload]) -> None:
        """Keep the bodies that a commit brings.

        Args:
            name: The commit's; a killed run's packs of this name are overwritten.
            bodies: Each of another hash.
        """
        self._places = None
        groups = list(_groups(bodies))
        with ThreadPoolExecutor(min(_THREADS, len(groups) or 1), "pack") as pool:
            names = [f"{_FOLDER}{name}-{number}" for number in range(len(groups))]
            list(pool.map(self._write, names, groups))

    def read(self, sha256: str) -> bytes | None:
        """Return a body, or None where no pack has it."""
        with self._turn:
            if self._places is None:
                self._places = self._look()
        place = self._places.get(sha256)
        if place is None:
            return None
        name, begin, size = place
        kept = self._state.file(name).read((begin, size))
        try:
            return None if kept is None else zlib.decompress(kept.body)
        except zlib.error:
            return b""  # Damaged: no hash fits it.

    def without(self, needed: Collection[str]) -> list[str]:
        """Return the names of the packs that hold none of the bodies needed."""
        heads = self._heads()
        return [name for name, places in heads if not any(sha in needed for sha in places)]

    def delete(self, name: str) -> None:
        """Let go of a pack."""
        self._places = None
        self._state.file(name).delete(None)

    def _write(self, name: str, bodies: Sequence[Upload]) -> None:
        self._state.file(name).overwrite(_packed(bodies))

    def _look(self) -> dict[str, _Place]:
        return {
            sha256: (name, begin, size)
            for name, places in self._heads()
            for sha256, (begin, size) in places.items()
        }

    def _heads(self) -> list[tuple[str, dict[str, tuple[int, int]]]]:
        """Return the first line of every pack, oldest first."""
        names = sorted(self._state.names(_FOLDER))
        with ThreadPoolExecutor(_THREADS, "heads") as pool:
            return list(zip(names, pool.map(self._head, names), strict=True))

    def _head(self, name: str) -> dict[str, tuple[int, int]]:
        """Return where the bodies of a pack are; a damaged one has none."""
        kept = self._state.file(name).read((0, _HEAD))
        line = kept.body.partition(b"\n")[0] if kept else b""
        try:
            places = json.loads(line)
            behind = len(line) + 1
            return {str(sha): (behind + begin, size) for sha, (begin, size) in places.items()}
        except (ValueError, TypeError, AttributeError):
            return {}


def _groups(bodies: Iterable[Upload]) -> Iterator[list[Upload]]:
    group: list[Upload] = []
    size = 0
    for body in bodies:
        if group and (len(group) == _MOST or size + body.entry.size > _LARGEST):
            yield group
            group, size = [], 0
        group.append(body)
        size += body.entry.size
    if group:
        yield group


def _packed(bodies: Iterable[Upload]) -> bytes:
    places, content = {}, bytearray()
    for body in bodies:
        packed = zlib.compress(source_bytes(body), _FAST)
        places[body.entry.sha256] = (len(content), len(packed))
        content += packed
    return json.dumps(places).encode() + b"\n" + content
