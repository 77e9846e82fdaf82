"""Notes: what a host keeps for a run on another machine, as small files with names."""

from pathlib import Path, PurePosixPath

from sparetire.disk import local_disk, write_whole

__all__ = ["NOTES", "note_name", "note_on_disk", "notes_on_disk"]

NOTES = "kept"
"""The folder of the private state in which they lie."""


def note_name(name: str) -> str:
    """Return the name of a note as it was given.

    Raises:
        ValueError: It would lead out of the folder, or is no plain relative path.
    """
    path = PurePosixPath(name)
    if not path.parts or path.is_absolute() or ".." in path.parts or path.as_posix() != name:
        message = f"not the name of a note: {name!r}"
        raise ValueError(message)
    return name


def note_on_disk(state: Path, name: str, body: bytes) -> None:
    """Write a note whole into the state of a host on this machine.

    Raises:
        LocalDiskFault: The disk is full, read-only or not ours.
    """
    place = state / NOTES / note_name(name)
    with local_disk(place):
        write_whole(place, body, state / "note.part")


def notes_on_disk(state: Path, prefix: str) -> dict[str, bytes]:
    """Return the notes whose names begin so.

    Raises:
        LocalDiskFault: They cannot be read.
    """
    folder = state / NOTES
    with local_disk(folder):
        named = {
            path.relative_to(folder).as_posix(): path
            for path in sorted(folder.rglob("*"))
            if path.is_file()
        }
        return {
            name: path.read_bytes() for name, path in named.items() if name.startswith(prefix)
        }
