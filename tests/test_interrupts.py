"""Signals that a program cannot lose, in programs of their own."""

import signal
import subprocess
import sys

import pytest

if sys.platform == "win32":
    pytest.skip("signals of POSIX", allow_module_level=True)

HEAD = """
import os, signal, time
from sparetire import interrupts
interrupts.arm(lambda kind: (print("the last word", flush=True), 130)[1], within={within})
"""
DROPPED = """
class Ending:
    def __del__(self):
        print("ready", flush=True)
        time.sleep(1)
ending = Ending()
try:
    del ending
    print("dropped", flush=True)
    time.sleep(60)
except KeyboardInterrupt:
    interrupts.notice()
    print("noticed", flush=True)
"""
DEAF = """
told = False
while True:
    try:
        if not told:
            told = True
            print("ready", flush=True)
        time.sleep(60)
    except KeyboardInterrupt:
        pass
"""
PATIENT = """
try:
    print("ready", flush=True)
    time.sleep(60)
except KeyboardInterrupt:
    interrupts.notice()
    for _ in range(2):
        os.kill(os.getpid(), signal.SIGINT)
        time.sleep(0.1)
    print("ended in peace", flush=True)
"""


IMPORTING = """
import pathlib, sys, tempfile
folder = tempfile.TemporaryDirectory()
pathlib.Path(folder.name, "slow.py").write_text(
    "import time; print('ready', flush=True); time.sleep(1); whole = True"
)
sys.path.insert(0, folder.name)
try:
    import slow
    time.sleep(60)
except KeyboardInterrupt:
    interrupts.notice()
    whole = getattr(sys.modules.get("slow"), "whole", False)
    print("imported" if whole else "torn", flush=True)
"""


def ended(program: str, number: int, within: float = 60) -> tuple[int, str]:
    """Run a program, send it one signal once it is ready, and return how it ended."""
    text = HEAD.format(within=within) + program
    with subprocess.Popen(
        [sys.executable, "-c", text], stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as started:
        assert started.stdout is not None
        assert started.stdout.readline() == "ready\n"
        started.send_signal(number)
        out, _ = started.communicate(timeout=30)
    return started.returncode, out


def test_a_signal_that_python_drops_is_sent_again() -> None:
    assert ended(DROPPED, signal.SIGINT) == (0, "dropped\nnoticed\n")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_a_run_that_does_not_end_by_itself_is_ended_with_a_word(number: int) -> None:
    assert ended(DEAF, number, within=3) == (130, "the last word\n")


def test_what_a_run_does_to_end_is_not_interrupted_again() -> None:
    assert ended(PATIENT, signal.SIGINT) == (0, "ended in peace\n")


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_an_import_is_finished_before_a_signal_ends_the_run(number: int) -> None:
    assert ended(IMPORTING, number) == (0, "imported\n")
