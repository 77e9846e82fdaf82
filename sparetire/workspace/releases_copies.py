"""Copies of what went public, byte for byte, beside the files that authors go on writing in.

The name of a copy holds the hash of its bytes: newer words never replace those that the record
still names, so a run may lay copies aside before anybody knows whether it will publish them.
"""

import hashlib
from pathlib import Path

from sparetire.disk import local_disk, write_atomic
from sparetire.errors import ContentRefused, ReleasesDamaged
from sparetire.model.release import Release, Shot
from sparetire.workspace.releases_file import ReleaseFile, UnreadableError, parse_release
from sparetire.workspace.releases_pictures import clean_picture, read_picture, small_picture

__all__ = ["lay_aside", "public_picture", "read_copy"]

_PUBLIC = "published"


def lay_aside(folder: Path, release: Release) -> dict[str, Shot]:
    """Copy a release as it was read, and return its pictures as the public would get them.

    Nothing is public by that: a copy counts once the record names its hash.

    Raises:
        ContentRefused: A picture cannot be published, or a file has changed meanwhile.
        LocalDiskFault: The disk will not take a copy.
    """
    shots: dict[str, Shot] = {}
    taken: dict[str, Shot] = {}
    for code, wording in release.wordings.items():
        if wording.picture:
            name = wording.picture.file
            shots[code] = taken[name] = taken.get(name) or _lay_picture(folder, name)
        path = folder / f"{release.name}.{code}.md"
        with local_disk(path):
            content = path.read_bytes()
        if hashlib.sha256(content).hexdigest() != release.digests[code]:
            raise ContentRefused(
                f"{path.name} was changed while it was being published.",
                why="What goes public is what was read and checked, and nothing else.",
                then="Save the file, then run the same command again.",
            )
        write_atomic(_path(folder, (release.id, code, release.digests[code])), content)
    return shots


def _lay_picture(folder: Path, name: str) -> Shot:
    clean, body = clean_picture(name, read_picture(folder, name))
    shot, small = small_picture(clean, body)
    for file, content in zip(shot.files, (body, small), strict=False):
        write_atomic(folder / _PUBLIC / file, content)
    return shot


def read_copy(folder: Path, copy: tuple[str, str, str], zone: str) -> ReleaseFile:
    """Return what went public, by its id, language and hash.

    Raises:
        ReleasesDamaged: The copy is missing or damaged.
    """
    path = _path(folder, copy)
    try:
        file = parse_release(path.read_bytes(), zone)
        if file.digest == copy[-1]:
            return file
        why = "it was changed since"
    except (OSError, UnreadableError) as error:
        why = str(error)
    raise _lost(path, why)


def public_picture(folder: Path, file: str) -> bytes:
    """Return the bytes of a picture that is public, by the name of its file.

    Raises:
        ReleasesDamaged: The copy is missing.
    """
    path = folder / _PUBLIC / file
    try:
        return path.read_bytes()
    except OSError as error:
        raise _lost(path, str(error)) from error


def _path(folder: Path, copy: tuple[str, str, str]) -> Path:
    identity, code, digest = copy
    return folder / _PUBLIC / f"{identity}.{code}.{digest[:16]}.md"


def _lost(path: Path, why: str) -> ReleasesDamaged:
    return ReleasesDamaged(
        "The copy of a press release that is public cannot be used.",
        why=f"{path}: {why}",
        then="Restore that file from your backup or a colleague's workspace.",
    )
