"""The one place that asks what time it is."""

import time
from datetime import UTC, datetime

__all__ = ["Stopwatch", "now"]


def now() -> datetime:
    """Return the present instant in UTC, cut to the second: the precision that we publish."""
    return datetime.now(UTC).replace(microsecond=0)  # noqa: TID251  this is the clock


class Stopwatch:
    """Measures how long each stage took, in seconds."""

    def __init__(self) -> None:
        self._start = time.perf_counter()

    def elapsed(self) -> float:
        """Return the seconds since the stopwatch was made."""
        return round(time.perf_counter() - self._start, 3)
