"""The bytes of built sites, each under the name of its hash, shared by all editions.

Nothing here is synced to the disk: what a power cut spoils no longer fits its name, and is
built or fetched again.
"""

import hashlib
from pathlib import Path

from sparetire.disk import local_disk
from sparetire.model.edition import body_path

__all__ = ["Bodies"]


class Bodies:
    """A folder of files by hash.

    Args:
        folder: Where they are; one run at a time writes there.
    """

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def keep(self, content: bytes) -> str:
        """Keep some bytes and return their hash."""
        sha256 = hashlib.sha256(content).hexdigest()
        with local_disk(self.folder):
            self.folder.mkdir(parents=True, exist_ok=True)
            part = self.folder / "body.part"
            part.write_bytes(content)
            self._take(part, sha256)
        return sha256

    def adopt(self, file: Path) -> tuple[str, int]:
        """Take a built file in, and return its hash and its size."""
        with local_disk(file):
            content = file.read_bytes()
            sha256 = hashlib.sha256(content).hexdigest()
            self._take(file, sha256)
        return sha256, len(content)

    def sound(self, sha256: str) -> int | None:
        """Return the size of the bytes with this hash, or None when they are not here whole."""
        try:
            content = body_path(self.folder, sha256).read_bytes()
        except OSError:
            return None
        return len(content) if hashlib.sha256(content).hexdigest() == sha256 else None

    def _take(self, file: Path, sha256: str) -> None:
        place = body_path(self.folder, sha256)
        try:
            file.replace(place)
        except FileNotFoundError:
            place.parent.mkdir(parents=True)
            file.replace(place)
