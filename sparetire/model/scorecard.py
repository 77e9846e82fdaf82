"""How a drill went: what was asked of the team, how long it took, and what came of it."""

from dataclasses import dataclass, field
from enum import StrEnum

__all__ = ["GOALS", "Inject", "Score", "Scorecard", "Step", "Task"]


class Inject(StrEnum):
    """A difficulty that a drill puts in the team's way."""

    PRIMARY_DOWN = "primary-down"
    APPROVER_ABSENT = "approver-absent"
    WRONG_FIGURE = "wrong-figure"
    PAGE_TO_WITHDRAW = "page-to-withdraw"
    LANGUAGE_LATE = "language-late"
    SLOW_NETWORK = "slow-network"


class Task(StrEnum):
    """What the team has to do."""

    LAUNCH = "launch"
    LANGUAGE = "language"
    UPDATE = "update"
    FIGURE = "figure"
    CORRECT = "correct"
    WITHDRAW = "withdraw"
    CLEAR = "clear"


# Seconds. A first message within 15 minutes is what airlines ask of themselves (IATA); NHK took
# back a false alarm within five (2018), and we ask for less.
GOALS = {
    Task.LAUNCH: 900.0,
    Task.LANGUAGE: 900.0,
    Task.UPDATE: 120.0,
    Task.FIGURE: 120.0,
    Task.CORRECT: 120.0,
    Task.WITHDRAW: 120.0,
    Task.CLEAR: 120.0,
}


@dataclass(frozen=True, slots=True)
class Step:
    """What a drill will ask, and within how many seconds."""

    task: Task
    goal: float


@dataclass(frozen=True, slots=True)
class Score:
    """One step of a drill.

    Attributes:
        task: What was to be done.
        human: Seconds in which we waited for people.
        machine: Seconds in which people waited for us.
        stages: The machine's seconds by stage.
        failed: What went wrong; empty when the step went live and was verified.
        exit_code: As the command would have ended.
        met: What the team met on the way, such as a host that was down.
    """

    task: Task
    human: float
    machine: float
    stages: dict[str, float] = field(default_factory=dict)
    failed: str = ""
    exit_code: int = 0
    met: str = ""

    @property
    def total(self) -> float:
        """The seconds that the public would have waited."""
        return round(self.human + self.machine, 3)

    @property
    def goal(self) -> float:
        """The seconds that are allowed."""
        return GOALS[self.task]

    @property
    def reached(self) -> bool:
        """Whether it went live in time."""
        return not self.failed and self.total <= self.goal


@dataclass(frozen=True, slots=True)
class Scorecard:
    """A whole drill.

    Attributes:
        name: Its own name, which begins with its instant.
        at: When it began, ISO 8601 with zone.
        scenario: The rehearsed kind of crisis.
        target: The staging target.
        injects: What was put in the team's way.
        receivers: How many are told of a real launch; in a drill, none of them is.
        scores: The steps, in their order.
        heard: How often the receivers of the drill itself were told something.
    """

    name: str
    at: str
    scenario: str
    target: str
    injects: tuple[Inject, ...]
    receivers: int
    scores: tuple[Score, ...]
    heard: int = 0

    @property
    def reached(self) -> bool:
        """Whether every step went live in time."""
        return all(score.reached for score in self.scores)

    @property
    def staffed(self) -> bool:
        """Whether people wrote and confirmed; else the times are the machine's alone."""
        return sum(score.human for score in self.scores) >= 1

    @property
    def exit_code(self) -> int:
        """The code of the first step that failed, or 0."""
        return next((score.exit_code for score in self.scores if score.failed), 0)

    def seconds(self, task: Task) -> float | None:
        """Return how long a step took, where there was one that went live."""
        return next(
            (one.total for one in self.scores if one.task is task and not one.failed), None
        )
