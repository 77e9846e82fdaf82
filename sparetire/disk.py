"""Writes that happen whole or not at all, and say plainly when the disk refuses."""

import errno
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sparetire.errors import LocalDiskFault

__all__ = [
    "link_target",
    "local_disk",
    "sync_folder",
    "write_atomic",
    "write_private",
    "write_whole",
]

_AGAIN = "Free some space, then run the same command again."
_RIGHTS = "Ask for the right to write there, or choose another folder."
_CAUSES = {
    errno.ENOSPC: ("The disk is full.", _AGAIN),
    errno.EDQUOT: ("Your share of the disk is used up.", _AGAIN),
    errno.EROFS: ("The disk is read-only.", "Choose a folder on a disk that can be written."),
    errno.EACCES: ("You may not write there.", _RIGHTS),
    errno.EPERM: ("You may not write there.", _RIGHTS),
}


@contextmanager
def local_disk(place: Path) -> Iterator[None]:
    """Turn what the system says about a disk into words.

    Raises:
        LocalDiskFault: Instead of every ``OSError`` inside.
    """
    try:
        yield
    except OSError as error:
        fallback = (f"The system says: {error.strerror or error}.", "Check that folder.")
        why, then = _CAUSES.get(error.errno or 0, fallback)
        raise LocalDiskFault(
            f"{error.filename or place} cannot be used.", why=why, then=then
        ) from error


def write_atomic(path: Path, content: str | bytes) -> None:
    """Replace a file whole: after a crash it holds the old or the new content, never a part.

    Raises:
        LocalDiskFault: The disk is full, read-only or not ours.
    """
    body = content.encode() if isinstance(content, str) else content
    writer = f"{os.getpid()}-{threading.get_ident():x}"
    with local_disk(path):
        write_whole(path, body, path.with_name(f".{path.name}.{writer}"))


def write_private(path: Path, content: str) -> None:
    """Replace a file whole, in a folder that only its owner may enter.

    Raises:
        LocalDiskFault: The disk is full, read-only or not ours.
    """
    with local_disk(path):
        path.parent.mkdir(parents=True, exist_ok=True)
        path.parent.chmod(0o700)
    write_atomic(path, content)


def write_whole(path: Path, body: bytes, scratch: Path) -> None:
    """Write a file so that readers meet the old or the new content, even after a power cut.

    The bytes grow in ``scratch``, a name on the same disk that no reader asks for.
    """
    path.parent.mkdir(parents=True, exist_ok=True)
    try:
        with scratch.open("wb") as file:
            file.write(body)
            file.flush()
            os.fsync(file.fileno())
        scratch.replace(path)
    except OSError:
        with suppress(OSError):
            scratch.unlink(missing_ok=True)
        raise
    sync_folder(path.parent)


def sync_folder(folder: Path) -> None:
    """Make the names in a folder survive a power cut, where the system can do that."""
    if os.name == "nt":
        return  # Windows has no handle on a folder to sync.
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def link_target(path: Path) -> str:
    """Return the file outside of its folder that a path is a symbolic link to, or nothing."""
    if not path.is_symlink():
        return ""
    target = path.resolve()
    return "" if target.is_relative_to(path.parent.resolve()) else str(target)
