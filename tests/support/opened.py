"""Which files of a workspace this process opens."""

import builtins
import io
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

__all__ = ["opened_below"]


@contextmanager
def opened_below(folder: Path) -> Iterator[set[Path]]:
    """Collect the files of its owners that are opened in a workspace.

    An audit hook would hear of them too, but it can never be removed, and lets threads that
    begin later die as they take a tracer.
    """
    found: set[Path] = set()

    def heard(real: Callable[..., Any]) -> Callable[..., Any]:
        def opening(file: Any, *arguments: Any, **named: Any) -> Any:
            if isinstance(file, str | Path):
                path = Path(file)
                if path.is_relative_to(folder) and ".sparetire" not in path.parts:
                    found.add(path)
            return real(file, *arguments, **named)

        return opening

    with pytest.MonkeyPatch.context() as patch:
        for module in (builtins, io, os):
            patch.setattr(module, "open", heard(module.open))
        yield found
