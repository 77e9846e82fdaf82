"""A host behind a slow line, as drills meet it."""

import time
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any, cast

from sparetire.hosts.base import Commit, Host, Stored, Upload

if TYPE_CHECKING:
    from sparetire.model.edition import Live

__all__ = ["slowed"]

ROUND_TRIP = 0.4  # seconds, as over a satellite or a crowded cell
PER_FILE = 0.05


def slowed(host: Host) -> Host:
    """Return the same host, each of whose answers takes its time."""
    return cast("Host", _Slow(host))


class _Slow:
    def __init__(self, host: Host) -> None:
        self._host = host

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401  whatever the host has there
        return getattr(self._host, name)

    def read_live(self) -> "Live | None":
        time.sleep(ROUND_TRIP)
        return self._host.read_live()

    def put(self, uploads: Sequence[Upload]) -> Iterator[Stored]:
        time.sleep(ROUND_TRIP)
        for stored in self._host.put(uploads):
            time.sleep(PER_FILE)
            yield stored

    def commit(self, commit: Commit) -> "Live":
        time.sleep(ROUND_TRIP)
        return self._host.commit(commit)
