"""Brings files of an edition that is kept at a host to this disk, where they are missing."""

import hashlib
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor

from sparetire.disk import local_disk, write_whole
from sparetire.errors import ConfigurationFault
from sparetire.flows.approach import Approached
from sparetire.hosts.base import Host
from sparetire.model.edition import Edition, Past
from sparetire.model.manifest import Entry
from sparetire.model.plan import Action, Plan

__all__ = ["fetch_bodies", "fetch_for_others"]

FETCHERS = 16


def fetch_bodies(host: Host, past: Past, edition: Edition, entries: Sequence[Entry]) -> None:
    """Write the bytes of some files of a past edition to where an edition keeps its own.

    Raises:
        ConfigurationFault: The host does not keep one of them, or it is damaged there.
        LocalDiskFault: The disk will not take them.
    """
    folder = edition.bodies
    with local_disk(folder), ThreadPoolExecutor(FETCHERS) as pool:
        fetched = pool.map(_fetcher(host, past), entries)
        for entry, body in zip(entries, fetched, strict=True):
            write_whole(edition.file(entry), body, folder / "write.part")


def fetch_for_others(first: Approached, edition: Edition, plans: Sequence[Plan]) -> None:
    """Bring here what other targets lack and only the first one has, if there is anything.

    Raises:
        ConfigurationFault: The first target does not keep it, or it is damaged there.
        LocalDiskFault: The disk will not take it.
    """
    wanted = {
        entry.sha256: entry
        for plan in plans
        if plan.target != first.target.name
        for entry in plan.of(Action.PUT)
        if not edition.file(entry).exists()
    }
    for past in first.host.past() if wanted and first.live else ():
        if first.live and past.edition == first.live.edition:
            fetch_bodies(first.host, past, edition, tuple(wanted.values()))
            return


def _fetcher(host: Host, past: Past) -> Callable[[Entry], bytes]:
    def fetch(entry: Entry) -> bytes:
        body = host.fetch(past, entry)
        if hashlib.sha256(body).hexdigest() != entry.sha256:
            raise ConfigurationFault(
                f"{entry.path} of edition {past.edition} is damaged at the host.",
                why="Its bytes are not those that were published.",
                then="Go back to another edition: sparetire history",
            )
        return body

    return fetch
