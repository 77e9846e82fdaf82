"""Pelican's writer for our sites: renders a page, and hashes its bytes at once."""

import hashlib
import os
from pathlib import Path
from typing import Any

from jinja2 import Template
from pelican.writers import Writer

from sparetire.stages.build.reader import Page
from sparetire.stages.build.written import Written

__all__ = ["PageWriter"]


class PageWriter(Writer):
    """Writes every page into one flat folder: where it goes in the site is for others to do.

    A folder for each page, made and removed again, would take as long as its words.
    """

    def __init__(self, output_path: str, settings: dict[str, Any]) -> None:
        super().__init__(output_path, settings=settings)
        self.written: list[Written] = []
        Path(output_path).mkdir(parents=True, exist_ok=True)

    def write_page(self, page: Page, template: Template) -> None:
        """Render a page and write it."""
        content = template.render(page=page).encode()
        file = os.path.join(self.output_path, str(len(self.written)))  # noqa: PTH118  much faster
        with open(file, "wb") as end:  # noqa: PTH123  as above
            end.write(content)
        sha256 = hashlib.sha256(content).hexdigest()
        self.written.append(Written(page["path"], file, sha256, len(content)))
