"""A lock for hosts that keep files but no locks: a small file that its holder keeps renewing.

Whoever creates the file first has the lock. A holder that stopped renewing, by the host's own
clock, is taken over by replacing exactly the version that was read, so that one rival wins.
"""

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from typing import Protocol

from sparetire.clock import Readings, Stopwatch, now, passed, read_clocks
from sparetire.errors import Locked, SparetireError
from sparetire.hosts.base import Holder
from sparetire.hosts.guard import excused
from sparetire.hosts.lock_note import Kept, in_use, is_over, lock_text, note_in, taken_over

__all__ = ["Kept", "Lease", "Slot"]

_RIVALS = 5
_RENEWALS = 4
"""How often a lease is renewed while it lasts: three renewals may fail in a row."""

_GLANCE = 2.0
"""Seconds between two renewals of a run that can wait: so it hears of whoever cannot."""

_WAITS, _PAUSE = 30.0, 0.5
"""Seconds that such a run may take to let go, and between two looks whether it has."""

_PATIENCE = 5.0
"""Seconds that the end of a run waits for a renewal that is under way."""


class Slot(Protocol):
    """The place of one file at a host that refuses a write when somebody else was faster."""

    def read(self) -> Kept | None:
        """Return the file, or None when there is none."""
        ...

    def write(self, body: bytes, replaces: str | None) -> str | None:
        """Create the file, or replace one version; returns its mark, or None when refused."""
        ...

    def delete(self, tag: str) -> None:
        """Remove one version; another version stays."""
        ...


class Lease:
    """One run's hold on a slot.

    Args:
        slot: Where the lock file is.
        holder: Who wants it.
        place: The target, as messages call it.
        lasts: Seconds without renewal after which others may take over.
        clocks: Read to know how long ago the last renewal was, sleep included.

    Attributes:
        inherited: Whether it was taken from a run that had died.
    """

    def __init__(
        self,
        slot: Slot,
        holder: Holder,
        place: str,
        *,
        lasts: float,
        clocks: Callable[[], Readings] = read_clocks,
    ) -> None:
        self.inherited = False
        self._slot = slot
        self._holder = holder
        self._place = place
        self._lasts = lasts
        self._clocks = clocks
        self._since = now()
        self._renewed = clocks()
        self._count = self._renewals = 0  # begun, and the number of the last that was done
        self._tag = ""
        self._lost: Locked | None = None
        self._left = False
        self._wanted_by = ""
        self._turn = threading.Lock()

    @contextmanager
    def held(self, *, sure: bool = False) -> Iterator[None]:
        """Hold the lock while the context is open.

        Args:
            sure: The slot is known to refuse, so that it is written before it is read.

        Raises:
            Locked: Another run holds it.
        """
        with excused():
            self._acquire(sure=sure)
        ended = threading.Event()
        thread = threading.Thread(target=self._keep, args=(ended,), name="lease", daemon=True)
        thread.start()
        try:
            yield
        finally:
            ended.set()
            thread.join(_PATIENCE)
            if self._lost is None and not self._left:
                # What was published stays published; a lock left behind expires by itself.
                with suppress(SparetireError), excused():
                    self._let_go()

    def leave(self) -> None:
        """Let the lock file outlive its holder: who takes it over knows that a run has died."""
        self._left = True

    def make_way(self) -> None:
        """Give up, before a first write, when somebody who cannot wait has asked for the lock.

        Raises:
            Locked: Somebody has.
        """
        if self._wanted_by:
            raise Locked(
                f"{self._place} was left to a run that cannot wait.",
                why=f"{self._wanted_by} asked for it, and nothing had been sent yet.",
                then="Nothing, where a timer repeats it; else run the same command again.",
            )

    def confirm(self, *, at_once: bool = False) -> None:
        """Make sure, before a write, that the lock is still ours: the machine may have slept.

        It costs nothing while the last renewal began less than half of the lease ago: the other
        half is the time that a request may need to arrive.

        Args:
            at_once: Ask the host in any case.

        Raises:
            Locked: Another run has taken over.
            HostUnreachable: The lease ran out, and the host does not answer.
        """
        before = self._count
        if at_once or passed(self._renewed, self._clocks()) > self._lasts / 2:
            self._renew(before)
        if self._lost is not None:
            raise self._lost

    def _let_go(self) -> None:
        """Remove the lock file; whoever has asked for it meanwhile has changed its mark."""
        self._slot.delete(self._tag)
        for _ in range(_RIVALS if self._holder.yields else 0):
            kept = self._slot.read()
            if kept is None or note_in(kept).get("nonce") != self._holder.nonce:
                return
            self._slot.delete(kept.tag)

    def _acquire(self, *, sure: bool) -> None:
        for turn in range(_RIVALS):
            kept = None if sure and turn == 0 else self._slot.read()
            if kept is not None and not self._may_take(kept):
                kept = self._asked_for(kept)
            if kept is not None and note_in(kept).get("nonce") != self._holder.nonce:
                self.inherited = True
            # Our own nonce in there is the trace of a request whose answer was lost.
            began = self._clocks()
            tag = self._slot.write(self._body(), None if kept is None else kept.tag)
            if tag is not None:
                self._tag, self._renewed = tag, began
                return
        raise self._refused(None)

    def _asked_for(self, kept: Kept) -> Kept | None:
        """Ask a run that can wait to let go, and wait until it has, or may be taken over.

        Raises:
            Locked: It cannot wait, or takes too long.
        """
        if self._holder.yields or not note_in(kept).get("yields"):
            raise self._refused(kept)
        watch, there, asked = Stopwatch(), kept, False
        while watch.elapsed() < _WAITS and note_in(there).get("yields"):
            if not asked:  # Refused when it has just been renewed: then once more.
                asked = self._slot.write(self._wish(there), there.tag) is not None
            time.sleep(_PAUSE)
            found = self._slot.read()
            if found is None or self._may_take(found):
                return found
            there = found
        raise self._refused(there)

    def _wish(self, kept: Kept) -> bytes:
        body = note_in(kept) | {"wanted": f"{self._holder.who} ({self._holder.purpose})"}
        return json.dumps(body, ensure_ascii=False).encode()

    def _keep(self, ended: threading.Event) -> None:
        often = min(_GLANCE, self._lasts / _RENEWALS)
        while not ended.wait(often if self._holder.yields else self._lasts / _RENEWALS):
            with suppress(SparetireError):  # The next turn tries again, or `confirm` tells.
                self._renew(self._count)

    def _renew(self, before: int) -> None:
        """Renew the lease, unless another thread has done so since this one wanted it.

        Args:
            before: How many renewals had begun by then.
        """
        with self._turn, excused():
            if self._lost is not None or self._renewals > before:
                return
            began = self._clocks()  # The host counts from an instant after this one.
            # Each renewal has other bytes, hence another mark, so that nobody replaces a
            # renewed lease that they had read as expired.
            self._count += 1
            tag = self._slot.write(self._body(), self._tag)
            if tag is None:
                kept = self._slot.read()
                if kept is None or note_in(kept).get("nonce") != self._holder.nonce:
                    self._lost = taken_over(self._place, kept, self._lasts)
                    return
                self._wanted_by = str(note_in(kept).get("wanted", self._wanted_by))
                tag = kept.tag
                # Written by a request whose answer was lost, or by who asks for the lock.
                began = tuple(each - max(kept.age, 0) for each in began)
            self._tag, self._renewed, self._renewals = tag, began, self._count

    def _body(self) -> bytes:
        return lock_text(self._holder, self._since, self._lasts, self._count)

    def _may_take(self, kept: Kept) -> bool:
        own = note_in(kept).get("nonce") == self._holder.nonce
        return own or is_over(kept, self._lasts)

    def _refused(self, kept: Kept | None) -> Locked:
        return in_use(self._place, kept, self._lasts)
