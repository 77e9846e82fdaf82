"""Keeps the files that incidents bring along, under names that hold their hash."""

from collections.abc import Iterable, Iterator
from pathlib import Path, PurePosixPath

from sparetire.disk import write_atomic
from sparetire.errors import ConfigurationFault
from sparetire.model.attachment import Attachment, attached_paths, is_genuine
from sparetire.model.incident import Incident

__all__ = ["find_attachment", "keep_attachments", "paths_of", "read_attachment"]


def paths_of(incident: Incident) -> Iterator[str]:
    """Yield the path of every file that the words of an incident name."""
    for statement in incident.statements:
        for words in statement.words.values():
            yield from attached_paths(words.body)
    for sheet in incident.sheets.values():
        for body in sheet.body.values():
            yield from attached_paths(body)


def keep_attachments(folder: Path, attached: Iterable[Attachment]) -> None:
    """Keep files; one that is there already has the same bytes.

    Raises:
        LocalDiskFault: The disk will not take them.
    """
    for one in attached:
        if find_attachment(folder, one.path) is None:
            write_atomic(_place(folder, one.path), one.content)


def find_attachment(folder: Path, path: str) -> bytes | None:
    """Return the bytes that are kept for a path, or None where they are missing or others."""
    try:
        content = _place(folder, path).read_bytes()
    except OSError:
        return None
    return content if is_genuine(path, content) else None


def read_attachment(folder: Path, path: str) -> bytes:
    """Return the bytes of a file that an incident brings along.

    Raises:
        ConfigurationFault: They are missing, or were changed.
    """
    content = find_attachment(folder, path)
    if content is None:
        place = _place(folder, path)
        raise ConfigurationFault(
            f"A file that an incident shows cannot be used: {place.name}",
            why=f"It is missing from {folder}, or was changed since it was published.",
            then="sparetire pull brings it back from where it is public.",
        )
    return content


def _place(folder: Path, path: str) -> Path:
    return folder / PurePosixPath(path).name
