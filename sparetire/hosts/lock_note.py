"""What is written into a lock file, and what it says about its holder."""

import json
import os
import platform
import sys
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from uuid import getnode

from sparetire.errors import Locked
from sparetire.hosts.base import Holder

__all__ = ["Kept", "in_use", "is_over", "lock_text", "note_in", "taken_over"]

_LONGEST = 3600.0
"""Seconds that a holder may count on without renewing its lock, whatever its file says."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A file as the host has it: bytes, mark, and seconds of age by the host's own clock."""

    body: bytes
    tag: str
    age: float


def lock_text(holder: Holder, since: datetime, lasts: float, renewed: int) -> bytes:
    """Return the text of a lock file.

    Args:
        holder: Who has the lock.
        since: When it was taken.
        lasts: Seconds without renewal for which the holder counts on it.
        renewed: How often it was renewed: each renewal has other bytes.
    """
    note = {
        "nonce": holder.nonce,
        "who": holder.who,
        "purpose": holder.purpose,
        "since": since.isoformat(),
        "machine": _machine(),
        "pid": os.getpid(),
        "renewed": renewed,
        "yields": holder.yields,
        "lasts": lasts,
    }
    return json.dumps(note, ensure_ascii=False).encode()


def note_in(kept: Kept) -> dict[str, object]:
    """Read a lock file; a damaged one has no holder, and expires like any other."""
    try:
        note = json.loads(kept.body)
    except ValueError:
        return {}
    return note if isinstance(note, dict) else {}


def is_over(kept: Kept, lasts: float) -> bool:
    """Tell whether a lock has run out, or its holder was a process here that is gone."""
    note = note_in(kept)
    told = note.get("lasts")
    if isinstance(told, int | float):
        lasts = max(lasts, min(told, _LONGEST))  # What its holder counts on, others keep.
    dead = note.get("machine") == _machine() and _is_dead(note.get("pid"))
    return dead or kept.age > lasts


def in_use(place: str, kept: Kept | None, lasts: float) -> Locked:
    """Return the error of a run that does not get the lock."""
    note = {} if kept is None else note_in(kept)
    who, purpose = note.get("who", "Another run"), note.get("purpose", "publishing")
    since = f" since {note['since']}" if "since" in note else ""
    seen = "" if kept is None else f" It last gave a sign {kept.age:.0f} s ago."
    return Locked(
        f"{place} is in use by another run.",
        why=f"{who} is at work{since}: {purpose}.{seen}",
        then="Wait for it to end, then run the same command again. "
        f"A run that died is taken over {lasts:.0f} s after its last sign.",
    )


def taken_over(place: str, kept: Kept | None, lasts: float) -> Locked:
    """Return the error of a run whose lock another run has taken over meanwhile."""
    note = {} if kept is None else note_in(kept)
    taker = "Another run has taken the lock over, and has ended since."
    if note:
        who, purpose = note.get("who", "Another run"), note.get("purpose", "publishing")
        taker = f"{who} has taken the lock over: {purpose}."
    slept = f"This run did not renew its lock for {lasts:.0f} s: did the machine sleep?"
    return Locked(
        f"{place} is not locked for this run any more.",
        why=(taker, slept),
        then="Look with sparetire status; run the same command again if it is still needed.",
    )


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
