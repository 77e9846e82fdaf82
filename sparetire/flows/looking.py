"""Whether a round of the newsroom has anything to do, by what the last one saw.

A timer asks every few minutes, beside an archive that may hold thousands of releases.
"""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sparetire.config.schema import Target
from sparetire.flows.appointments import Choice, agreed, appointment
from sparetire.flows.session import Session
from sparetire.model.issue import Issued
from sparetire.newsroom.sitemaps import NEWS_LASTS
from sparetire.workspace.incidents import read_incidents
from sparetire.workspace.releases import Shelf
from sparetire.workspace.rounds import Round, Sight, Waiting, note_round

__all__ = ["fades_of", "idle_look", "left_over", "note_look"]


def idle_look(session: Session, before: Round, sight: Sight, primary: Target) -> Issued | None:
    """Return that nothing is to be done, where the last look and two clocks say so."""
    if not before.whole or before.sight != sight.name:
        return None
    now = agreed([one.due for one in before.waiting], primary)
    if any(time <= now for time in (*(one.due for one in before.waiting), *before.fades)):
        return None
    note_round(session.workspace.rounds, replace(before, at=now))
    return Issued((), None, appointment(session, before.waiting))


def fades_of(session: Session, shelf: Shelf) -> tuple[datetime, ...]:
    """Return when each thing that was said stops to be news, the soonest first."""
    said = [one.published for one in shelf.releases if one.published and not one.withdrawn]
    said += [one.started for one in read_incidents(session.workspace.incidents)]
    return tuple(sorted(one + NEWS_LASTS for one in said))


def left_over(
    before: Round | None, shelf: Shelf, fades: Sequence[datetime], now: datetime
) -> bool:
    """Tell whether the public may see less than it should, or what is not news any more.

    A run before this one may have been stopped on its way; where nobody remembers, as on a
    machine that starts afresh each time, it may. News fade two days after they were told.
    """
    if before is None:
        return any(one.publication for one in shelf.releases)
    return not before.whole or any(before.at < one <= now for one in fades)


def note_look(
    session: Session, choice: Choice, fades: Sequence[datetime], sight: Sight | None
) -> None:
    """Remember a look that came to its end, and what it saw where the next may rely on it.

    Raises:
        LocalDiskFault: The disk will not take it.
    """
    look = Round(
        at=choice.now,
        whole=True,
        sight=sight.name if sight else "",
        waiting=tuple(Waiting(one.name, one.due) for one in choice.waiting if one.due),
        fades=tuple(one for one in fades if one > choice.now),
    )
    note_round(session.workspace.rounds, look)
