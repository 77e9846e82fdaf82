"""The one place that asks what time it is."""

import os
import time
from datetime import UTC, datetime
from pathlib import Path

__all__ = ["Stopwatch", "now", "since_start"]

_LOADED = time.perf_counter()


def now() -> datetime:
    """Return the present instant in UTC, cut to the second: the precision that we publish."""
    return datetime.now(UTC).replace(microsecond=0)  # noqa: TID251  this is the clock


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


class Stopwatch:
    """Measures how long each stage took, in seconds."""

    def __init__(self) -> None:
        self._start = time.perf_counter()

    def elapsed(self) -> float:
        """Return the seconds since the stopwatch was made."""
        return round(time.perf_counter() - self._start, 3)
