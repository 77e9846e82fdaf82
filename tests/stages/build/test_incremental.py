"""Only what changed is rendered again, and the site is the one that a full build gives."""

import os
import shutil
import signal
import time
from dataclasses import replace
from functools import partial
from pathlib import Path

import pytest

from sparetire.errors import BuildFault, LocalDiskFault
from sparetire.model.manifest import Manifest
from sparetire.stages.build.builder import Builder
from sparetire.stages.build.edition import build_edition
from sparetire.stages.build.packing import DOCUMENTS, unpacked
from sparetire.stages.build.source import Source
from sparetire.stages.build.work import Job, Process, Work
from sparetire.workspace.layout import Workspace
from tests.support.draft import WORDS
from tests.support.workspaces import build, incident, source_of, workspace_in


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    return workspace_in(tmp_path / "boreal")


class CountingBuilder(Builder):
    """Starts the same processes, and counts the documents that they are given."""

    rendered = 0

    def employ(self, process: Process) -> Work:
        return CountingWork(process, self)


class CountingWork(Work):
    """Does the same, and tells its builder how many documents it gives out."""

    def __init__(self, process: Process, builder: CountingBuilder) -> None:
        super().__init__(process)
        self._builder = builder

    def give(self, job: Job, answer: Path, *, last: bool) -> None:
        folders = [Path(run["content"]) for run in job if "content" in run]
        packs = [unpacked((folder / DOCUMENTS).read_bytes()) for folder in folders]
        self._builder.rendered += sum(map(len, packs))
        super().give(job, answer, last=last)


def counted(workspace: Workspace, source: Source) -> tuple[int, Manifest]:
    with CountingBuilder() as builder:
        edition = build_edition(source, workspace, builder)
        return builder.rendered, edition.manifest


def forget(workspace: Workspace) -> None:
    workspace.rendered.unlink()
    shutil.rmtree(workspace.bodies)


def test_what_was_rendered_is_not_rendered_again(workspace: Workspace) -> None:
    source = source_of(workspace, incident())
    first, full = counted(workspace, source)
    again, same = counted(workspace, source)
    assert (first, again) == (sum(path.endswith(".html") for path in full.entries), 0)
    assert same == full


def test_an_update_renders_the_incident_and_the_lists_that_name_it(
    workspace: Workspace,
) -> None:
    counted(workspace, source_of(workspace, incident()))
    rendered, edition = counted(workspace, source_of(workspace, incident(WORDS, WORDS)))
    assert rendered == len({"home", "statements", "incident"}) * 2 + len({"root"})
    forget(workspace)
    assert counted(workspace, source_of(workspace, incident(WORDS, WORDS)))[1] == edition


@pytest.mark.parametrize("damage", ["not a database", ""])
def test_an_index_that_cannot_be_read_is_begun_anew(workspace: Workspace, damage: str) -> None:
    source = source_of(workspace, incident())
    first, full = counted(workspace, source)
    workspace.rendered.write_text(damage * 1000, encoding="utf-8")
    assert counted(workspace, source) == (first, full)
    assert counted(workspace, source) == (0, full)


def test_an_index_that_breaks_under_way_is_told_and_gone(workspace: Workspace) -> None:
    source = source_of(workspace, incident())
    build(workspace, source)
    content = bytearray(workspace.rendered.read_bytes())
    content[4096:] = b"\xff" * (len(content) - 4096)  # the header page stays whole
    workspace.rendered.write_bytes(content)
    with pytest.raises(LocalDiskFault, match="cannot be used"):
        build(workspace, source)
    test_what_was_rendered_is_not_rendered_again(workspace)


class UnansweredWork(Work):
    """Its process waits for a reader of its answer: it cannot end before it is killed."""

    def give(self, job: Job, answer: Path, *, last: bool) -> None:
        os.mkfifo(answer)
        super().give(job, answer, last=last)


class KilledBuilder(Builder):
    """Its processes are killed as soon as the first page is rendered."""

    def __init__(self, builds: Path) -> None:
        super().__init__()
        self._builds = builds

    def employ(self, process: Process) -> Work:
        self.heed = partial(self._kill, process)
        return UnansweredWork(process)

    def _kill(self, process: Process) -> None:
        end = time.monotonic() + 30
        while not any(self._builds.glob("*/content-*/pages/*")):
            assert time.monotonic() < end, "no page is there to be rendered"
            time.sleep(0.001)
        os.killpg(process.pid, signal.SIGKILL)


def test_a_build_that_was_killed_is_made_good_by_the_next(workspace: Workspace) -> None:
    before, after = source_of(workspace), source_of(workspace, incident())
    build(workspace, before)
    with (
        KilledBuilder(workspace.builds) as builder,
        pytest.raises(BuildFault, match="ended without an answer"),
    ):
        build_edition(after, workspace, builder)
    _, edition = counted(workspace, after)
    forget(workspace)
    assert counted(workspace, after)[1] == edition


def test_a_page_that_cannot_be_rendered_is_not_remembered(workspace: Workspace) -> None:
    source = source_of(workspace, incident())
    template = shutil.copytree(source.theme, workspace.root / "theme") / "templates/verify.html"
    mine = replace(source, theme=workspace.root / "theme")
    good = template.read_text(encoding="utf-8")
    template.write_text("{{ nothing.at.all }}", encoding="utf-8")
    with pytest.raises(BuildFault):
        build(workspace, mine)
    template.write_text(good, encoding="utf-8")
    assert build(workspace, mine).manifest == build(workspace, source).manifest
