"""A lock for hosts that keep files but no locks: a small file that its holder keeps renewing.

Whoever creates the file first has the lock. A holder that stopped renewing, by the host's own
clock, is taken over by replacing exactly the version that was read, so that one rival wins.
"""

import json
import os
import platform
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Protocol
from uuid import getnode

from sparetire.clock import Stopwatch, now
from sparetire.errors import Locked, SparetireError
from sparetire.hosts.base import Holder

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


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as the host has it: bytes, mark, and seconds of age by the host's own clock."""

    body: bytes
    tag: str
    age: float


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
        sure: The slot is known to refuse, so that it is written before it is read.

    Attributes:
        inherited: Whether it was taken from a run that had died.
    """

    def __init__(
        self, slot: Slot, holder: Holder, place: str, *, lasts: float, sure: bool = False
    ) -> None:
        self.inherited = False
        self._sure = sure
        self._slot = slot
        self._holder = holder
        self._place = place
        self._lasts = lasts
        self._since = now()
        self._renewed = self._since
        self._count = 0
        self._tag = ""
        self._lost: Locked | None = None
        self._left = False
        self._wanted_by = ""
        self._turn = threading.Lock()

    @contextmanager
    def held(self) -> Iterator[None]:
        """Hold the lock while the context is open.

        Raises:
            Locked: Another run holds it.
        """
        self._acquire()
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
                with suppress(SparetireError):
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

    def confirm(self) -> None:
        """Make sure, before a write, that the lock is still ours: the machine may have slept.

        Raises:
            Locked: Another run has taken over.
            HostUnreachable: The lease ran out, and the host does not answer.
        """
        # The wall clock counts the time asleep; when it was set back, renewing does no harm.
        if abs((now() - self._renewed).total_seconds()) > self._lasts / 2:
            self._renew()
        if self._lost is not None:
            raise self._lost

    def _let_go(self) -> None:
        """Remove the lock file; whoever has asked for it meanwhile has changed its mark."""
        self._slot.delete(self._tag)
        for _ in range(_RIVALS if self._holder.yields else 0):
            kept = self._slot.read()
            if kept is None or _note(kept).get("nonce") != self._holder.nonce:
                return
            self._slot.delete(kept.tag)

    def _acquire(self) -> None:
        for turn in range(_RIVALS):
            kept = None if self._sure and turn == 0 else self._slot.read()
            if kept is not None and not self._may_take(kept):
                kept = self._asked_for(kept)
            if kept is not None and _note(kept).get("nonce") != self._holder.nonce:
                self.inherited = True
            # Our own nonce in there is the trace of a request whose answer was lost.
            tag = self._slot.write(self._body(), None if kept is None else kept.tag)
            if tag is not None:
                self._tag, self._renewed = tag, now()
                return
        raise self._locked(None)

    def _asked_for(self, kept: Kept) -> Kept | None:
        """Ask a run that can wait to let go, and wait until it has, or may be taken over.

        Raises:
            Locked: It cannot wait, or takes too long.
        """
        if self._holder.yields or not _note(kept).get("yields"):
            raise self._locked(kept)
        watch, there, asked = Stopwatch(), kept, False
        while watch.elapsed() < _WAITS and _note(there).get("yields"):
            if not asked:  # Refused when it has just been renewed: then once more.
                asked = self._slot.write(self._asking(there), there.tag) is not None
            time.sleep(_PAUSE)
            found = self._slot.read()
            if found is None or self._may_take(found):
                return found
            there = found
        raise self._locked(there)

    def _asking(self, kept: Kept) -> bytes:
        body = _note(kept) | {"wanted": f"{self._holder.who} ({self._holder.purpose})"}
        return json.dumps(body, ensure_ascii=False).encode()

    def _keep(self, ended: threading.Event) -> None:
        often = min(_GLANCE, self._lasts / _RENEWALS)
        while not ended.wait(often if self._holder.yields else self._lasts / _RENEWALS):
            with suppress(SparetireError):  # The next turn tries again, or `confirm` tells.
                self._renew()

    def _renew(self) -> None:
        with self._turn:
            if self._lost is not None:
                return
            # Each renewal has other bytes, hence another mark, so that nobody replaces a
            # renewed lease that they had read as expired.
            self._count += 1
            tag = self._slot.write(self._body(), self._tag)
            if tag is None:
                kept = self._slot.read()
                if kept is None or _note(kept).get("nonce") != self._holder.nonce:
                    self._lost = self._locked(kept)
                    return
                self._wanted_by = str(_note(kept).get("wanted", self._wanted_by))
                tag = kept.tag
            self._tag, self._renewed = tag, now()

    def _body(self) -> bytes:
        note = {
            "nonce": self._holder.nonce,
            "who": self._holder.who,
            "purpose": self._holder.purpose,
            "since": self._since.isoformat(),
            "machine": _machine(),
            "pid": os.getpid(),
            "renewed": self._count,
            "yields": self._holder.yields,
        }
        return json.dumps(note, ensure_ascii=False).encode()

    def _may_take(self, kept: Kept) -> bool:
        note = _note(kept)
        return (
            kept.age > self._lasts
            or note.get("nonce") == self._holder.nonce
            or (note.get("machine") == _machine() and _is_dead(note.get("pid")))
        )

    def _locked(self, kept: Kept | None) -> Locked:
        note = {} if kept is None else _note(kept)
        who, purpose = note.get("who", "Another run"), note.get("purpose", "publishing")
        since = f" since {note['since']}" if "since" in note else ""
        seen = "" if kept is None else f" It last gave a sign {kept.age:.0f} s ago."
        return Locked(
            f"{self._place} is in use by another run.",
            why=f"{who} is at work{since}: {purpose}.{seen}",
            then="Wait for it to end, then run the same command again. "
            f"A run that died is taken over {self._lasts:.0f} s after its last sign.",
        )


def _note(kept: Kept) -> dict[str, object]:
    """Read a lock file; one that is damaged belongs to nobody, and expires like any other."""
    try:
        note = json.loads(kept.body)
    except ValueError:
        return {}
    return note if isinstance(note, dict) else {}


def _machine() -> str:
    """Name what process numbers belong to: containers share a machine, but not these."""
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text(encoding="ascii").strip()
        return f"{boot}/{Path('/proc/self/ns/pid').stat().st_ino}"
    except OSError:
        return f"{platform.node()}/{getnode():x}"


def _is_dead(pid: object) -> bool:
    # On Windows the same call would end the process instead of asking for it.
    if not isinstance(pid, int) or pid <= 0 or sys.platform == "win32":
        return False
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    except OSError:
        return False
    return False
