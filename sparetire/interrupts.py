"""Ctrl-C, and the system's request to end: noticed for certain, and never without an end.

Python may lose the exception of a signal: one that arrives in a finaliser is dropped. And one
that arrives in an import may leave the module's lock held, so that every later import of it
waits for ever. So an import is finished first, the signal is sent again until the run has
noticed it, and a run that has not ended some time after it is ended, with a sentence on what
the public sees.
"""

import os
import signal
import socket
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from time import monotonic
from types import FrameType

__all__ = [
    "Terminated",
    "arm",
    "begin",
    "last_word",
    "notice",
    "public_now",
    "raise_postponed",
    "witness",
]

_AGAIN = 2.0
"""Seconds after which a signal that was not noticed is sent again."""

_SOON = 0.05
"""Seconds after which a signal that arrived in an import is sent again."""

_LIMIT = 20.0
"""Seconds in which a run must have ended; what is left of thirty is for its last word."""

_IMPORT_SYSTEM = "<frozen importlib._bootstrap>"

_noticed = threading.Event()
_postponed: list[int] = []
_saying = threading.Lock()
_witnesses: list[Callable[[], str]] = []


class Terminated(KeyboardInterrupt):
    """The system asked us to end; everything that handles Ctrl-C handles this too."""


def arm(say: Callable[[type[KeyboardInterrupt]], int], within: float = _LIMIT) -> None:
    """Handle both signals from here on.

    Args:
        say: Says the last word of a run that does not end by itself; returns its exit code.
        within: Seconds after a signal in which a run must have ended by itself.
    """
    signal.signal(signal.SIGTERM, _raise)
    if signal.getsignal(signal.SIGINT) in {signal.SIG_DFL, signal.default_int_handler}:
        signal.signal(signal.SIGINT, _raise)
    # The system itself writes the number of a signal there: no thread can miss it.
    ours, theirs = socket.socketpair()
    theirs.settimeout(0)
    signal.set_wakeup_fd(theirs.fileno(), warn_on_full_buffer=False)
    watch = threading.Thread(target=_watch, args=(ours, theirs, say, within), daemon=True)
    watch.start()


def notice() -> None:
    """Let no further signal interrupt what the run does to end."""
    _noticed.set()


def begin() -> None:
    """Forget what earlier commands of this process have changed."""
    _witnesses.clear()


def raise_postponed() -> None:
    """Raise the exception of a signal that arrived in an import which is finished now.

    Raises:
        KeyboardInterrupt: There was one.
    """
    for number in _postponed[:1]:  # the watch may empty it meanwhile
        raise _kind(number)


def witness(public: Callable[[], str]) -> None:
    """Have something to say of the public to whatever ends this command from here on."""
    _witnesses.append(public)


def public_now() -> str:
    """Return what the public sees, or nothing where this run has not changed anything."""
    told = dict.fromkeys(each() for each in list(_witnesses))
    return " ".join(filter(None, told))


@contextmanager
def last_word() -> Iterator[None]:
    """Keep the last word for the context: nothing else is said of the end of the run."""
    with _saying:
        yield


def _raise(number: int, frame: FrameType | None) -> None:
    if _noticed.is_set():
        return
    if _importing(frame):
        _postponed.append(number)
        return
    raise _kind(number)


def _kind(number: int) -> type[KeyboardInterrupt]:
    return Terminated if number == signal.SIGTERM else KeyboardInterrupt


def _importing(frame: FrameType | None) -> bool:
    """Return whether any function that is being run belongs to Python's import system."""
    while frame is not None:
        if frame.f_code.co_filename == _IMPORT_SYSTEM:
            return True
        frame = frame.f_back
    return False


def _watch(
    ours: socket.socket,
    _theirs: socket.socket,  # kept open: the system writes to it
    say: Callable[[type[KeyboardInterrupt]], int],
    within: float,
) -> None:
    number = 0
    while number not in {signal.SIGINT, signal.SIGTERM}:
        number = ours.recv(1)[0]
    end, again = monotonic() + within, monotonic() + _AGAIN
    while monotonic() < end and not _noticed.wait(_SOON):
        if _postponed or monotonic() >= again:
            _postponed.clear()
            again = monotonic() + _AGAIN
            os.kill(os.getpid(), number)
    threading.Event().wait(max(0.0, end - monotonic()))
    _noticed.set()
    code = 128 + number
    if _saying.acquire(timeout=5):
        with suppress(Exception):
            code = say(_kind(number))
    os._exit(code)
