"""Runs one command, and ends as by SIGKILL before it changes a folder for the nth time.

Run as a program: ``python -m tests.support.dying_run STEP FOLDER TALLY -- words…``. Without an
end, the number of changes is written to the file TALLY. A change is what Python tells its audit
hooks before it happens: a file opened to be written, renamed, linked, removed, a folder made.
What lies between two of them, an fsync too, changes no name: to die before one of them is to
die after the one before.
"""

import os
import sys
from pathlib import Path

from sparetire.cli.app import app

__all__: list[str] = []

_CHANGES = {
    "os.link",
    "os.mkdir",
    "os.remove",
    "os.rename",
    "os.rmdir",
    "os.symlink",
    "os.truncate",
}
_PASSING = ("/builds", "/bodies", "/rendered")
"""What a build makes for itself: nothing public comes of it before it is whole."""


def main(step: int, folder: str, tally: Path, words: list[str]) -> None:
    """Run the command, counting down to its end."""
    changes = 0

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal changes
        if not _is_change(event, arguments, folder):
            return
        changes += 1
        if changes == step:
            os._exit(9)

    sys.addaudithook(hook)
    try:
        app(words, prog_name="sparetire")
    finally:
        tally.write_text(str(changes), encoding="utf-8")


def _is_change(event: str, arguments: tuple[object, ...], folder: str) -> bool:
    if event == "open":
        flags = arguments[2]
        if not isinstance(flags, int) or not flags & (os.O_WRONLY | os.O_RDWR):
            return False
    elif event not in _CHANGES:
        return False
    names = [str(each) for each in arguments if isinstance(each, str | Path)]
    return any(name.startswith(folder) for name in names) and not any(
        passing in name.removeprefix(folder) for name in names for passing in _PASSING
    )


if __name__ == "__main__":
    main(int(sys.argv[1]), sys.argv[2], Path(sys.argv[3]), sys.argv[5:])
