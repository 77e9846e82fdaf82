"""Keeps two runs in the same workspace apart, on this machine."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sparetire.disk import local_disk
from sparetire.errors import Locked

__all__ = ["workspace_lock"]


@contextmanager
def workspace_lock(path: Path, purpose: str) -> Iterator[None]:
    """Hold the workspace; the system frees it even when this process is killed.

    Raises:
        Locked: Another run holds it.
        LocalDiskFault: The state folder cannot be written.
    """
    with local_disk(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        file = path.open("a+", encoding="utf-8")
    with file:
        if not _try_lock(file.fileno()):
            file.seek(0)
            raise Locked(
                "Another sparetire run is at work in this workspace.",
                why=file.read().strip() or "It has not said what it is doing.",
                then="Wait for it to end, then run the same command again.",
            )
        with local_disk(path):
            file.truncate(0)
            file.write(f"{purpose} (process {os.getpid()})\n")
            file.flush()
        yield


def _try_lock(handle: int) -> bool:
    if os.name != "posix":  # pragma: no cover  Windows has no flock; the host's lock remains
        return True
    import fcntl  # noqa: PLC0415  posix only

    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return False
    return True
