"""Renders what was not rendered before: same frame and same document, same bytes."""

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path

from sparetire.disk import local_disk
from sparetire.errors import BuildFault
from sparetire.stages.build.builder import Builder, Job, Process
from sparetire.stages.build.frame import Frame
from sparetire.stages.build.packing import DOCUMENTS, packed, source_name
from sparetire.stages.build.written import Written
from sparetire.workspace.bodies import Bodies, Body
from sparetire.workspace.rendered import Rendered

__all__ = ["Rendering"]

BATCH = 400  # pages in one run of Pelican, which keeps them all in memory


@dataclass(frozen=True, slots=True)
class _Order:
    """A page to be rendered."""

    path: str
    frame: Frame
    document: str
    source: Path


@dataclass
class _Batch:
    """Documents of one frame that Pelican reads in one run, all in one file.

    To make a file and take it away again takes longer than to render what is in it.
    """

    frame: Frame
    content: Path
    documents: list[bytes] = field(default_factory=list)
    count: int = 0

    def write(self) -> None:
        """Let go of the documents that were gathered: they may be many."""
        with local_disk(self.content):
            self.content.mkdir(parents=True)
            (self.content / DOCUMENTS).write_bytes(packed(self.documents))
        self.documents.clear()


@dataclass
class Rendering:
    """The pages of one build: those whose bytes are known, and those that Pelican must render.

    Attributes:
        folder: A fresh folder of this build's own.
        bodies: Where bytes are kept.
        rendered: What was rendered before.
        found: The bytes of each page by path, complete once `collect` has returned.
    """

    folder: Path
    bodies: Bodies
    rendered: Rendered
    found: dict[str, Body] = field(default_factory=dict)
    _orders: list[_Order] = field(default_factory=list)
    _batches: list[_Batch] = field(default_factory=list)
    _pending: Process | None = None

    def add(self, path: str, frame: Frame, text: str) -> None:
        """Take in a page: its document, as Pelican reads it, and the frame around it."""
        content = text.encode()
        document = hashlib.sha256(content).hexdigest()
        known = self.rendered.find(frame.key, document)
        if known and (body := self.bodies.find(known)):
            self.found[path] = body
            return
        self._orders.append(_Order(path, frame, document, self._place(frame, content)))

    def start(self, builder: Builder, drawings: Job) -> None:
        """Let Pelican's process render what is missing, and draw, beside something else."""
        for batch in self._batches:
            if batch.documents:
                batch.write()
        jobs = [job for job in (*self._jobs(), drawings) if job]
        if jobs:
            self._pending = builder.send(jobs)

    def collect(self, builder: Builder) -> None:
        """Wait for Pelican and take in what it has rendered.

        Pelican logs and goes on where a document cannot be read: the statement would be
        missing, and nobody would be told.

        Raises:
            BuildFault: It failed, skipped a document, or made a page of nothing.
        """
        if self._pending is None:
            return
        written = [Written(*row) for row in builder.collect(self._pending)]
        read = {page.source for page in written}
        skipped = [order.path for order in self._orders if str(order.source) not in read]
        expected = {order.path for order in self._orders}
        made = {page.path: page for page in written}
        troubles = [
            *(f"The document of {path} was left out." for path in sorted(skipped)),
            *(f"{path} was not built." for path in sorted(expected - made.keys())),
            *(f"{path} was built from nothing." for path in sorted(made.keys() - expected)),
            *(f"{path} is empty." for path in sorted(made) if not made[path].size),
        ]
        if troubles:
            raise BuildFault("The built site is not what it must be.", why=troubles)
        for order in self._orders:
            page = made[order.path]
            body = Body(page.sha256, page.size)
            self.found[order.path] = self.bodies.take(Path(page.file), body)
        self.rendered.note(
            (order.frame.key, order.document, self.found[order.path].sha256)
            for order in self._orders
        )

    def _place(self, frame: Frame, content: bytes) -> Path:
        """Give a document its place, and return the name that Pelican knows it by."""
        batch = next((one for one in reversed(self._batches) if one.frame is frame), None)
        if batch is None or batch.count == BATCH:
            batch = _Batch(frame, self.folder / f"content-{len(self._batches)}")
            self._batches.append(batch)
        batch.documents.append(content)
        batch.count += 1
        if batch.count == BATCH:
            batch.write()
        return batch.content / source_name(batch.count - 1)

    def _jobs(self) -> list[Job]:
        """Return the runs of Pelican, dealt out among the processors, the longest first."""
        jobs: list[Job] = [[] for _ in range(min(len(self._batches), os.cpu_count() or 1))]
        batches = sorted(self._batches, key=lambda batch: -batch.count)
        for number, batch in enumerate(batches):
            output = batch.content / "pages"
            folders = {"content": str(batch.content), "output": str(output)}
            jobs[number % len(jobs)].append({**batch.frame.run, **folders})
        return jobs
