"""The ``sparetire`` command, killed as it is about to change a given thing on the disk.

Its words are STEP FOLDER WORD … A step is a file opened to be written, or a name that is made,
moved or removed, inside the folder; with STEP 0 it lives. Builds do not count: nothing reads
half of one. Only the first process counts, since its children end with it. A command that lives
says on standard error how many steps it took.
"""

import os
import re
import sys
from collections.abc import Callable
from pathlib import Path

from sparetire.cli import app

__all__ = ["main", "run_until"]

_NAMES = ("os.rename", "os.link", "os.symlink", "os.mkdir", "os.remove", "os.rmdir")
_BUILDS = re.compile(r"/\.sparetire/(?!site|ledger|lock|outbox|newsroom|\.)")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


def main() -> None:
    """Run the command until it is killed."""
    step, folder = int(sys.argv[1]), Path(sys.argv[2])
    sys.argv = ["sparetire", *sys.argv[3:]]
    run_until(step, app.main, lambda path: str(folder) in path and not _BUILDS.search(path))


def run_until(step: int, program: Callable[[], object], counts: Callable[[str], bool]) -> None:
    """Run a program until it is to change something for the nth time.

    Args:
        step: Which change kills it; 0 is none.
        program: What is run.
        counts: Whether a change of this path counts.
    """
    seen, process = 0, os.getpid()

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        nonlocal seen
        if os.getpid() == process and any(map(counts, _changed(event, arguments))):
            seen += 1
            if seen == step:
                os.kill(process, 9)

    sys.addaudithook(hook)
    try:
        program()
    finally:
        print(f"steps: {seen}", file=sys.stderr)  # noqa: T201  its parent reads it


def _changed(event: str, arguments: tuple[object, ...]) -> list[str]:
    """Return the paths that are about to change."""
    if event == "open":
        flags = arguments[2]
        if not (isinstance(flags, int) and flags & _WRITING):
            return []
        names = arguments[:1]
    elif event in _NAMES:
        names = arguments[:2]
    else:
        return []
    return [str(name) for name in names if isinstance(name, str | Path)]
