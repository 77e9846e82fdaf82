"""Verify: read the public addresses from outside until they show the new bytes.

A 200 proves only that some site is up. What counts is the hash of the body.
"""

import hashlib
import threading
import time
from collections.abc import Iterable, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from queue import Empty, SimpleQueue
from typing import TYPE_CHECKING

from sparetire.clock import Stopwatch
from sparetire.errors import NotVerified
from sparetire.events import Emit, HostWaited, PageWentLive
from sparetire.hosts.deadline import TooLargeError, exchange
from sparetire.hosts.proxy import proxy_failure
from sparetire.model.manifest import Entry
from sparetire.model.routes import INDEX, Routes

if TYPE_CHECKING:
    import requests

    from sparetire.stages.lines import Lines

__all__ = ["Subject", "lines_to", "verify_live"]

DEADLINE = 30.0  # seconds until a page that is not right counts as wrong
SIGN = 1.0  # seconds after which a wait is told
FIRST_PAUSE, LONGEST_PAUSE = 0.1, 2.0
OLDER = 1_000_000  # bytes that an older version may have more, read to keep the connection
SLOWEST = 100_000  # bytes a second; a large file has more time
ONE_MORE = 2.0  # seconds that a look has even then: it may be the one that is right
WORKERS = 32  # one round trip for a whole site, where eight took four
NOT_THERE = 404
DENIED = {401, 403, NOT_THERE, 410}
BUSY = {429, 500, 502, 503, 504}
MOST_TOLD = 5
STALE = "answers 200, but with other bytes than ours."
HIDDEN = "The others show what was there before, as long as a cache keeps it."
AWAIT = (
    "Purge the cache in front of it, or give it time by patience = SECONDS in the target's "
    "table of sparetire.toml"
)
MEND = "Correct the cause"
NOTHING = "answers 200, but with nothing."  # what SeaweedFS says for a folder


@dataclass(frozen=True, slots=True)
class Subject:
    """What to look at.

    Attributes:
        target: The target's name.
        routes: Made for this target's own address.
        entries: The files that must be seen.
        private_urls: Addresses that must be denied to everybody.
        headers: Whether the host serves the headers that we gave it.
    """

    target: str
    routes: Routes
    entries: tuple[Entry, ...]
    private_urls: tuple[str, ...]
    headers: bool


def lines_to(subject: Subject) -> "Lines":
    """Return open connections to all that there is to look at."""
    from sparetire.stages.lines import Lines  # noqa: PLC0415  slow to import

    urls = [subject.routes.url(entry.path) for entry in subject.entries]
    urls += subject.private_urls
    lines = Lines(min(WORKERS, len(urls)) or 1)
    lines.open_ahead(urls)
    return lines


def verify_live(
    subject: Subject,
    *,
    emit: Emit,
    deadline: float = DEADLINE,
    stop: threading.Event | None = None,
    lines: "Lines | None" = None,
) -> dict[str, float]:
    """Return, by address, the seconds after which it showed the manifest's bytes.

    Args:
        subject: What to look at.
        emit: Told of each address that is right, and now and then that some are not.
        deadline: Seconds until an address that is not right counts as wrong.
        stop: Once set, nothing is waited for any more.
        lines: Connections that are open already; they are closed at the end.

    Raises:
        NotVerified: An address is still wrong at the deadline, or private state is readable.
    """
    seconds: dict[str, float] = {}
    wrong: list[str] = []
    stop = stop or threading.Event()
    with _crew(len(subject.entries) + len(subject.private_urls), lines) as (session, pool):
        watch = _Watch(session, subject, deadline, stop)
        looks = {pool.submit(watch.wait_for, entry): entry for entry in subject.entries}
        secrets = [pool.submit(watch.readable, url) for url in subject.private_urls]
        started = Stopwatch()
        try:
            for future in _as_they_end(looks, subject.target, emit):
                url, trouble = subject.routes.url(looks[future].path), future.result()
                if trouble:
                    wrong.append(f"{url} {trouble}")
                else:
                    seconds[url] = started.elapsed()
                    emit(PageWentLive(subject.target, url, seconds[url]))
            wrong += [trouble for future in secrets if (trouble := future.result())]
        finally:
            stop.set()  # Whoever still waits gives up.
        if wrong:
            raise _refusal(subject, wrong, len(seconds), list(watch.advice()))
    return seconds


@contextmanager
def _crew(
    looks: int, lines: "Lines | None"
) -> Iterator[tuple["requests.Session", ThreadPoolExecutor]]:
    """Yield what looks at so many addresses side by side."""
    from sparetire.stages.lines import Lines  # noqa: PLC0415  slow to import

    workers = min(WORKERS, looks) or 1
    with lines or Lines(workers) as session, ThreadPoolExecutor(workers) as pool:
        yield session, pool


def _as_they_end(
    looks: Iterable[Future[str]], target: str, emit: Emit
) -> Iterator[Future[str]]:
    """Yield each look once it has ended; a long wait is told, so that nobody thinks we hang."""
    ended: SimpleQueue[Future[str]] = SimpleQueue()
    left, watch = 0, Stopwatch()
    for look in looks:
        left += 1
        look.add_done_callback(ended.put)
    while left:
        try:
            look = ended.get(timeout=SIGN)
        except Empty:
            told = f"addresses that do not show the new edition yet: {left}"
            emit(HostWaited(target, told, watch.elapsed()))
            continue
        left -= 1
        yield look


class _Watch:
    """Asks the same addresses again until they are right or the deadline has passed."""

    def __init__(
        self,
        session: "requests.Session",
        subject: Subject,
        patience: float,
        stop: threading.Event,
    ) -> None:
        self._session = session
        self._subject = subject
        self._deadline = time.monotonic() + patience
        self._stop = stop

    def wait_for(self, entry: Entry) -> str:
        """Return nothing when the address is right, else what is wrong with it."""
        pause = FIRST_PAUSE
        while trouble := self._look(self._subject.routes.url(entry.path), entry):
            if time.monotonic() + pause > self._deadline or (
                # In vain: the file is right, its folder's address is not.
                pause == LONGEST_PAUSE and self._wants_index(entry, trouble)
            ):
                return trouble
            if self._stop.wait(pause):
                return trouble
            pause = min(pause * 2, LONGEST_PAUSE)
        return ""

    def readable(self, url: str) -> str:
        """Return nothing when an address is denied to us, who bring no credentials."""
        pause = FIRST_PAUSE
        while (status := self._status(url)) in BUSY:
            if time.monotonic() + pause > self._deadline or self._stop.wait(pause):
                break
            pause = min(pause * 2, LONGEST_PAUSE)
        if status in DENIED:
            return ""
        return f"{url} answers {status} to everybody: it must be denied (403 or 404)."

    def _status(self, url: str) -> int:
        import requests  # noqa: PLC0415  slow to import

        try:
            return exchange(self._session, url, seconds=self._left()).status
        except requests.RequestException:
            return NOT_THERE  # what cannot be reached cannot be read

    def _left(self, size: int = 0) -> float:
        """Return how long a look may take: not much longer than the deadline."""
        return max(ONE_MORE, self._deadline - time.monotonic()) + size / SLOWEST

    def advice(self) -> Iterator[str]:
        """Yield what to change, where we can tell."""
        for entry in self._subject.entries:
            if trouble := self._look(self._subject.routes.url(entry.path), entry):
                if self._wants_index(entry, trouble):
                    yield (
                        'This host serves no index documents: set page_urls = "file" '
                        "under [crisis] in sparetire.toml."
                    )
                return

    def _wants_index(self, entry: Entry, trouble: str) -> bool:
        address = self._subject.routes.url(entry.path)
        # An old page under the folder's address is served by its index: a cache will forget it.
        return (
            trouble != STALE
            and address.endswith("/")
            and not self._look(f"{address}{INDEX}", entry)
        )

    def _look(self, url: str, entry: Entry) -> str:
        import requests  # noqa: PLC0415  slow to import

        try:
            seconds, most = self._left(entry.size), entry.size + OLDER
            answer = exchange(self._session, url, seconds=seconds, most=most)
        except TooLargeError:
            return STALE
        except requests.RequestException as error:
            return f"cannot be read: {proxy_failure(url, error) or _cause(error)}"
        if answer.status != requests.codes.ok:
            return (
                f"answers {answer.status}. {proxy_failure(url, status=answer.status)}".strip()
            )
        if hashlib.sha256(answer.body).hexdigest() != entry.sha256:
            return STALE if answer.body else NOTHING
        given = answer.headers.get("Content-Type", "").replace(" ", "").lower()
        if self._subject.headers and given != entry.content_type.replace(" ", ""):
            return f"is served as {given or 'no type'!r} instead of {entry.content_type!r}."
        return ""


def _refusal(subject: Subject, wrong: list[str], right: int, advice: list[str]) -> NotVerified:
    told = sorted(wrong)[:MOST_TOLD]
    stale = any(trouble.endswith(STALE) for trouble in wrong)
    seen = (
        f"{right} of {len(subject.entries)} files are seen right at {subject.routes.base_url}."
    )
    if len(wrong) > MOST_TOLD:
        told.append(f"… and {len(wrong) - MOST_TOLD} more.")
    return NotVerified(
        f"{subject.target} took the edition, but its public address does not show all of it.",
        why=[*told, *advice],
        public=f"{seen} {HIDDEN}" if stale else seen,
        then=f"{AWAIT if stale else MEND}, then run the same command again.",
    )


def _cause(error: Exception) -> str:
    """Return the innermost reason of a failed request, which is the one that says something."""
    while inner := (error.__cause__ or error.__context__):
        if not isinstance(inner, Exception):
            break
        error = inner
    return str(error) or type(error).__name__
