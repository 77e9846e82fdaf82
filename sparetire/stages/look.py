"""Look: what an outside reader finds at each address that a run was to change, right now.

`verify` waits until everything is right; this reads once, and says what is there.
"""

import hashlib
import re
from collections.abc import Callable, Collection, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor, wait
from contextlib import suppress
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path
from typing import TYPE_CHECKING
from urllib.parse import urldefrag

from sparetire.model.manifest import Entry
from sparetire.model.routes import relative_link
from sparetire.stages.verify import Subject, lines_to

if TYPE_CHECKING:
    import requests

__all__ = ["Looked", "Shown", "look"]

WITHIN = 6.0  # seconds for all addresses together
CONNECT, READ = 2.0, 4.0
TRIES = 2
WORKERS = 32
OK = 200
ABSENT = {403, 404, 410}
_LINK = re.compile(rb"""(?:href|src)=["']?([^"'\s>]+)""")


class Shown(StrEnum):
    """What is at an address."""

    NEW = "the new file"
    BEFORE = "what was there before"
    SAME = "the new file, which is the one before"
    MISSING = "nothing, where a file was before"
    OTHER = "another file"
    UNREAD = "it could not be read"


@dataclass(frozen=True, slots=True)
class Looked:
    """What was found, by address.

    Attributes:
        shown: What is at each address.
        dead: Links from new pages to files that are not there yet: both addresses.
        cause: Why an address could not be read.
    """

    shown: Mapping[str, Shown]
    dead: tuple[tuple[str, str], ...] = ()
    cause: str = ""

    def at(self, *kinds: Shown) -> list[str]:
        """Return the addresses that show one of these."""
        return [url for url, shown in self.shown.items() if shown in kinds]


def look(
    subject: Subject,
    before: Mapping[str, Entry],
    begun: Collection[str],
    file: Callable[[Entry], Path],
) -> Looked:
    """Read every address once, side by side, within a few seconds.

    Args:
        subject: What was to become public.
        before: The files that were live before, by path.
        begun: The paths that the run has sent or begun to send: what an old version left at
            another was there before.
        file: Where the bytes of a new file are on this disk.
    """
    statuses: dict[str, tuple[int, str]] = {}
    causes: list[str] = []
    lines = lines_to(subject)
    pool = ThreadPoolExecutor(min(WORKERS, len(subject.entries)) or 1, "look")

    def read(entry: Entry) -> None:
        try:
            statuses[entry.path] = _read(lines, subject.routes.url(entry.path))
        except OSError as error:  # every error of requests is one
            causes.append(type(error).__name__)

    wait([pool.submit(read, entry) for entry in subject.entries], WITHIN)
    pool.shutdown(wait=False, cancel_futures=True)
    found = dict(statuses)
    shown = {
        entry.path: _judged(entry, before.get(entry.path), found.get(entry.path))
        for entry in subject.entries
    }
    for path, each in shown.items():
        if each is Shown.NEW and path not in begun:
            shown[path] = Shown.SAME
    url = subject.routes.url
    dead = tuple(_dead(subject, shown, found, file))
    cause = next(iter(causes), "no answer in time")
    return Looked({url(path): each for path, each in shown.items()}, dead, cause)


def _read(lines: "requests.Session", url: str) -> tuple[int, str]:
    """Return the status of an address, and the hash of its body.

    Raises:
        OSError: It cannot be read.
    """
    for left in reversed(range(TRIES)):
        with suppress(*([OSError] if left else [])):
            answer = lines.get(url, timeout=(CONNECT, READ))
            return answer.status_code, hashlib.sha256(answer.content).hexdigest()
    raise OSError(url)


def _judged(entry: Entry, before: Entry | None, found: tuple[int, str] | None) -> Shown:
    if found is None or (found[0] != OK and found[0] not in ABSENT):
        return Shown.UNREAD
    if found[0] in ABSENT:
        return Shown.BEFORE if before is None else Shown.MISSING
    if found[1] == entry.sha256:
        return Shown.SAME if before and before.sha256 == entry.sha256 else Shown.NEW
    # A file that was not as the manifest says has no hash there: nothing tells it apart.
    as_before = before is not None and before.sha256 in {found[1], ""}
    return Shown.BEFORE if as_before else Shown.OTHER


def _dead(
    subject: Subject,
    shown: Mapping[str, Shown],
    found: Mapping[str, tuple[int, str]],
    file: Callable[[Entry], Path],
) -> Iterator[tuple[str, str]]:
    """Yield each link from a new page to a file of the same run that is not there."""
    routes = subject.routes
    absent = [path for path, (status, _) in found.items() if status in ABSENT]
    for entry in subject.entries if absent else ():
        if shown[entry.path] is not Shown.NEW or not entry.path.endswith(".html"):
            continue
        body = file(entry).read_bytes()
        links = {urldefrag(link.decode(errors="replace")).url for link in _LINK.findall(body)}
        here = routes.public(entry.path)
        for path in absent:
            there = routes.public(path)
            if {relative_link(here, there), routes.url(path)} & links:
                yield routes.url(entry.path), routes.url(path)
