"""Renders what was not rendered before: same frame and same document, same bytes."""

import hashlib
import os
from dataclasses import dataclass, field
from pathlib import Path

from sparetire.disk import local_disk
from sparetire.errors import BuildFault
from sparetire.stages.build.builder import Builder, Job, Process
from sparetire.stages.build.frame import Frame
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
    """Documents of one frame that Pelican reads in one run."""

    frame: Frame
    content: Path
    count: int = 0


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
        document = hashlib.sha256(text.encode()).hexdigest()
        known = self.rendered.find(frame.key, document)
        if known and (body := self.bodies.find(known)):
            self.found[path] = body
            return
        source = self._place(frame)
        with local_disk(source):
            source.write_text(text, encoding="utf-8")
        self._orders.append(_Order(path, frame, document, source))

    def start(self, builder: Builder, drawings: Job) -> None:
        """Let Pelican's process render what is missing, and draw, beside something else."""
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
        read = set(builder.collect(self._pending))
        skipped = [order.path for order in self._orders if str(order.source) not in read]
        expected = {order.path for order in self._orders}
        made = dict(_files(self._site))
        troubles = [
            *(f"The document of {path} was left out." for path in sorted(skipped)),
            *(f"{path} was not built." for path in sorted(expected - made.keys())),
            *(f"{path} was built from nothing." for path in sorted(made.keys() - expected)),
            *(f"{path} is empty." for path in sorted(made) if not made[path]),
        ]
        if troubles:
            raise BuildFault("The built site is not what it must be.", why=troubles)
        for order in self._orders:
            self.found[order.path] = self.bodies.adopt(self._site / order.path)
        self.rendered.note(
            (order.frame.key, order.document, self.found[order.path].sha256)
            for order in self._orders
        )

    @property
    def _site(self) -> Path:
        return self.folder / "site"

    def _place(self, frame: Frame) -> Path:
        """Return where the next document of a frame goes."""
        batch = next((one for one in reversed(self._batches) if one.frame is frame), None)
        if batch is None or batch.count == BATCH:
            batch = _Batch(frame, self.folder / f"content-{len(self._batches)}")
            self._batches.append(batch)
            with local_disk(self.folder):
                (batch.content / "pages").mkdir(parents=True)
        batch.count += 1
        return batch.content / "pages" / f"{batch.count}.words"

    def _jobs(self) -> list[Job]:
        """Return the runs of Pelican, dealt out among the processors, the longest first."""
        jobs: list[Job] = [[] for _ in range(min(len(self._batches), os.cpu_count() or 1))]
        batches = sorted(self._batches, key=lambda batch: -batch.count)
        for number, batch in enumerate(batches):
            folders = {"content": str(batch.content), "output": str(self._site)}
            jobs[number % len(jobs)].append({**batch.frame.run, **folders})
        return jobs


def _files(site: Path) -> dict[str, int]:
    """Return every file below a folder, with its size."""
    return {
        path.relative_to(site).as_posix(): path.stat().st_size
        for path in site.rglob("*")
        if path.is_file()
    }
