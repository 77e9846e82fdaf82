"""The process in which Pelican runs: jobs on standard input, numbers of those done on output.

It draws share cards, too, so that the launch itself does not have to load what draws.

It imports Pelican and compiles templates before it reads its jobs, so that a parent who starts
it early loses no time. It forks for each job but the last, as many at a time as there are
processors, so that they run side by side and all that is paid once.
Pelican's global state, its crashes and its memory end with the process.
"""

import errno
import gc
import json
import logging
import os
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC
from pathlib import Path
from typing import Any

import pelican
from pelican import Pelican, log, signals
from pelican.generators import Generator
from pelican.settings import read_settings

from sparetire.resources import theme_folder
from sparetire.stages.build.generator import DocumentsGenerator
from sparetire.stages.build.moments import endonym
from sparetire.stages.build.sandbox import confine, limit_templates, unlimit_templates
from sparetire.stages.build.settings import filters_in, pelican_settings
from sparetire.stages.build.templates import CompiledTemplates, code_file, own_template_in
from sparetire.stages.build.work import own_templates_of, trace_of
from sparetire.stages.build.writer import PageWriter
from sparetire.stages.build.written import Written
from sparetire.workspace.card import Card, draw_card
from sparetire.workspace.lettering import font

__all__ = ["main"]

THEME = "sparetire"
UNUSED = ("period_archives.html", "tag.html", "category.html", "author.html")
"""Pelican asks for its own of these, although none of our pages is an article."""

Job = list[dict[str, Any]]
Answer = dict[str, Any]

_DISK = {
    getattr(errno, name)
    for name in ("EACCES", "EDQUOT", "EFBIG", "EIO", "ENOSPC", "EROFS")
    if hasattr(errno, name)
}  # the machine's fault, not the theme's


class _Keeper(logging.Handler):
    """Keeps what Pelican says, for the parent."""

    def __init__(self) -> None:
        super().__init__()
        self.messages: list[str] = []

    def emit(self, record: logging.LogRecord) -> None:
        self.messages.append(record.getMessage())


def main() -> None:
    """Do every job, and tell in its file which pages were made or what went wrong."""
    said = _Keeper()
    log.init(logging.WARNING, fatal="warnings", handler=said)
    done = os.dup(sys.stdout.fileno())
    sys.stdout = log.console.file = open(os.devnull, "w")  # noqa: PTH123, SIM115  ends with us
    crew = _Crew(_ready(), said, done)
    gc.freeze()  # what is here now is shared with all that are forked, as long as nobody writes
    gc.disable()  # nobody here lives long enough for garbage to matter
    for number, line in enumerate(sys.stdin):
        crew.take(number, json.loads(line))
    crew.wait(0)


class _Crew:
    """Does jobs in children of our own, and the last one here.

    Args:
        done: Where the number of each job goes once it is done.
    """

    def __init__(self, templates: CompiledTemplates, said: _Keeper, done: int) -> None:
        self._templates, self._said, self._done = templates, said, done
        self._sandboxed: CompiledTemplates | None = None
        self._most = os.cpu_count() or 1
        self._busy: dict[int, int] = {}

    def take(self, number: int, task: dict[str, Any]) -> None:
        """Have a job done, once one of us is free."""
        if own_templates_of(task["job"]) and not self._sandboxed:
            self._sandboxed = _compiled(sandboxed=True)
        if task["last"] or not hasattr(os, "fork"):
            self._do(number, task)
            return
        self.wait(self._most - 1)
        pid = os.fork()
        if pid:
            self._busy[pid] = number
            return
        status = 1
        try:
            self._do(number, task)
            status = 0
        finally:
            os._exit(status)

    def wait(self, most: int) -> None:
        """Wait until no more than some are busy; one that has died is done, without a word."""
        while len(self._busy) > most:
            pid, status = os.wait()
            number = self._busy.pop(pid)
            if status:
                self._tell(number)

    def _do(self, number: int, task: dict[str, Any]) -> None:
        own = own_templates_of(task["job"])
        templates = self._sandboxed if own and self._sandboxed else self._templates
        try:
            with _limited(task):
                answer = _answer(task["job"], templates, self._said)
            Path(task["answer"]).write_text(json.dumps(answer), encoding="utf-8")
        except OSError as error:  # a disk that is full has no room for that news either
            self._tell(number, error)
        else:
            self._tell(number)

    def _tell(self, number: int, error: OSError | None = None) -> None:
        trouble = [error.errno, error.strerror, error.filename] if error else None
        os.write(self._done, f"{json.dumps([number, trouble])}\n".encode())


def _ready() -> CompiledTemplates:
    """Load all that the first page would otherwise wait for."""
    templates = _compiled()
    for words in (theme_folder(THEME) / "words").glob("*.toml"):
        endonym(words.stem)  # what is known of a language is read from a file, once
    log.console.print("Done: nothing.")  # what sets such a line, with which each run ends
    font("Bold", 1)  # what draws cards
    return templates


def _compiled(*, sandboxed: bool = False) -> CompiledTemplates:
    """Return the theme's templates, compiled now or by an earlier process."""
    templates = CompiledTemplates(sandboxed=sandboxed)
    if file := code_file(sandboxed=sandboxed):
        templates.recall(file)
    templates.compile_theme(theme_folder(THEME), filters := filters_in(UTC))
    simple = Path(pelican.__file__).with_name("themes") / "simple"
    templates.compile_theme(simple, filters, UNUSED)
    if file:
        templates.keep(file)
    return templates


def _answer(job: Job, templates: CompiledTemplates, said: _Keeper) -> Answer:
    try:
        return {"pages": [page for part in job for page in _do(part, templates)]}
    except Exception as error:  # noqa: BLE001  the parent tells it, whatever it is
        if isinstance(error, OSError) and error.errno in _DISK:
            return {"disk": [error.errno, error.strerror, error.filename]}
        own = own_templates_of(job)
        return {
            "failed": f"{type(error).__name__}: {error}",
            "log": said.messages,
            "own": own_template_in(error, own),
        }


@contextmanager
def _limited(task: dict[str, Any]) -> Iterator[None]:
    """Bound a job that renders templates which are not ours."""
    if not own_templates_of(task["job"]):
        yield
        return
    with trace_of(Path(task["answer"])).open("w", encoding="utf-8") as trace:
        limit_templates(trace)
        yield
        unlimit_templates()


def _do(part: dict[str, Any], templates: CompiledTemplates) -> list[Written]:
    """Draw a card, or run Pelican; return the pages that it has written."""
    if "card" not in part:
        return _run(part, templates)
    Path(part["file"]).write_bytes(draw_card(Card(**part["card"])))
    return []


def _run(run: dict[str, Any], templates: CompiledTemplates) -> list[Written]:
    """Build one part of the site and return its pages."""
    written: list[Written] = []

    def take_in(_generator: object, writer: PageWriter) -> None:
        written[:] = writer.written  # Pelican's own generator of pages has none to tell of

    def add(_pelican: object) -> type[DocumentsGenerator]:
        return DocumentsGenerator

    def choose(_pelican: object) -> type[PageWriter]:
        return PageWriter

    def restrict(generator: Generator) -> None:
        if run["own_templates"]:
            confine(generator, templates.environment)

    with (
        signals.generator_init.connected_to(restrict),
        signals.get_generators.connected_to(add),
        signals.get_writer.connected_to(choose),
        signals.page_writer_finalized.connected_to(take_in),
    ):
        Pelican(read_settings(override=pelican_settings(run, templates))).run()
    return written


if __name__ == "__main__":
    main()
