"""What is live in a bucket, and what a run must know about it besides."""

import json
from collections.abc import Collection, Mapping
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from sparetire.errors import SparetireError
from sparetire.hosts.pointer import decode, encode
from sparetire.hosts.s3.history import History, manifest_name
from sparetire.hosts.s3.state import PrivateState
from sparetire.model.edition import Live, Past

__all__ = ["POINTER", "Pointer", "read_pointer", "write_pointer"]

POINTER = "live.json"


@dataclass(frozen=True, slots=True)
class Pointer:
    """The live edition as it was committed.

    Attributes:
        live: The edition.
        owed: Addresses that a cache has yet to forget.
        fresh: The ETag of every file that its own run put, by path.
        tags: The ETag of every file that we ever put, by path.
    """

    live: Live
    owed: tuple[str, ...]
    fresh: Mapping[str, str]
    tags: Mapping[str, str]


def write_pointer(
    live: Live, *, owed: Collection[str] = (), fresh: Mapping[str, str] = MappingProxyType({})
) -> bytes:
    """Return the text of the pointer.

    The ETags of its own run stand in it, since all other records are written while files are
    still being put.
    """
    return encode(live, manifest_name(live.edition), owed=sorted(owed), fresh=dict(fresh))


def read_pointer(
    state: PrivateState, glimpsed: Future[Pointer | None] | None = None
) -> Pointer | None:
    """Return what the last commit wrote, or None where there was none.

    Args:
        state: Where it is.
        glimpsed: The same, read before there was a lock: where nobody has committed since, what
            belongs to it need not be read again.

    Raises:
        ConfigurationFault: It is damaged.
    """
    kept = state.file(POINTER).read()
    if kept is None:
        return None
    if glimpsed is not None:
        with suppress(SparetireError):
            known = glimpsed.result()
            if known is not None and known.live.tag == kept.tag:
                return known

    def read(name: str) -> bytes:
        listed = state.file(name).read()
        return b"" if listed is None else listed.body

    fields = _fields(kept.body)
    with ThreadPoolExecutor(1, "tags") as pool:
        older = pool.submit(_older_tags, state, fields)
        live = decode(kept.body, read, state.place(POINTER), tag=kept.tag)
        fresh = {str(path): str(tag) for path, tag in fields.get("fresh", {}).items()}
        owed = tuple(map(str, fields.get("owed", ())))
        return Pointer(live, owed, fresh, older.result() | fresh)


def _fields(text: bytes) -> dict[str, Any]:
    try:
        fields = json.loads(text)
    except ValueError:
        return {}  # `decode` says so.
    return fields if isinstance(fields, dict) else {}


def _older_tags(state: PrivateState, fields: Mapping[str, Any]) -> dict[str, str]:
    edition, counter = fields.get("edition"), fields.get("counter")
    if not isinstance(edition, str) or not isinstance(counter, int):
        return {}
    return History(state).tags(Past(edition, counter, "", {}))
