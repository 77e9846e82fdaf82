"""What every host asks before it sends a request that changes something."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

__all__ = ["Guard", "Lock", "excused"]

_here = threading.local()


@contextmanager
def excused() -> Iterator[None]:
    """Let this thread's requests pass every guard: those about locks and signs need no lock."""
    before = _is_excused()
    _here.excused = True
    try:
        yield
    finally:
        _here.excused = before


def _is_excused() -> bool:
    return bool(getattr(_here, "excused", False))


class Lock(Protocol):
    """A lock that a run holds."""

    def confirm(self, *, at_once: bool = False) -> None:
        """Make sure that it is still held; see `Lease.confirm`."""
        ...

    def make_way(self) -> None:
        """Give up where a run that cannot wait has asked for it; see `Lease.make_way`."""
        ...


class Guard:
    """What a host asks before each request that changes something: may it still be sent?

    It is asked again before each retry: a machine may sleep in between, and a lease may end.

    Attributes:
        lease: The lock of the run; None while no run holds one.
    """

    def __init__(self) -> None:
        self.lease: Lock | None = None
        self._stopped = threading.Event()

    def __call__(self, *, at_once: bool = False) -> None:
        """Let the request be sent.

        Args:
            at_once: Ask the host whether the lock is ours in any case.

        Raises:
            Locked: Another run has taken over.
            HostUnreachable: The lease ran out, and the host does not answer.
            KeyboardInterrupt: The run was told to stop.
        """
        if _is_excused():
            return
        if self._stopped.is_set():
            raise KeyboardInterrupt
        if self.lease is not None:
            self.lease.confirm(at_once=at_once)

    def make_way(self) -> None:
        """Let a run go first that cannot wait.

        Raises:
            Locked: One has asked for the lock.
        """
        if self.lease is not None:
            self.lease.make_way()

    def stop(self) -> None:
        """Let no further request begin, but those that give the lock back."""
        self._stopped.set()
