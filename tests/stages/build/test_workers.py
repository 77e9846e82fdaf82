"""Children never outlive their context, and one that dies is reported."""

import os
import signal
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from sparetire.errors import BuildFault
from sparetire.stages.build.workers import Workers

pytestmark = pytest.mark.skipif(not Path("/proc/self").exists(), reason="reads /proc")


def children() -> dict[int, str]:
    """Return the builders that this process has started and not yet buried, with their state."""
    return dict(_children())


def _children() -> Iterator[tuple[int, str]]:
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            _, _, rest = (folder / "stat").read_text().rpartition(") ")
            if int(rest.split()[1]) == os.getpid() and _is_builder(folder, rest[0]):
                yield int(folder.name), rest[0]
        except OSError:
            continue  # it ended while we looked


def _is_builder(folder: Path, state: str) -> bool:
    return state == "Z" or b"stages.build.child" in (folder / "cmdline").read_bytes()


def wait_until_dead(pid: int) -> None:
    deadline = time.monotonic() + 10
    while children().get(pid, "Z") != "Z":
        assert time.monotonic() < deadline
        time.sleep(0.01)


@pytest.fixture(autouse=True)
def none_left() -> Iterator[None]:
    before = children()
    yield
    assert children() == before


def test_children_end_with_their_context() -> None:
    before = children()
    with Workers(2):
        assert len(children()) == len(before) + 2
    assert children() == before


def test_children_end_after_an_exception_too() -> None:
    before = children()

    def fail() -> None:
        with Workers(1) as workers:
            workers.send([[]])
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        fail()
    assert children() == before


def test_a_second_batch_of_jobs_gets_new_children() -> None:
    with Workers(1) as workers:
        for jobs in ([[]], [[], []]):
            assert workers.collect(workers.send(jobs)) == []


def test_a_child_that_was_killed_before_its_job_is_a_build_fault() -> None:
    before = children()
    with Workers(1) as workers:
        (pid,) = children().keys() - before.keys()
        os.kill(pid, signal.SIGKILL)
        wait_until_dead(pid)
        pending = workers.send([[{"content": "x" * 200_000}]])
        with pytest.raises(BuildFault, match="ended without an answer"):
            workers.collect(pending)


def test_a_job_that_cannot_be_done_tells_why() -> None:
    with Workers(0) as workers:
        pending = workers.send([[{"zone": "Nowhere/Land"}]])
        with pytest.raises(BuildFault, match="could not be built") as refused:
            workers.collect(pending)
    assert "Nowhere/Land" in refused.value.why[0]
