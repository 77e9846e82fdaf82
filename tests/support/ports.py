"""Ports that nobody listens to, and that no other test is given."""

import os
from collections.abc import Iterator
from contextlib import suppress
from itertools import cycle
from random import randrange
from socket import create_server

__all__ = ["free_port"]

# Below those that a system takes for outgoing connections (Linux: 32768 and up): the client of
# another test could sit on a port that was free a moment ago. SeaweedFS has those above.
FIRST, LAST = 8_100, 11_999


def free_port() -> int:
    """Return a port of this machine that nobody listens to at present.

    It is given to no other test of this run, in this process or in those beside it.
    """
    for port in PORTS:
        with suppress(OSError), create_server(("127.0.0.1", port)):
            return port
    raise AssertionError("ports do not end")


def ports_of_this_process() -> Iterator[int]:
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0").removeprefix("gw"))
    workers = int(os.environ.get("PYTEST_XDIST_WORKER_COUNT", "1"))
    own = range(FIRST + worker, LAST + 1, workers)
    # Another run on the same machine starts elsewhere.
    start = randrange(len(own))
    return cycle([*own[start:], *own[:start]])


PORTS = ports_of_this_process()
