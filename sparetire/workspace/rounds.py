"""Remembers when the newsroom last looked, how that ended, and what it saw.

A timer looks every few minutes, mostly in vain, and an archive may hold thousands of releases.
As long as no file has changed, what a look saw is true of the next one: none is opened again.
"""

import hashlib
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sparetire.disk import write_atomic
from sparetire.workspace.layout import Workspace

__all__ = ["Round", "Sight", "Waiting", "last_round", "note_round", "sight_of"]

_SETTLED = (
    2.0  # seconds; a file changed later may change again within the same tick of its clock
)


@dataclass(frozen=True, slots=True)
class Waiting:
    """A release whose time has not come."""

    name: str
    due: datetime


@dataclass(frozen=True, slots=True)
class Sight:
    """Where every file stood that a look depends on.

    Attributes:
        name: Equal as long as none of them has changed.
        newest: When one last changed, in seconds since 1970.
    """

    name: str
    newest: float

    def settled(self, now: datetime) -> bool:
        """Tell whether the files were left alone long enough to be known by their times."""
        return self.newest < now.timestamp() - _SETTLED


@dataclass(frozen=True, slots=True)
class Round:
    """One look at what is due.

    Attributes:
        at: When it was.
        whole: Whether everything that was due then is public; a killed run leaves this false.
        sight: The name of what it saw, or nothing where the next look must open all.
        waiting: What waited for its time, the soonest first.
        fades: When something is not news any more, the soonest first.
    """

    at: datetime
    whole: bool
    sight: str = ""
    waiting: tuple[Waiting, ...] = ()
    fades: tuple[datetime, ...] = ()


def sight_of(workspace: Workspace) -> Sight:
    """Return where the settings, the releases, their record and the incidents stand.

    It opens nothing: names, sizes and times say enough. The time of a change (``ctime``) is one
    that no copy or editor can set back.
    """
    rows, newest = [], 0.0
    for path in _files(workspace):
        try:
            found = path.stat()
        except OSError:
            continue  # gone meanwhile: the next look sees it
        rows.append(f"{path.name} {found.st_ino} {found.st_size} {found.st_ctime_ns}\n")
        newest = max(newest, found.st_ctime, found.st_mtime)
    return Sight(hashlib.sha256("".join(sorted(rows)).encode()).hexdigest(), newest)


def last_round(path: Path) -> Round | None:
    """Return the last look, or None where nobody knows of one."""
    try:
        row = json.loads(path.read_text(encoding="utf-8"))
        return Round(
            at=datetime.fromisoformat(row["at"]),
            whole=row["whole"] is True,
            sight=str(row.get("sight", "")),
            waiting=tuple(
                Waiting(str(name), datetime.fromisoformat(due))
                for name, due in row.get("waiting", ())
            ),
            fades=tuple(datetime.fromisoformat(one) for one in row.get("fades", ())),
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def note_round(path: Path, one: Round) -> None:
    """Remember a look.

    Raises:
        LocalDiskFault: The disk will not take it.
    """
    row = {
        "at": one.at.isoformat(),
        "whole": one.whole,
        "sight": one.sight,
        "waiting": [(each.name, each.due.isoformat()) for each in one.waiting],
        "fades": [each.isoformat() for each in one.fades],
    }
    write_atomic(path, json.dumps(row))


def _files(workspace: Workspace) -> Iterator[Path]:
    yield workspace.settings
    yield from workspace.releases.glob("*.md")
    yield from workspace.releases.glob("ledger.jsonl")
    yield from workspace.incidents.glob("*/*")
