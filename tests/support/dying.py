"""The ``sparetire`` command, dying as by SIGKILL at a given change to the workspace's disk.

Its words are STEP FOLDER WORD … A step is a file opened to be written, or a name that is made,
moved or taken away, inside the folder. Builds do not count: nothing reads half of one. Only the
first process counts, since its children end with it. Whoever lives to the end says on standard
error how many steps there were.
"""

import os
import re
import sys
from pathlib import Path

from sparetire.cli import app

__all__ = ["main"]

_NAMES = ("os.rename", "os.link", "os.symlink", "os.mkdir", "os.remove", "os.rmdir")
_BUILDS = re.compile(r"/\.sparetire/(?!site|ledger|lock|outbox|newsroom|\.)")
_WRITING = os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC


def _inside(folder: Path, event: str, arguments: tuple[object, ...]) -> bool:
    if event == "open":
        flags = arguments[2]
        if not (isinstance(flags, int) and flags & _WRITING):
            return False
        names = arguments[:1]
    elif event in _NAMES:
        names = arguments[:2]
    else:
        return False
    paths = [str(name) for name in names if isinstance(name, str | Path)]
    return any(str(folder) in path and not _BUILDS.search(path) for path in paths)


def _die_at(step: int, folder: Path) -> list[int]:
    seen, process = [0], os.getpid()

    def hook(event: str, arguments: tuple[object, ...]) -> None:
        if os.getpid() == process and _inside(folder, event, arguments):
            seen[0] += 1
            if seen[0] == step:
                os.kill(process, 9)

    sys.addaudithook(hook)
    return seen


def main() -> None:
    """Run the command until it is to die."""
    counted = _die_at(int(sys.argv[1]), Path(sys.argv[2]))
    sys.argv = ["sparetire", *sys.argv[3:]]
    try:
        app.main()
    finally:
        print(f"steps: {counted[0]}", file=sys.stderr)  # noqa: T201  its parent reads it
