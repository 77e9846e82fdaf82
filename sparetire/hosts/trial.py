"""Proves that a folder can be used, by using it."""

from pathlib import Path
from uuid import uuid4

from sparetire.disk import local_disk, write_whole
from sparetire.errors import LocalDiskFault

__all__ = ["try_folder"]


def try_folder(folder: Path) -> None:
    """Write, read and delete a file.

    Raises:
        LocalDiskFault: The folder cannot be written, or does not keep what is written.
    """
    trial = folder / f"{uuid4().hex}.probe"
    with local_disk(folder):
        write_whole(trial, trial.name.encode(), trial.with_suffix(".part"))
        back = trial.read_bytes()
        trial.unlink()
    if back != trial.name.encode():
        raise LocalDiskFault(
            f"{folder} does not keep what is written there.",
            why="A file read back differs from what was written a moment before.",
            then="Choose a folder on another disk.",
        )
