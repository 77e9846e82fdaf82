"""An instant as a person typed it: the words, their zone, and what they name."""

from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

__all__ = ["Moment", "moment_from"]


@dataclass(frozen=True, slots=True)
class Moment:
    """A time of release.

    Attributes:
        typed: The words, ``2026-12-01 09:00``.
        zone: The zone in which they were meant, ``America/Toronto``.
        instant: What they name, in UTC. It counts: a later change of the zone's rules does not
            move what was promised.
    """

    typed: str
    zone: str
    instant: datetime


def moment_from(typed: str, zone: str) -> Moment:
    """Return the instant that a local time names.

    A text that carries its own offset (``2026-12-01T09:00-05:00``) needs no zone.

    Raises:
        ValueError: It is no time, or the clocks skip it or show it twice on that day.
    """
    given = datetime.fromisoformat(typed.strip())
    if given.tzinfo is not None:
        return Moment(typed, zone, given.astimezone(UTC))
    early, late = (
        given.replace(tzinfo=ZoneInfo(zone), fold=fold).astimezone(UTC) for fold in (0, 1)
    )
    if early.astimezone(ZoneInfo(zone)).replace(tzinfo=None) != given:
        message = f"does not exist in {zone}: the clocks skip it that day"
        raise ValueError(message)
    if early != late:
        message = f"exists twice in {zone}: the clocks go back that day. Write its offset too"
        raise ValueError(message)
    return Moment(typed, zone, early)
