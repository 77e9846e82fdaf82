"""Everything that can be told about a run while it goes on: a closed union of past facts.

Events are values, never sentences: wording belongs to ``sparetire.output``.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sparetire.model.manifest import Wave

__all__ = [
    "Emit",
    "Event",
    "FilePut",
    "HostWaited",
    "LockIsAdvisory",
    "PageWentLive",
    "Stage",
    "StageFinished",
    "StageStarted",
    "WaveStarted",
]

Stage = str  # fill, build, inspect, plan, push, verify, record


@dataclass(frozen=True, slots=True)
class StageStarted:
    """A stage began."""

    stage: Stage
    target: str = ""


@dataclass(frozen=True, slots=True)
class StageFinished:
    """A stage ended well, after some seconds."""

    stage: Stage
    seconds: float
    target: str = ""


@dataclass(frozen=True, slots=True)
class WaveStarted:
    """A wave of files is about to be put."""

    target: str
    wave: Wave
    files: int


@dataclass(frozen=True, slots=True)
class FilePut:
    """The host took one file."""

    target: str
    path: str
    size: int


@dataclass(frozen=True, slots=True)
class HostWaited:
    """Something at the host is not as it must be yet, and we ask again."""

    target: str
    what: str
    seconds: float


@dataclass(frozen=True, slots=True)
class LockIsAdvisory:
    """The host takes no conditions, so that two runs at once may not be kept apart."""

    target: str


@dataclass(frozen=True, slots=True)
class PageWentLive:
    """A public address answered with the new bytes."""

    target: str
    url: str
    seconds: float


Event = (
    StageStarted
    | StageFinished
    | WaveStarted
    | FilePut
    | HostWaited
    | LockIsAdvisory
    | PageWentLive
)
Emit = Callable[[Event], None]
