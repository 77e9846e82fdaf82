"""The child process in which Pelican runs: one job on standard input, one answer on output.

It imports Pelican before it reads its job, so that a parent who starts it early loses no time.
Pelican's global state, its crashes and its memory end with the process.
"""

import json
import logging
import os
import sys
from typing import Any

from pelican import Pelican, log, signals
from pelican.settings import read_settings

from sparetire.stages.build.settings import pelican_settings

__all__ = ["main"]


class _Keeper(logging.Handler):
    """Keeps what Pelican says, for the parent."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def main() -> None:
    """Run every site of the job and print which sources were used, or what went wrong."""
    said = _Keeper()
    log.init(logging.WARNING, fatal="warnings", handler=said)
    answers = sys.stdout
    sys.stdout = log.console.file = open(os.devnull, "w")  # noqa: PTH123, SIM115  ends with us
    job = json.load(sys.stdin)
    try:
        answer: dict[str, Any] = {"sources": [name for run in job for name in _run(run)]}
    except Exception as error:  # noqa: BLE001  the parent tells it, whatever it is
        answer = {"failed": f"{type(error).__name__}: {error}", "log": said.messages}
    json.dump(answer, answers)
    answers.flush()


def _run(run: dict[str, Any]) -> list[str]:
    """Build one part of the site and return the sources that Pelican took in as public."""
    sources: list[str] = []

    def count(generators: list[Any]) -> None:
        for generator in generators:
            for kind in ("pages", "articles"):
                sources.extend(one.source_path for one in getattr(generator, kind, ()))

    with signals.all_generators_finalized.connected_to(count):
        Pelican(read_settings(override=pelican_settings(run))).run()
    return sources


if __name__ == "__main__":
    main()
