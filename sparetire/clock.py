"""The one place that asks what time it is."""

import os
import time
from datetime import UTC, datetime, tzinfo
from pathlib import Path

__all__ = ["Readings", "Stopwatch", "local_time", "now", "passed", "read_clocks", "since_start"]

Readings = tuple[float, ...]
"""Seconds on several clocks, read at one instant."""

_LOADED = time.perf_counter()


def now() -> datetime:
    """Return the present instant in UTC, cut to the second: the precision that we publish."""
    return datetime.now(UTC).replace(microsecond=0)  # noqa: TID251  this is the clock


def local_time(at: datetime | str, zone: tzinfo) -> str:
    """Return an instant, or its ISO text, on the workspace's clock with the zone's name."""
    instant = datetime.fromisoformat(at) if isinstance(at, str) else at
    return f"{instant.astimezone(zone):%Y-%m-%d %H:%M %Z}"


def since_start() -> float:
    """Return for how many seconds this process has run.

    Where the system does not tell when it began, it counts from the loading of this module.
    """
    try:
        # The 22nd field; the second, a name in brackets, may hold spaces (proc(5)).
        fields = Path("/proc/self/stat").read_text(encoding="utf-8").rpartition(")")[2].split()
        began = int(fields[19]) / os.sysconf("SC_CLK_TCK")
        return round(time.clock_gettime(time.CLOCK_BOOTTIME) - began, 3)
    except (OSError, AttributeError, ValueError, IndexError):
        return round(time.perf_counter() - _LOADED, 3)


def read_clocks() -> Readings:
    """Return the clocks that together show how long the machine slept.

    ``CLOCK_BOOTTIME`` counts sleep (clock_gettime(2)), where the system has it. The wall clock
    counts what that clock misses: a virtual machine that its host had paused.
    """
    return _steady(), time.time()  # noqa: TID251  this is the clock


def _steady() -> float:
    try:
        return time.clock_gettime(time.CLOCK_BOOTTIME)
    except (AttributeError, OSError):
        return time.monotonic()


def passed(since: Readings, until: Readings) -> float:
    """Return the seconds between two readings, by the clock on which most have passed."""
    return max(later - earlier for earlier, later in zip(since, until, strict=True))


class Stopwatch:
    """Measures how long each stage took, in seconds."""

    def __init__(self) -> None:
        self._start = time.perf_counter()

    def elapsed(self) -> float:
        """Return the seconds since the stopwatch was made."""
        return round(time.perf_counter() - self._start, 3)
