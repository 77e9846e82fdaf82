"""A run of the tests that is ended leaves no process; one in the background passes."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from uuid import uuid4

import pytest

from tests.support.orphans import ENDS_WITH_TESTS

ROOT = Path(__file__).parents[2]
PATIENCE = 60.0
WAITS = """
import time
from tests.support.seaweed import seaweed_server
from tests.support.warm import warm

def test_it_waits(seaweed_server, warm):
    print("ready")
    time.sleep(600)
"""
CTRL_C = """
import os, signal, subprocess, sys

def test_a_child_ends_at_ctrl_c():
    program = "import time; print(1, flush=True); time.sleep(60)"
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.DEVNULL}
    with subprocess.Popen([sys.executable, "-c", program], **pipes) as child:
        child.stdout.readline()
        child.send_signal(signal.SIGINT)
        assert child.wait(10) == -signal.SIGINT
"""

pytestmark = pytest.mark.skipif(
    sys.platform != "linux" or not ENDS_WITH_TESTS, reason="needs Linux's /proc and setpriv"
)


@pytest.fixture
def mark(monkeypatch: pytest.MonkeyPatch) -> str:
    """Return what every process below this test has in its environment."""
    found = uuid4().hex
    monkeypatch.setenv("MARK_OF_TESTS", found)
    return found


def suite(path: Path, *words: str, ignore: bool = False) -> subprocess.Popen[bytes]:
    """Start a suite of one file, in a group of its own."""
    settings = ["-c", str(ROOT / "pyproject.toml"), "--rootdir", str(ROOT)]
    plugins = ["-p", "tests.conftest", "-p", "no:cacheprovider"]
    shell = 'trap "" INT; exec "$@"' if ignore else 'exec "$@"'
    program = [sys.executable, "-m", "pytest", *settings, *plugins, *words, str(path)]
    return subprocess.Popen(
        ["sh", "-c", shell, "sh", *program],
        cwd=ROOT,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )


def running(mark: str) -> Iterator[str]:
    """Find the command lines of processes with the mark, except this one's."""
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if place.name != f"{os.getpid()}" and mark in (place / "environ").read_text():
                yield (place / "cmdline").read_text().replace("\0", " ")
        except (OSError, UnicodeDecodeError):
            continue


def until(reached: Callable[[], bool], seen: Callable[[], object] = str) -> None:
    """Wait until something is so; show what is seen instead if it does not come."""
    end = time.monotonic() + PATIENCE
    while not reached():
        assert time.monotonic() < end, seen()
        time.sleep(0.1)


@pytest.mark.parametrize(
    ("number", "words"), [(signal.SIGKILL, ("-n", "1")), (signal.SIGINT, ("-n", "0"))]
)
def test_no_server_outlives_the_tests_that_started_it(
    number: int, words: tuple[str, ...], mark: str, tmp_path: Path
) -> None:
    (tmp_path / "test_waits.py").write_text(WAITS, encoding="utf-8")
    with suite(tmp_path / "test_waits.py", *words) as run:
        until(lambda: any("weed" in each for each in running(mark)))
        until(lambda: any("warm_server" in each for each in running(mark)))
        run.send_signal(number)
        run.wait(PATIENCE)
    until(lambda: not list(running(mark)), lambda: list(running(mark)))


def test_children_end_at_ctrl_c_though_the_suite_was_started_in_the_background(
    tmp_path: Path,
) -> None:
    (tmp_path / "test_child.py").write_text(CTRL_C, encoding="utf-8")
    with suite(tmp_path / "test_child.py", "-n", "0", ignore=True) as run:
        assert run.wait(PATIENCE) == 0
