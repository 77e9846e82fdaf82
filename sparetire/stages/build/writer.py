"""Pelican's writer for our sites: keeps the bytes of a page under their hash."""

import hashlib
import os
from pathlib import Path
from typing import Any

from pelican.writers import Writer

from sparetire.stages.build.written import Written
from sparetire.workspace.bodies import Bodies

__all__ = ["PageWriter"]


class PageWriter(Writer):
    """Writes every page where bytes are kept: where it goes in the site is for others to do.

    Each is whole before it has its name; a folder for each would take as long as its words.
    """

    def __init__(self, output_path: str, settings: dict[str, Any]) -> None:
        super().__init__(output_path, settings=settings)
        self.written: list[Written] = []
        self._bodies = Bodies(Path(settings["BODIES"]))
        self._part = os.path.join(output_path, "part")  # noqa: PTH118  much faster
        Path(output_path).mkdir(parents=True, exist_ok=True)

    def write_page(self, path: str, text: str) -> None:
        """Write the page that lives at a path."""
        content = text.encode()
        with open(self._part, "wb") as end:  # noqa: PTH123  much faster
            end.write(content)
        sha256 = hashlib.sha256(content).hexdigest()
        self._bodies.take(self._part, sha256)
        self.written.append(Written(path, sha256, len(content)))
