"""The first and the last steps of the program.

Until it can say so in words, Ctrl-C ends it in silence.
"""

import atexit
import gc
import os
import signal
import sys

__all__ = ["main"]

OBJECTS = 100_000
"""What a command loads is kept to its end: a search for garbage among it finds next to none."""

if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def main() -> None:
    """Run the command line, and leave with its exit code."""
    gc.set_threshold(OBJECTS)
    from sparetire.cli.app import main as run  # noqa: PLC0415  it takes the time

    try:
        run()
    except SystemExit as end:
        _leave(end)


def _leave(end: SystemExit) -> None:
    """End the process at once: Python would take a tenth of a second to free what we loaded.

    Raises:
        SystemExit: There are words to say, or nobody reads ours; Python knows how to end then.
    """
    if not isinstance(end.code, int | None):
        raise end
    try:
        sys.stdout.flush()
        sys.stderr.flush()
    except OSError:
        raise end from None
    atexit._run_exitfuncs()  # noqa: SLF001  there is no other way to call them
    os._exit(end.code or 0)


if __name__ == "__main__":
    main()
