"""Writes that happen whole or not at all, and say plainly when the disk refuses."""

import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sparetire.errors import LocalDiskFault

__all__ = ["local_disk", "sync_folder", "write_atomic"]


@contextmanager
def local_disk(path: Path) -> Iterator[None]:
    """Turn any trouble with this machine's disk into `LocalDiskFault`."""
    try:
        yield
    except OSError as error:
        raise LocalDiskFault(
            f"Cannot write to {error.filename or path}.",
            why=error.strerror or str(error),
            then="Free some space or mend the permissions, then run the same command again.",
        ) from error


def write_atomic(path: Path, content: str | bytes) -> None:
    """Replace a file whole: after a crash it holds the old or the new content, never a part.

    Raises:
        LocalDiskFault: The disk is full, read-only or not ours.
    """
    text = content.encode() if isinstance(content, str) else content
    with local_disk(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        temporary = path.with_name(f".{path.name}.{os.getpid()}")
        try:
            with temporary.open("wb") as file:
                file.write(text)
                file.flush()
                os.fsync(file.fileno())
            temporary.replace(path)
        finally:
            temporary.unlink(missing_ok=True)
        sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make a rename in a folder survive a loss of power, where the system can."""
    if os.name == "posix":
        handle = os.open(folder, os.O_RDONLY)
        try:
            os.fsync(handle)
        finally:
            os.close(handle)
