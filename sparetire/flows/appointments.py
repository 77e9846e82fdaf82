"""Chooses the press releases that may go public now, by two clocks and their authors' word."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sparetire import clock
from sparetire.config.schema import Target
from sparetire.errors import ContentRefused, HostUnreachable, NotApproved, UsageFault
from sparetire.flows.session import Session
from sparetire.model.issue import Appointment
from sparetire.model.release import Release, Status
from sparetire.newsroom.due import Agenda, agenda
from sparetire.stages.clocks import Clocks, host_time
from sparetire.workspace.rounds import Waiting

__all__ = ["Choice", "agreed", "appointment", "choose"]

LIMIT = timedelta(hours=24)
"""How long after its time a release still goes public by itself."""
HORIZON = timedelta(days=1)  # an appointment this near is worth a look at the other clock


@dataclass(frozen=True, slots=True)
class Choice:
    """What may go public, and what may not.

    Attributes:
        releases: The oldest appointment first.
        late: Their time passed so long ago that somebody must name them.
        waiting: Their time has not come.
        now: The instant that both clocks have reached.
    """

    releases: tuple[Release, ...]
    late: tuple[Release, ...]
    waiting: tuple[Release, ...]
    now: datetime


def choose(
    session: Session, releases: Sequence[Release], names: Sequence[str], primary: Target
) -> Choice:
    """Return what is due, or what was named, if it may go public now.

    Raises:
        NotApproved: A named release waits for its time, or the clocks disagree about one.
        ContentRefused: The author of a named release is not done with it.
        UsageFault: There is no release of that name.
    """
    times = [one.due for one in releases if one.publication is None and one.due]
    now = agreed(times, primary, late=bool(names))
    today = agenda(releases, now, LIMIT)
    if not names:
        return Choice(today.due, today.late, today.waiting, now)
    known = {one.name: one for one in releases}
    chosen = tuple(_named(session, known, name, today) for name in names)
    open_ones = tuple(one for one in chosen if one.publication is None or one.edited)
    return Choice(open_ones, (), today.waiting, now)


def appointment(session: Session, waiting: Sequence[Release | Waiting]) -> Appointment | None:
    """Return what is due next, told in the organisation's zone."""
    for one in waiting:
        if one.due:
            return Appointment(one.name, one.due.astimezone(session.settings.zone).isoformat())
    return None


def _named(session: Session, known: dict[str, Release], name: str, today: Agenda) -> Release:
    release = known.get(name)
    if release is None:
        raise UsageFault(
            f"There is no release called {name!r} that can be read.",
            why=f"There are: {', '.join(known) or 'none'}.",
            then="sparetire newsroom list shows each of them, and what is wrong with it.",
        )
    if release.status is Status.DRAFT:
        raise ContentRefused(
            f"{name} is a draft.",
            why="Its files say so: its author is not done with it.",
            then='Set status = "ready" in its files, then run the same command again.',
        )
    if release in today.waiting:
        due = appointment(session, [release])
        raise NotApproved(
            f"{name} may not go public yet.",
            why=f"Its time is {due.at if due else ''}.",
            then="It goes public by itself then; publish_at and embargo in its files say when.",
        )
    if release.edited and not _explained(release):
        shown = "was withdrawn" if release.withdrawn else "is public as something else"
        sees = "the notice" if release.withdrawn else "what was said"
        raise ContentRefused(
            f"{name} {shown}, and does not say what was put right.",
            why="What was said or shown is never changed silently, be it words or a picture.",
            public=f"The public goes on seeing {sees}.",
            then="Add a [[corrections]] table with at and note to its files, in each language.",
        )
    return release


def _explained(release: Release) -> bool:
    """Tell whether each language says what has changed since the public last read it."""
    before = release.publication.updated if release.publication else None
    return all(
        before is None or any(each.at > before for each in wording.corrections)
        for wording in release.wordings.values()
    )


def agreed(times: Sequence[datetime], primary: Target, *, late: bool = False) -> datetime:
    """Return the instant that counts, where these are the times of what is not public yet.

    Args:
        times: Theirs.
        primary: Whose host is asked, if one of them is near.
        late: What is long overdue may go out, too: a clock days ahead would call so what waits.

    Raises:
        NotApproved: One clock says that something is due, the other that it is not.
        HostUnreachable: The public address of the target does not answer.
    """
    ours = clock.now()
    if not any((late or ours - LIMIT <= time) and time <= ours + HORIZON for time in times):
        return ours
    theirs = host_time(f"{primary.url}/")
    if theirs is None and primary.public:
        raise HostUnreachable(
            f"{primary.url} does not say what time it is there.",
            why="Before a release goes public at its time, two clocks must agree on it.",
            then="Look whether that address answers, then run the same command again.",
        )
    clocks = Clocks(ours, theirs)
    doubtful = [time for time in times if clocks.earliest < time <= clocks.latest]
    if doubtful and not clocks.agree:
        raise NotApproved(
            "Two clocks disagree on whether a release is due.",
            why=[
                f"This machine says {clocks.ours.isoformat()}.",
                f"{primary.hostname} says {theirs.isoformat() if theirs else 'nothing'}.",
            ],
            then="Set the clock that is wrong, then run the same command again.",
        )
    return clocks.earliest
