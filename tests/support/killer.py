"""Publishes a second edition again and again, dying one step later each time.

Run as a program, since it forks: prints one JSON object a death. A step is whatever Python
tells its audit hooks before it happens: opening, linking, renaming, removing, making a folder.
"""

import json
import os
import shutil
import sys
from itertools import count
from pathlib import Path

from sparetire.hosts.directory import DirectoryHost
from tests.support.editions import edition, page_with_style, publish

__all__: list[str] = []

_STEPS = ("open", "os.", "shutil.")


def _die_at(step: int) -> None:
    left = step

    def hook(event: str, _arguments: object) -> None:
        nonlocal left
        if event.startswith(_STEPS):
            left -= 1
            if left == 0:
                os._exit(9)

    sys.addaudithook(hook)


def _refuse_link(_target: str, _place: Path) -> None:
    raise OSError


def _host(root: Path, kind: str) -> DirectoryHost:
    url = "http://127.0.0.1:1"
    if kind == "links":
        return DirectoryHost(root, url=url)
    return DirectoryHost(root, url=url, symlink=_refuse_link)


def _seen(root: Path) -> dict[str, str]:
    current = root / "current"
    return {
        path.relative_to(current).as_posix(): path.read_text(encoding="utf-8")
        for path in current.rglob("*")
        if path.is_file()
    }


def main(folder: Path, kind: str) -> None:
    """Tell what the public sees after each death, and after the plain re-run upon it."""
    old = edition(folder / "old", page_with_style("old"))
    new = edition(folder / "new", page_with_style("new"))
    publish(_host(folder / "start", kind), old)
    for step in count(1):
        root = folder / f"{step}"
        shutil.copytree(folder / "start", root, symlinks=True)
        child = os.fork()
        if child == 0:
            _die_at(step)
            publish(_host(root, kind), new)
            os._exit(0)
        died = os.waitstatus_to_exitcode(os.waitpid(child, 0)[1]) == 9
        after = _seen(root)
        publish(_host(root, kind), new)
        left = sorted(path.name for path in root.rglob("*.part"))
        print(json.dumps({"seen": after, "healed": _seen(root), "left": left}))  # noqa: T201  its parent reads it
        shutil.rmtree(root)
        if not died:
            return


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
