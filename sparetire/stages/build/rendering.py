"""Renders what was not rendered before: same frame and same document, same bytes."""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path
from types import TracebackType
from typing import Self

from sparetire.disk import local_disk
from sparetire.errors import BuildFault
from sparetire.stages.build.builder import Builder
from sparetire.stages.build.frame import Frame
from sparetire.stages.build.packing import DOCUMENTS, packed
from sparetire.stages.build.work import Job, Work
from sparetire.stages.build.written import Written
from sparetire.workspace.bodies import Bodies, Body
from sparetire.workspace.rendered import Rendered

__all__ = ["Rendering"]

BATCH = 400  # pages of one job; others do the next
FIRST = 50  # of the first one, then twice as many: until they are given, nobody else is at work


@dataclass
class _Batch:
    """Documents of one frame that are rendered in one run, all in one file.

    To make a file and take it away again takes longer than to render what is in it.

    Attributes:
        orders: The path of each page, and the hash of its document.
        documents: Until Pelican has them.
    """

    frame: Frame
    content: Path
    orders: list[tuple[str, str]] = field(default_factory=list)
    documents: list[bytes] = field(default_factory=list)

    def job(self, bodies: Path) -> Job:
        """Let go of the documents that were gathered, and return the run of Pelican.

        Args:
            bodies: Where it keeps what it has rendered.
        """
        with local_disk(self.content):
            self.content.mkdir()
            (self.content / DOCUMENTS).write_bytes(packed(self.documents))
        self.documents.clear()
        folders = {
            "content": str(self.content),
            "output": str(self.content / "pages"),
            "bodies": str(bodies),
        }
        return [{**self.frame.run, **folders}]

    def troubles(self, written: Sequence[Written]) -> list[str]:
        """Return how what was written differs from what was ordered."""
        expected = dict(self.orders)
        made = {page.path: page for page in written}
        return [
            *(f"{path} was not built." for path in sorted(expected.keys() - made.keys())),
            *(f"{path} was built from nothing." for path in sorted(made.keys() - expected)),
            *(f"{path} is empty." for path in sorted(made) if not made[path].size),
        ]


@dataclass
class Rendering:
    """The pages of one build: those whose bytes are known, and those that Pelican must render.

    Attributes:
        folder: A fresh folder of this build's own.
        bodies: Where bytes are kept.
        rendered: What was rendered before.
        builder: Who is given what is missing, many pages at a time, while others are added.
        found: The bytes of each page by path, complete once `collect` has returned.
    """

    folder: Path
    bodies: Bodies
    rendered: Rendered
    builder: Builder
    found: dict[str, Body] = field(default_factory=dict)
    _open: list[_Batch] = field(default_factory=list)
    _given: list[_Batch | None] = field(default_factory=list)
    _work: Work | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        """Leave nobody at work in a folder that is about to go."""
        if self._work:
            self._work.end()

    def add(self, path: str, frame: Frame, text: str) -> None:
        """Take in a page: its document, as it is told to Pelican, and the frame around it."""
        content = text.encode()
        document = hashlib.sha256(content).hexdigest()
        known = self.rendered.find(frame.key, document)
        if known and (body := self.bodies.find(known)):
            self.found[path] = body
            return
        batch = self._batch(frame)
        batch.orders.append((path, document))
        batch.documents.append(content)
        if len(batch.orders) >= min(BATCH, FIRST << len(self._given)):
            self._open.remove(batch)
            self._give(batch.job(self.bodies.folder), batch, last=False)

    def start(self, drawings: Sequence[Job]) -> None:
        """Let Pelican's process render what is left, and draw, beside something else."""
        rest: list[tuple[Job, _Batch | None]] = []
        rest += [(one.job(self.bodies.folder), one) for one in self._open]
        rest += [(job, None) for job in drawings]
        if self._work and not rest:
            rest = [([], None)]  # it waits to hear that nothing else will come
        for number, (job, batch) in enumerate(rest, start=1):
            self._give(job, batch, last=number == len(rest))

    def collect(self) -> None:
        """Wait for Pelican and take in what it has rendered.

        Raises:
            BuildFault: It failed, or left out a page.
        """
        if self._work is None:
            return
        for number, written in self._work.done(self.builder.heed):
            batch, self._given[number] = self._given[number], None
            if batch:
                self._take(batch, written)

    def _batch(self, frame: Frame) -> _Batch:
        """Return the batch of a frame that has room."""
        for batch in self._open:
            if batch.frame is frame:
                return batch
        number = len(self._open) + len(self._given)
        self._open.append(batch := _Batch(frame, self.folder / f"content-{number}"))
        return batch

    def _give(self, job: Job, batch: _Batch | None, *, last: bool) -> None:
        self._work = self._work or self.builder.begin()
        self._work.give(job, self.folder / f"answer-{len(self._given)}", last=last)
        self._given.append(batch)

    def _take(self, batch: _Batch, written: Sequence[Written]) -> None:
        """Take in the pages of a batch."""
        if troubles := batch.troubles(written):
            raise BuildFault("The built site is not what it must be.", why=troubles)
        self.found |= {page.path: Body(page.sha256, page.size) for page in written}
        self.rendered.note(
            (batch.frame.key, document, self.found[path].sha256)
            for path, document in batch.orders
        )
