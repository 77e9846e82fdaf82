"""What is live in a bucket, and what a run must know about it besides."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from sparetire.hosts.pointer import as_past, decode
from sparetire.hosts.s3.history import History
from sparetire.hosts.s3.state import PrivateState
from sparetire.model.edition import Live

__all__ = ["POINTER", "Pointer", "read_pointer"]

POINTER = "live.json"


@dataclass(frozen=True, slots=True)
class Pointer:
    """The live edition as it was committed.

    Attributes:
        live: The edition.
        owed: Addresses that a cache has yet to forget.
        tags: The ETag of every file that we ever put, by path.
    """

    live: Live
    owed: tuple[str, ...]
    tags: Mapping[str, str]


def read_pointer(state: PrivateState) -> Pointer | None:
    """Return what the last commit wrote, or None where there was none.

    Raises:
        ConfigurationFault: It is damaged.
    """
    kept = state.file(POINTER).read()
    if kept is None:
        return None

    def read(name: str) -> bytes:
        listed = state.file(name).read()
        return b"" if listed is None else listed.body

    live = decode(kept.body, read, state.place(POINTER), tag=kept.tag)
    owed = tuple(map(str, json.loads(kept.body).get("owed", ())))
    return Pointer(live, owed, History(state).tags(as_past(live)))
