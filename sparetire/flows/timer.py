"""Sets up a timer for the newsroom's round, or shows what it would be made of."""

import shutil
import sys
from dataclasses import dataclass
from datetime import time
from pathlib import Path

from sparetire.disk import write_atomic
from sparetire.errors import UsageFault
from sparetire.flows.session import Session
from sparetire.newsroom.timers import KINDS, Paper, Timer, timer_papers
from sparetire.stages.fill.slugs import slugify

__all__ = ["Wish", "install_timer", "timer_shown"]

MOST_MINUTES = 59


@dataclass(frozen=True, slots=True)
class Wish:
    """Which timer is wanted.

    Attributes:
        kind: One of `KINDS`.
        minutes: Between two rounds.
        at: Times of the organisation's day, ``09:00``.
    """

    kind: str
    minutes: int
    at: tuple[str, ...]


def timer_shown(session: Session, wish: Wish) -> tuple[Paper, ...]:
    """Return the files and lines of the timer, with whole paths; nothing is written.

    Raises:
        UsageFault: There is no such kind, or no such time.
    """
    if wish.kind not in KINDS:
        raise UsageFault(
            f"There is no timer of the kind {wish.kind!r}.",
            why=f"There are: {', '.join(KINDS)}.",
            then="Take one of these: --kind cron",
        )
    if not 1 <= wish.minutes <= MOST_MINUTES:
        raise UsageFault(
            f"--every {wish.minutes} cannot be.",
            why=f"It is a number of minutes, from 1 to {MOST_MINUTES}.",
            then="Take 5: releases then go out five minutes late at most.",
        )
    root = session.workspace.root
    timer = Timer(
        program=shutil.which("sparetire") or f"{Path(sys.executable).parent / 'sparetire'}",
        workspace=str(root),
        label=slugify(root.name) or "newsroom",
        minutes=wish.minutes,
        zone=session.settings.organisation.time_zone,
        at=tuple(_time(each) for each in wish.at),
    )
    return timer_papers(wish.kind, timer)


def install_timer(session: Session, wish: Wish) -> tuple[Paper, ...]:
    """Write the files of the timer, and return them; lines for a crontab are only returned.

    Raises:
        UsageFault: There is no such kind, or no such time.
        LocalDiskFault: A file cannot be written.
    """
    papers = timer_shown(session, wish)
    for paper in papers:
        if paper.path:
            write_atomic(place_of(session, paper), paper.text)
    return papers


def place_of(session: Session, paper: Paper) -> Path:
    """Return where a file of a timer belongs on this machine."""
    return session.workspace.root / Path(paper.path).expanduser()


def _time(typed: str) -> time:
    try:
        return time.fromisoformat(typed)
    except ValueError as error:
        raise UsageFault(
            f"--at {typed!r} is no time of the day.",
            why=f"{error}.",
            then="Write it like 09:00, in the zone of organisation.time_zone.",
        ) from error
