"""The bytes of built sites, each under the name of its hash, shared by all editions.

Nothing here is synced to the disk: what a power cut spoils no longer fits its name, and is
built or fetched again.
"""

import hashlib
import os
from collections.abc import Iterable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from sparetire.disk import local_disk
from sparetire.model.edition import body_path

__all__ = ["Bodies", "Body"]


@dataclass(frozen=True, slots=True)
class Body:
    """The bytes of one file: their hash and how many they are."""

    sha256: str
    size: int


class Bodies:
    """A folder of files by hash.

    Args:
        folder: Where they are; one run at a time writes there.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, content: bytes) -> Body:
        """Keep some bytes and say which they are."""
        sha256 = hashlib.sha256(content).hexdigest()
        with local_disk(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            part = self.folder / "body.part"
            part.write_bytes(content)
            self.take(part, sha256)
        return Body(sha256, len(content))

    def adopt(self, file: Path) -> Body:
        """Take a built file in."""
        with local_disk(file):
            content = file.read_bytes()
            sha256 = hashlib.sha256(content).hexdigest()
            self.take(file, sha256)
        return Body(sha256, len(content))

    def take(self, file: str | Path, sha256: str) -> None:
        """Take a file in whose bytes have a hash.

        Raises:
            OSError: The disk refused it.
        """
        place = body_path(self.folder, sha256)
        try:
            os.replace(file, place)  # noqa: PTH105  whoever has thousands has them as text
        except FileNotFoundError:
            place.parent.mkdir(parents=True, exist_ok=True)
            os.replace(file, place)  # noqa: PTH105  as above

    def find(self, sha256: str) -> Body | None:
        """Return the bytes with this hash, or None when they are not here whole."""
        try:
            content = body_path(self.folder, sha256).read_bytes()
        except OSError:
            return None
        sound = hashlib.sha256(content).hexdigest() == sha256
        return Body(sha256, len(content)) if sound else None

    def drop(self, hashes: Iterable[str]) -> None:
        """Remove bodies."""
        with local_disk(self.folder):
            for sha256 in hashes:
                body_path(self.folder, sha256).unlink(missing_ok=True)

    def present(self) -> set[str]:
        """Return the hashes of all bodies that are here, whole or not."""
        if not self.folder.exists():
            return set()
        with local_disk(self.folder):
            fans = [fan.path for fan in os.scandir(self.folder) if fan.is_dir()]
            return {body.name for fan in fans for body in os.scandir(fan)}

    def stamp(self) -> str:
        """Return what is another whenever a body has come or gone since.

        A folder's time of change is the one that no tool can put back.
        """
        with local_disk(self.folder), suppress(FileNotFoundError):
            fans = ((fan.name, fan.stat()) for fan in os.scandir(self.folder))
            told = sorted(f"{name} {one.st_ino} {one.st_ctime_ns}" for name, one in fans)
            return hashlib.sha256("\n".join(told).encode()).hexdigest()
        return ""
