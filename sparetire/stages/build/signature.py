"""What a rendered page depends on besides words: this program, its libraries, theme and zones.

Where any of it differs from the last build, every page is rendered again.
"""

import hashlib
import os
import sys
import zoneinfo
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import sparetire

__all__ = ["program_signature", "theme_signature", "zone_signature"]


OURS = Path(sparetire.__file__).parent


@cache
def program_signature(package: Path = OURS) -> str:
    """Return a name for this very program: our files, and the versions of all libraries.

    Our files are told apart by size and time, so that an edited checkout counts as another one.
    """
    return _digest([sys.version, *_installed(), *_stamps(package)])


def theme_signature(theme: Path) -> str:
    """Return a name for the theme's templates, by their bytes."""
    parts = []
    for path in sorted((theme / "templates").rglob("*")):
        if path.is_file():
            content = hashlib.sha256(path.read_bytes()).hexdigest()
            parts.append(f"{path.relative_to(theme)} {content}")
    return _digest(parts)


def zone_signature(zone: str) -> str:
    """Return a name for the system's rules of a time zone, which governments change."""
    for folder in zoneinfo.TZPATH:
        path = Path(folder) / zone
        if path.is_file():
            return hashlib.sha256(path.read_bytes()).hexdigest()
    return ""  # then they come from a library, whose version counts


def _installed() -> Iterator[str]:
    """Yield the name and version of every library: what their folders are called."""
    for folder in sys.path:
        if folder.endswith("-packages"):
            names = sorted(path.name for path in Path(folder).iterdir())
            yield from (name for name in names if name.endswith("-info"))


def _stamps(folder: Path) -> list[str]:
    return sorted(
        f"{file.path.removeprefix(str(folder))} {found.st_size} {found.st_mtime_ns}"
        for file in _modules(str(folder))
        for found in [file.stat()]
    )


def _modules(folder: str) -> Iterator["os.DirEntry[str]"]:
    for entry in os.scandir(folder):
        if entry.name.endswith(".py"):
            yield entry
        elif entry.is_dir() and entry.name != "__pycache__":
            yield from _modules(entry.path)


def _digest(parts: list[str]) -> str:
    return hashlib.sha256("\n".join(parts).encode()).hexdigest()
