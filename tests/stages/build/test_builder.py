"""No process outlives its context, and one that dies is reported."""

import os
import signal
import time
from pathlib import Path

import pytest

from sparetire.errors import BuildFault
from sparetire.stages.build.builder import Builder, Job

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


def test_the_process_ends_with_its_context() -> None:
    before = builders()
    with Builder():
        assert len(builders() - before) == 1
    assert builders() == before


def test_all_processes_end_after_an_exception_too() -> None:
    before = builders()

    def fail() -> None:
        with Builder() as builder:
            builder.send([[], []])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert builders() == before


def test_a_second_sending_gets_a_process_of_its_own() -> None:
    with Builder() as builder:
        for number in (1, 2):
            jobs: list[Job] = [[] for _ in range(number)]
            assert builder.collect(builder.send(jobs)) == []


def test_a_process_that_was_killed_before_its_job_is_a_build_fault() -> None:
    before = builders()
    with Builder() as builder:
        (pid,) = builders() - before
        os.kill(pid, signal.SIGKILL)
        deadline = time.monotonic() + 10
        while builders() - before:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        pending = builder.send([[{"content": "x" * 200_000}]])
        with pytest.raises(BuildFault, match="ended without an answer"):
            builder.collect(pending)


@pytest.mark.parametrize("number", [0, 1])
def test_a_job_that_cannot_be_done_tells_why(number: int) -> None:
    jobs: list[Job] = [[], []]
    jobs[number] = [{"zone": "Nowhere/Land"}]
    with Builder() as builder:
        pending = builder.send(jobs)
        with pytest.raises(BuildFault, match="could not be built") as refused:
            builder.collect(pending)
    assert "Nowhere/Land" in refused.value.why[0]
