"""An instant as a person typed it: the words, their zone, and what they name."""

from contextlib import suppress
from dataclasses import dataclass
from datetime import UTC, datetime
from zoneinfo import ZoneInfo

__all__ = ["Moment", "UnclearTime", "moment_from"]


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


class UnclearTime(ValueError):
    """A local time that the clocks skip, or show twice, that day.

    Attributes:
        why: What the clocks do.
        meant: The two instants that somebody may have meant, the earlier first, typed so that
            nobody can mistake them. Of a time that is skipped, they are as far after the hour
            by the old clock, and by the new one.
    """

    def __init__(self, why: str, meant: tuple[Moment, Moment]) -> None:
        self.why, self.meant = why, meant
        super().__init__(f"{why}. Write {meant[0].typed} or {meant[1].typed}")


def moment_from(typed: str, zone: str) -> Moment:
    """Return the instant that a local time names.

    A text that carries its own offset (``2026-12-01T09:00-05:00``) needs no zone.

    Raises:
        UnclearTime: The clocks skip it or show it twice on that day.
        ValueError: It is no time.
    """
    given = _read(typed)
    if given.tzinfo is not None:
        return Moment(typed, zone, given.astimezone(UTC))
    there = ZoneInfo(zone)
    first, second = sorted(
        given.replace(tzinfo=there, fold=fold).astimezone(UTC) for fold in (0, 1)
    )
    if first == second:
        return Moment(typed, zone, first)
    meant = _spelt(first, there), _spelt(second, there)
    if first.astimezone(there).replace(tzinfo=None) == given:
        raise UnclearTime(f"It exists twice in {zone}: the clocks go back that day", meant)
    raise UnclearTime(f"It does not exist in {zone}: the clocks skip it that day", meant)


def _read(typed: str) -> datetime:
    """Return what was typed; a day alone does not stand for its midnight."""
    if ":" in typed:
        with suppress(ValueError):
            return datetime.fromisoformat(typed.strip())
    message = "It is not a day and an hour"
    raise ValueError(message)


def _spelt(instant: datetime, zone: ZoneInfo) -> Moment:
    local = instant.astimezone(zone)
    return Moment(local.isoformat(timespec="minutes"), zone.key, instant)
