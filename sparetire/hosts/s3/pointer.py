"""What is live in a bucket, and what a run must know about it besides."""

import json
from collections.abc import Iterator, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType

from sparetire.errors import SparetireError
from sparetire.hosts.pointer import decode, encode
from sparetire.hosts.s3.lists import list_name, unpacked
from sparetire.hosts.s3.state import PrivateState
from sparetire.model.edition import Live
from sparetire.model.manifest import Known

__all__ = ["POINTER", "Pointer", "read_pointer", "write_pointer"]

POINTER = "live.json"


@dataclass(frozen=True, slots=True)
class Pointer:
    """The live edition as it was committed.

    Attributes:
        live: The edition.
        owed: Addresses that a cache has yet to forget.
        fresh: The ETag of every file that its own run put, by path.
        older: Names of the records with the ETags of what earlier runs put, oldest first.
    """

    live: Live
    owed: tuple[str, ...]
    fresh: Mapping[str, str]
    older: tuple[str, ...]


def write_pointer(pointer: Pointer) -> bytes:
    """Return the text of a pointer.

    The ETags of its own run stand in it, since all other records are written while files are
    still being put.
    """
    name, fresh = list_name(pointer.live.edition), dict(pointer.fresh)
    return encode(pointer.live, name, owed=pointer.owed, fresh=fresh, older=pointer.older)


def read_pointer(
    state: PrivateState,
    glimpsed: Future[Pointer | None] | None = None,
    known: Known = MappingProxyType({}),
) -> Pointer | None:
    """Return what the last commit wrote, or None where there was none.

    Args:
        state: Where it is.
        glimpsed: The same, read before there was a lock: where nobody has committed since, what
            belongs to it need not be read again.
        known: Editions whose lists of files need not be fetched.

    Raises:
        ConfigurationFault: It is damaged.
    """
    kept = state.file(POINTER).read()
    if kept is None:
        return None
    if glimpsed is not None:
        with suppress(SparetireError):
            seen = glimpsed.result()
            if seen is not None and seen.live.tag == kept.tag:
                return seen

    def read(name: str) -> Iterator[bytes]:
        listed = state.file(name).read()
        return unpacked(b"" if listed is None else listed.body)

    live = decode(kept.body, read, state.place(POINTER), tag=kept.tag, known=known)
    fields = json.loads(kept.body)
    fresh = {str(path): str(tag) for path, tag in fields.get("fresh", {}).items()}
    owed, older = (tuple(map(str, fields.get(name, ()))) for name in ("owed", "older"))
    return Pointer(live, owed, fresh, older)
