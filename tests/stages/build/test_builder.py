"""No process outlives its context, and one that dies is reported."""

import os
import signal
import time
from pathlib import Path

import pytest

from sparetire.errors import BuildFault, LocalDiskFault
from sparetire.stages.build.builder import Builder
from sparetire.stages.build.work import Job, Work
from sparetire.stages.build.written import Written

pytestmark = pytest.mark.skipif(not Path("/proc/self").exists(), reason="reads /proc")


def builders() -> set[int]:
    """Return the living builders of this process, their own children included."""
    found = set()
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            line = (folder / "cmdline").read_bytes()
            group = int((folder / "stat").read_text().rpartition(") ")[2].split()[2])
            parent = int((folder / "stat").read_text().rpartition(") ")[2].split()[1])
        except (OSError, ValueError, IndexError):
            continue  # it ended while we looked
        if b"stages.build.child" in line and (parent == os.getpid() or group in found):
            found.add(int(folder.name))
    return found


def begun(builder: Builder, jobs: list[Job], folder: Path) -> Work:
    work = builder.begin()
    for number, job in enumerate(jobs, start=1):
        work.give(job, folder / f"{number}", last=number == len(jobs))
    return work


def done(work: Work) -> list[tuple[int, list[Written]]]:
    return sorted(work.done(lambda: None))


def test_the_process_ends_with_its_context() -> None:
    before = builders()
    with Builder():
        assert len(builders() - before) == 1
    assert builders() == before


def test_all_processes_end_after_an_exception_too(tmp_path: Path) -> None:
    before = builders()

    def fail() -> None:
        with Builder() as builder:
            begun(builder, [[], []], tmp_path)
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert builders() == before


def test_a_second_build_gets_a_process_of_its_own(tmp_path: Path) -> None:
    with Builder() as builder:
        for many in (1, 5):
            work = begun(builder, [[] for _ in range(many)], tmp_path)
            assert done(work) == [(number, []) for number in range(many)]


def test_a_job_is_done_before_the_last_one_is_known(tmp_path: Path) -> None:
    with Builder() as builder:
        work = builder.begin()
        work.give([], tmp_path / "first", last=False)
        answers = work.done(lambda: None)
        assert next(answers) == (0, [])
        work.give([], tmp_path / "last", last=True)
        assert list(answers) == [(1, [])]


def test_a_process_that_was_killed_before_its_job_is_a_build_fault(
    tmp_path: Path,
) -> None:
    before = builders()
    with Builder() as builder:
        (pid,) = builders() - before
        os.kill(pid, signal.SIGKILL)
        deadline = time.monotonic() + 10
        while builders() - before:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        work = begun(builder, [[{"content": "x" * 200_000}]], tmp_path)
        with pytest.raises(BuildFault, match="ended without an answer"):
            done(work)


@pytest.mark.parametrize("number", [0, 1])
def test_a_job_that_cannot_be_done_tells_why(tmp_path: Path, number: int) -> None:
    jobs: list[Job] = [[], []]
    jobs[number] = [{"zone": "Nowhere/Land"}]
    with Builder() as builder:
        work = begun(builder, jobs, tmp_path)
        with pytest.raises(BuildFault, match="could not be built") as refused:
            done(work)
    assert "Nowhere/Land" in refused.value.why[0]


def test_a_job_whose_process_dies_is_a_build_fault(tmp_path: Path) -> None:
    os.mkfifo(unread := tmp_path / "unread")
    before = builders()
    with Builder() as builder:
        work = builder.begin()
        first = builders()
        work.give([], unread, last=False)
        while not (forked := builders() - first - before):
            time.sleep(0.01)  # it will wait for a reader of its answer
        os.kill(forked.pop(), signal.SIGKILL)
        unread.unlink()
        work.give([], tmp_path / "answer", last=True)
        with pytest.raises(BuildFault, match="could not be built") as refused:
            done(work)
    assert refused.value.why == ("A build process died.",)


def test_work_that_is_ended_leaves_nobody_behind(tmp_path: Path) -> None:
    before = builders()
    with Builder() as builder:
        work = begun(builder, [[], [], []], tmp_path)
        work.end()
        assert builders() == before


@pytest.mark.parametrize("number", [1, 2])
def test_a_disk_that_has_no_room_for_the_answer_is_told(tmp_path: Path, number: int) -> None:
    with Builder() as builder:
        work = builder.begin()
        for each in (1, 2):  # one of them in a process of its own
            folder = tmp_path / "gone" if each == number else tmp_path
            work.give([], folder / f"{each}", last=each == 2)
        with pytest.raises(LocalDiskFault, match="gone"):
            done(work)
