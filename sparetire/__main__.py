"""The first and the last steps of the program.

Until it can say so in words, Ctrl-C ends it in silence.
"""

import atexit
import gc
import io
import os
import signal
import sys
from contextlib import suppress

__all__ = ["main"]

_LOCAL_DISK = 12  # the exit code of `sparetire.errors`, which takes time to load
OBJECTS = 100_000
"""What a command loads is kept to its end: a search for garbage among it finds next to none."""

if signal.getsignal(signal.SIGINT) is signal.default_int_handler:
    signal.signal(signal.SIGINT, signal.SIG_DFL)


def main() -> None:
    """Run the command line, and leave with its exit code."""
    gc.set_threshold(OBJECTS)
    _keep_texts()
    _write_anything()
    from sparetire.cli.app import main as run  # noqa: PLC0415  it takes the time

    try:
        run()
    except SystemExit as end:
        _leave(end)


def _keep_texts() -> None:
    """Start again where Python was asked to leave out docstrings: help and rules show them."""
    if sys.flags.optimize > 1 and os.name == "posix":
        os.environ.pop("PYTHONOPTIMIZE", None)
        os.execv(sys.executable, [sys.executable, "-P", "-m", "sparetire", *sys.argv[1:]])  # noqa: S606  ourselves


def _write_anything() -> None:
    """Let a terminal or a file that lacks a letter show a question mark in its place."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="replace")


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
    except BrokenPipeError:
        raise end from None
    except OSError as error:  # such as a disk that is full, behind a redirection
        said = f"The output cannot be written: {error.strerror}.\n".encode()
        with suppress(OSError):
            os.write(2, said)
        os._exit(end.code or _LOCAL_DISK)
    atexit._run_exitfuncs()  # noqa: SLF001  there is no other way to call them
    os._exit(end.code or 0)


if __name__ == "__main__":
    main()
