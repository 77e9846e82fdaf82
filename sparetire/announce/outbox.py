"""Remembers who is to be told, through every way that a run can end.

A notice is written before the first file of its edition is sent, and told once that edition is
seen by the public. So a run that is killed in between leaves the work to the next one, whatever
that one publishes: it tells what had become live, and drops what never did.
"""

import json
import threading
from collections.abc import Iterable
from dataclasses import asdict, replace
from pathlib import Path

from sparetire.disk import write_atomic
from sparetire.model.announcement import Channel, Notice, Standing

__all__ = ["Outbox"]


class Outbox:
    """The notices of one workspace, safe on the disk whenever a method returns."""

    def __init__(self, path: Path) -> None:
        self._path = path
        self._turn = threading.Lock()
        self._notices = _read(path)

    @property
    def notices(self) -> tuple[Notice, ...]:
        """Every notice that is kept, in the order in which they were written."""
        with self._turn:
            return tuple(self._notices)

    def plan(self, notices: Iterable[Notice], edition: str, live: str) -> None:
        """Write down what is to be told once ``edition`` is seen.

        Older notices stay when their edition is the ``live`` one: that run was stopped before
        it told. All others are done with, or speak of what never became public.

        Raises:
            LocalDiskFault: The disk will not take it.
        """
        with self._turn:
            kept = [
                replace(one, proven=one.proven or one.edition == live)
                for one in self._notices
                if one.open and (one.proven or one.edition in {edition, live})
            ]
            # The same edition, stopped on its way before: who is to be told stands already.
            again = any(one.edition == edition and not one.proven for one in kept)
            self._notices = kept if again else [*kept, *notices]
            self._write()

    def due(self, edition: str) -> tuple[Notice, ...]:
        """Return what is still to be told now that the public sees an edition."""
        return tuple(
            one for one in self.notices if one.open and (one.proven or one.edition == edition)
        )

    def keep(self, notice: Notice) -> None:
        """Replace a notice by how it stands now.

        Raises:
            LocalDiskFault: The disk will not take it.
        """
        with self._turn:
            self._notices = [notice if _same(one, notice) else one for one in self._notices]
            self._write()

    def _write(self) -> None:
        rows = [asdict(notice) for notice in self._notices]
        write_atomic(self._path, json.dumps(rows, ensure_ascii=False, indent=1))


def _same(one: Notice, other: Notice) -> bool:
    return (one.edition, one.name, one.to, one.body) == (
        other.edition,
        other.name,
        other.to,
        other.body,
    )


def _read(path: Path) -> list[Notice]:
    """Read what was kept; losing it costs a notice, so it never stops a launch."""
    try:
        rows = json.loads(path.read_text(encoding="utf-8"))
        return [_notice(row) for row in rows]
    except (OSError, ValueError, KeyError, TypeError):
        return []


def _notice(row: dict[str, object]) -> Notice:
    texts = {key: str(row[key]) for key in ("receiver", "to", "body", "gist", "edition", "why")}
    return Notice(
        channel=Channel(str(row["channel"])),
        standing=Standing(str(row["standing"])),
        proven=row["proven"] is True,
        tellings=int(str(row["tellings"])),
        **texts,
    )
