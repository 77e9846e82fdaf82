"""Standard error as progress is written to it."""

import os

from rich.console import Console
from typing_extensions import override

__all__ = ["Progress"]


class Progress(Console):
    """Writes to standard error, for as long as anybody reads it.

    A log that was cut off must not end a launch before it is live.
    """

    def __init__(self) -> None:
        super().__init__(stderr=True, highlight=False, emoji=False)

    @override
    def on_broken_pipe(self) -> None:
        """Say nothing more; what is still in a buffer goes nowhere."""
        self.quiet = True
        nowhere = os.open(os.devnull, os.O_WRONLY)
        os.dup2(nowhere, self.file.fileno())
        os.close(nowhere)
