"""Remembers when the newsroom last looked, and whether it then came to an end."""

import json
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

from sparetire.disk import write_atomic

__all__ = ["Round", "last_round", "note_round"]


@dataclass(frozen=True, slots=True)
class Round:
    """One look at what is due.

    Attributes:
        at: When it was.
        whole: Whether everything that was due then is public; a killed run leaves this false.
    """

    at: datetime
    whole: bool


def last_round(path: Path) -> Round | None:
    """Return the last look, or None where nobody knows of one."""
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
        return Round(datetime.fromisoformat(row["at"]), row["whole"] is True)
    except (OSError, ValueError, KeyError, TypeError):
        return None


def note_round(path: Path, one: Round) -> None:
    """Remember a look.

    Raises:
        LocalDiskFault: The disk will not take it.
    """
    write_atomic(path, json.dumps(asdict(one) | {"at": one.at.isoformat()}))
