"""Which files of a workspace this process opens."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

__all__ = ["OPENED"]


@dataclass
class Watch:
    """Hears which files this process opens; a hook of the interpreter can never be removed."""

    folder: Path = Path("/nowhere")
    opened: set[Path] = field(default_factory=set)

    def hear(self, event: str, arguments: tuple[Any, ...]) -> None:
        if event == "open" and isinstance(arguments[0], str | Path):
            path = Path(arguments[0])
            if path.is_relative_to(self.folder) and ".sparetire" not in path.parts:
                self.opened.add(path)

    @contextmanager
    def over(self, folder: Path) -> Iterator[set[Path]]:
        """Collect the files of its owners that are opened in a workspace."""
        self.folder, self.opened = folder, set()
        yield self.opened
        self.folder = Path("/nowhere")


OPENED = Watch()
sys.addaudithook(OPENED.hear)
