"""Counts how often a run waits for a host: requests that overlap are one round trip."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from tests.support.faults import Fault, faulty

__all__ = ["Line", "delayed"]


@dataclass(slots=True)
class Line:
    """A line to a server, and when each request was under way on it."""

    endpoint_url: str = ""
    spans: list[tuple[float, float, str]] = field(default_factory=list)

    def rounds(self) -> int:
        """Return the length of the longest chain of requests, one after another."""
        count, free = 0, 0.0
        for end, start in sorted((end, start) for start, end, _ in self.spans):
            if start >= free:
                count, free = count + 1, end
        return count


@contextmanager
def delayed(endpoint_url: str, seconds: float) -> Iterator[Line]:
    """Run a proxy that holds every request for a while."""
    line = Line()

    def rule(method: str, path: str) -> Fault:
        start = time.monotonic()
        time.sleep(seconds)
        line.spans.append((start, time.monotonic(), f"{method} {path}"))
        return None

    with faulty(endpoint_url) as proxy:
        proxy.rule = rule
        line.endpoint_url = proxy.endpoint_url
        yield line
