"""Which press releases may go public at an instant: pure, so that any instant can be tried."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from sparetire.model.release import Release, Status

__all__ = ["Agenda", "agenda"]

_LONG_AGO = datetime.min.replace(tzinfo=UTC)


@dataclass(frozen=True, slots=True)
class Agenda:
    """What is to be done about the releases that nobody outside has seen.

    Attributes:
        due: They may go public now, the oldest appointment first.
        late: So may these, but their time passed so long ago that somebody must look first.
        waiting: Their time has not come; the soonest first.
    """

    due: tuple[Release, ...]
    late: tuple[Release, ...]
    waiting: tuple[Release, ...]


def agenda(releases: Iterable[Release], now: datetime, limit: timedelta) -> Agenda:
    """Sort out releases whose author is done with them; all others are left alone.

    A release is due from the very second of its time on. Without a time it is due at once.
    """
    ready = sorted(
        (one for one in releases if one.status is Status.READY and one.publication is None),
        key=lambda one: (one.due or _LONG_AGO, one.name),
    )
    return Agenda(
        due=tuple(one for one in ready if one.due is None or now - limit <= one.due <= now),
        late=tuple(one for one in ready if one.due is not None and one.due < now - limit),
        waiting=tuple(one for one in ready if one.due is not None and one.due > now),
    )
