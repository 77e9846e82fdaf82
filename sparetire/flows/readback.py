"""Reads back what a target shows: beside the commit where readers see files before it."""

import threading
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import contextmanager

from sparetire.clock import Readings, read_clocks
from sparetire.flows.approach import Approached
from sparetire.flows.session import Session
from sparetire.stages.verify import Subject, lines_to, verify_live

__all__ = ["ReadBack", "reading_back"]


class ReadBack:
    """One look at all addresses of a target that must show something new.

    Attributes:
        seen_at: When all of them were right; None before.
    """

    def __init__(self, session: Session, one: Approached, subject: Subject) -> None:
        self._session = session
        self._one = one
        self._subject = subject
        self._stop = threading.Event()
        self.seen_at: Readings | None = None
        self._pool = ThreadPoolExecutor(2, "readback")
        self._looking: Future[dict[str, float]] | None = None
        # Opened while files are put, so that looking takes one round trip.
        served = one.host.features.served
        self._lines = self._pool.submit(lines_to, subject) if served else None

    def may_begin(self) -> None:
        """Begin where every file is public already, so that looking costs no time later."""
        if self._one.host.features.shown_when_put:
            self._looking = self._pool.submit(self._look)

    def seconds(self) -> float | None:
        """Wait until all is seen right, and return how long after the last file that was.

        None where the address answers to nobody yet.

        Raises:
            NotVerified: Something is still wrong when the host's patience is at its end.
        """
        if not self._one.host.features.served:
            return None
        with self._session.stage("verify", self._one.target.name), self._one.host.serving():
            seen = self._looking.result() if self._looking else self._look()
        return max(seen.values(), default=0.0)

    def end(self) -> None:
        """Stop looking, without waiting for an answer that is under way."""
        self._stop.set()
        self._pool.shutdown(wait=False)
        if self._lines:
            self._lines.add_done_callback(lambda opened: opened.result().close())

    def _look(self) -> dict[str, float]:
        seen = verify_live(
            self._subject,
            emit=self._session.emit,
            deadline=self._one.target.patience or self._one.host.features.patience,
            stop=self._stop,
            lines=self._lines.result() if self._lines and self._lines.done() else None,
        )
        self.seen_at = read_clocks()
        return seen


@contextmanager
def reading_back(session: Session, one: Approached, subject: Subject) -> Iterator[ReadBack]:
    """Look at a target for as long as the context is open."""
    reading = ReadBack(session, one, subject)
    try:
        yield reading
    finally:
        reading.end()
