"""Files on this machine's disk, proved by their hash."""

import hashlib
import os
import shutil
from contextlib import suppress
from pathlib import Path

from sparetire.disk import local_disk
from sparetire.errors import LocalDiskFault
from sparetire.hosts.base import Upload

__all__ = ["holds", "link_or_copy", "source_bytes"]


def source_bytes(upload: Upload) -> bytes:
    """Return a built file's bytes, proved to be those that were inspected.

    One that is damaged is removed, and its folder touched, so that the next run looks again at
    what is here, and makes it anew.

    Raises:
        LocalDiskFault: The file is gone, or is no longer what its entry says.
    """
    body = b""
    with local_disk(upload.source), suppress(FileNotFoundError):
        body = upload.source.read_bytes()
    if hashlib.sha256(body).hexdigest() != upload.entry.sha256:
        upload.source.unlink(missing_ok=True)
        with suppress(OSError):
            os.utime(upload.source.parent)
        raise LocalDiskFault(
            f"{upload.entry.path} is not the file that was checked.",
            why="It was removed, changed or cut short after the site had been built.",
            then="Run the same command again: it builds the site afresh.",
        )
    return body


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
