"""Writing to a disk so that a power cut leaves the old file or the new one, never a half."""

import errno
import hashlib
import os
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from sparetire.errors import LocalDiskFault
from sparetire.hosts.base import Upload

__all__ = ["disk_faults", "holds", "link_or_copy", "source_bytes", "sync_folder", "write_whole"]

_NOT_OURS = (
    "You may not write there.",
    "Ask for the right to write there, or choose another folder.",
)
_CAUSES = {
    errno.ENOSPC: ("The disk is full.", "Free some space, then run the same command again."),
    errno.EDQUOT: (
        "Your share of the disk is used up.",
        "Free some space, then run the same command again.",
    ),
    errno.EROFS: ("The disk is read-only.", "Choose a folder on a disk that can be written."),
    errno.EACCES: (
        "You may not write there.",
        "Ask for the right to write, or choose another.",
    ),
    errno.EPERM: ("You may not write there.", "Ask for the right to write, or choose another."),
}


@contextmanager
def disk_faults(place: Path) -> Iterator[None]:
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


def source_bytes(upload: Upload) -> bytes:
    """Return a built file's bytes, proved to be those that were inspected.

    Raises:
        LocalDiskFault: The file is gone, or is no longer what its entry says.
    """
    with disk_faults(upload.source):
        body = upload.source.read_bytes()
    if hashlib.sha256(body).hexdigest() != upload.entry.sha256:
        raise LocalDiskFault(
            f"{upload.source} is not the file that was checked.",
            why="It was changed, or cut short, after the site had been built.",
            then="Run the same command again: it builds the site afresh.",
        )
    return body


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


def link_or_copy(source: Path, destination: Path) -> None:
    """Give a file a second name, or a copy where the disk knows no second names."""
    try:
        os.link(source, destination)
    except OSError:
        shutil.copyfile(source, destination)
        with destination.open("rb+") as file:
            os.fsync(file.fileno())


def holds(path: Path, sha256: str) -> bool:
    """Tell whether a file is there with exactly these bytes."""
    try:
        with path.open("rb") as file:
            return hashlib.file_digest(file, "sha256").hexdigest() == sha256
    except (FileNotFoundError, NotADirectoryError, IsADirectoryError):
        return False
