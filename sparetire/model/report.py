"""What an incident came to, minute by minute, for the people who learn from it."""

from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum
from itertools import pairwise

from sparetire.model.incident import Incident, Kind, Statement

__all__ = ["Divergence", "Happened", "Happening", "IncidentReport", "Late", "Rehearsed"]


class Happened(StrEnum):
    """What kind of thing happened."""

    SAID = "said"
    SENDING = "sending"
    LIVE = "live"
    VERIFIED = "verified"
    ASKED = "asked"
    SIGNED = "signed"
    GLASS = "glass"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Happening:
    """One line of the timeline.

    Attributes:
        at: When, in UTC.
        what: What kind of thing.
        purpose: The command behind it.
        detail: A target, a role, a reason.
        number: Of the statement that was said.
    """

    at: datetime
    what: Happened
    purpose: str
    detail: str = ""
    number: int = 0


@dataclass(frozen=True, slots=True)
class Late:
    """An update that came after the time that was promised, or never.

    Attributes:
        promised: When it was to come.
        came: When it came; None where it has not.
        now: When the report was made.
    """

    promised: datetime
    came: datetime | None
    now: datetime

    @property
    def by(self) -> timedelta:
        """How late it was, or is by now."""
        return (self.came or self.now) - self.promised


@dataclass(frozen=True, slots=True)
class Divergence:
    """Where one text and what its scenario had ready part ways.

    Attributes:
        part: The statement, or a sheet beside it.
        code: In which language.
        added: Paragraphs and items that the team wrote itself.
        left_out: What of the ready words was not said.
    """

    part: str
    code: str
    added: tuple[str, ...]
    left_out: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Rehearsed:
    """What became of the scenario that an incident was launched from.

    Attributes:
        scenario: Its name.
        divergences: Where the words part ways with it.
        unfilled: The questions that nobody answered, by language.
        duties: Who was to be told by when, and which text says so, by language.
    """

    scenario: str
    divergences: tuple[Divergence, ...]
    unfilled: dict[str, tuple[str, ...]]
    duties: dict[str, tuple[str, ...]]


@dataclass(frozen=True, slots=True)
class IncidentReport:
    """An incident as its record and the ledger tell it.

    Attributes:
        incident: Everything that was said.
        happenings: The timeline.
        made: When the report was made.
        rehearsed: What became of its scenario, where it has one.
    """

    incident: Incident
    happenings: tuple[Happening, ...]
    made: datetime
    rehearsed: Rehearsed | None = None

    @property
    def spoken(self) -> tuple[Statement, ...]:
        """The statements, oldest first, those that were taken back among them."""
        return self.incident.statements

    @property
    def late(self) -> tuple[Late, ...]:
        """Every promise of a next update that was not kept."""
        told = [one for one in self.incident.standing if one.kind is not Kind.CORRECTION]
        broken = []
        for one, after in zip(told, [*told[1:], None], strict=True):
            came = after.published if after else None
            if one.promise and self._missed(one.promise, came):
                broken.append(Late(one.promise, came, self.made))
        return tuple(broken)

    @property
    def waits(self) -> tuple[timedelta, ...]:
        """How long each request for a signature waited for its first one."""
        waits, asked = [], None
        for one in self.happenings:
            if one.what is Happened.ASKED and asked is None:
                asked = one.at
            elif one.what in {Happened.SIGNED, Happened.GLASS} and asked is not None:
                waits.append(one.at - asked)
                asked = None
        return tuple(waits)

    @property
    def silence(self) -> timedelta:
        """The longest time between one statement and the next."""
        told = [one.published for one in self.spoken]
        gaps = (after - before for before, after in pairwise(told))
        return max(gaps, default=timedelta())

    def seconds_to_live(self, statement: Statement) -> float | None:
        """Return how long a statement took, from its command until it was read back."""
        for one in self.happenings:
            if one.what is Happened.VERIFIED and one.at >= statement.published:
                return (one.at - statement.published).total_seconds()
        return None

    def _missed(self, promise: datetime, came: datetime | None) -> bool:
        if came is not None:
            return came > promise
        return self.made > promise and self.incident.promise == promise
