"""Ctrl-C, and the system's own way of ending a program, at the worst moments."""

import os
import re
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from subprocess import Popen
from subprocess import run as run_python
from uuid import uuid4

import pytest

from tests.support.command import COMMAND, Outcome, Team, refused, started
from tests.support.faults import Answer, Fault, Proxy, faulty
from tests.support.seaweed import Seaweed

if sys.platform != "linux":
    pytest.skip("the processes of a run are found under /proc", allow_module_level=True)

PATIENCE = 30
FIRST_PUTS = 5
Send = Callable[[Popen[str], int], None]


class Gate:
    """Lets some requests through, and keeps those after them until it is opened."""

    def __init__(self, method: str, pattern: str, let_through: int = 0) -> None:
        self.reached = threading.Event()
        self.open = threading.Event()
        self._asked = (method, pattern)
        self._left = let_through
        self._turn = threading.Lock()

    def __call__(self, method: str, path: str) -> None:
        wanted, pattern = self._asked
        if method != wanted or not re.search(pattern, path):
            return
        with self._turn:
            self._left -= 1
            free = self._left >= 0
        if not free:
            self.reached.set()
            self.open.wait(PATIENCE)


def to_the_program(program: Popen[str], number: int) -> None:
    program.send_signal(number)


def to_the_group(program: Popen[str], number: int) -> None:
    """Send it as a terminal does: to everybody in the foreground."""
    os.killpg(program.pid, number)


@pytest.fixture
def proxy(seaweed_server: Seaweed) -> Iterator[Proxy]:
    with faulty(seaweed_server.endpoint_url) as before_the_server:
        yield before_the_server


@pytest.fixture
def slow_team(team: Team, seaweed_server: Seaweed, proxy: Proxy) -> Team:
    url = f"{proxy.endpoint_url}/{seaweed_server.bucket}/{team.folder.name}"
    team.use_bucket(seaweed_server, endpoint_url=proxy.endpoint_url, url=url)
    team.set("crisis", "page_urls", value='"file"')
    team.env["MARK"] = uuid4().hex
    return team


def left_over(team: Team) -> list[str]:
    """Return the processes that still run of those that the team has started."""
    mark, found = team.env["MARK"].encode(), []
    for place in Path("/proc").glob("[0-9]*"):
        try:
            if mark in (place / "environ").read_bytes():
                found.append((place / "cmdline").read_text())
        except OSError:
            continue
    return found


def words(team: Team) -> list[str]:
    return team.launch("--target", "production", "--yes", "--json")


def stopped(
    team: Team,
    proxy: Proxy,
    gate: Gate,
    send: Callable[[Popen[str]], None],
    typed: list[str] | None = None,
) -> Outcome:
    """Return what the run came to that was stopped at the gate."""
    proxy.rule = gate
    command = ["-w", str(team.folder), *(typed or words(team))]
    with started(*command, env=team.env) as program:
        assert gate.reached.wait(PATIENCE)
        send(program)
        gate.open.set()
        out, err = program.communicate(timeout=PATIENCE)
    proxy.rule = lambda _method, _path: None
    return Outcome(program.returncode, out, err)


def until(reached: Callable[[], bool]) -> None:
    """Wait until something has happened."""
    for _ in range(100 * PATIENCE):
        if reached():
            return
        time.sleep(0.01)
    pytest.fail("it has not happened")


def is_live_after_the_same_command(team: Team) -> bool:
    again = team.call(*words(team))
    assert again.code == 0, again.out
    return bool(again.json["files"]["put"])


@pytest.mark.parametrize("send", [to_the_program, to_the_group])
def test_ctrl_c_during_the_build_leaves_the_public_and_no_child(
    slow_team: Team, proxy: Proxy, send: Send
) -> None:
    # The host is kept from answering, so that the run cannot have left the build behind.
    gate = Gate("GET", "live.json")

    outcome = stopped(slow_team, proxy, gate, lambda program: send(program, signal.SIGINT))

    error = refused(outcome, 130)
    assert "Nothing has changed" in error["public"]
    assert left_over(slow_team) == []
    assert is_live_after_the_same_command(slow_team)


@pytest.mark.parametrize(
    ("number", "code", "send"),
    [
        (signal.SIGINT, 130, to_the_program),
        (signal.SIGINT, 130, to_the_group),
        (signal.SIGTERM, 143, to_the_program),
    ],
)
def test_a_push_that_is_stopped_says_so_and_the_same_command_ends_it(
    slow_team: Team, proxy: Proxy, number: int, code: int, send: Send
) -> None:
    # From the start of the path: the private bucket has a folder of the same name.
    gate = Gate("PUT", f"^/site/{slow_team.folder.name}", let_through=FIRST_PUTS)

    outcome = stopped(slow_team, proxy, gate, lambda program: send(program, number))

    error = refused(outcome, code)
    assert "files are new" in error["public"]
    assert "same command" in error["next"]
    assert left_over(slow_team) == []
    assert slow_team.call("status", "production", "--json").json["targets"][0]["edition"] == ""
    assert is_live_after_the_same_command(slow_team)


def test_ctrl_c_while_reading_back_does_not_say_that_nothing_changed(
    slow_team: Team, proxy: Proxy
) -> None:
    gate = Gate("GET", f"/site/{slow_team.folder.name}/fr/panne-electricite.html")

    outcome = stopped(
        slow_team, proxy, gate, lambda program: program.send_signal(signal.SIGINT)
    )

    error = refused(outcome, 130)
    # Reading begins while the commit is on its way, which may arrive or not.
    assert re.match(r"The new version is live|All \d+ of \d+ files are new", error["public"])
    assert left_over(slow_team) == []
    assert slow_team.call(*words(slow_team)).code == 0


@pytest.mark.parametrize("slow", ["/kept/incidents/", "/lock.json"])
def test_ctrl_c_after_the_proof_says_that_it_is_live_and_verified(
    slow_team: Team, proxy: Proxy, slow: str
) -> None:
    gate = Gate("PUT" if "kept" in slow else "DELETE", slow)
    ledger = slow_team.folder / ".sparetire" / "ledger.jsonl"

    def once_verified(program: Popen[str]) -> None:
        until(lambda: '"verified"' in ledger.read_text("utf-8"))
        program.send_signal(signal.SIGINT)

    error = refused(stopped(slow_team, proxy, gate, once_verified), 130)

    assert "live and verified" in error["public"]
    assert left_over(slow_team) == []


def test_ctrl_c_on_the_way_out_does_not_hide_what_the_public_has(
    slow_team: Team, proxy: Proxy
) -> None:
    settings = slow_team.folder / "sparetire.toml"
    table = "[targets.production]\n"
    impatient = slow_team.settings.replace(table, f"{table}patience = 1\n")
    settings.write_text(impatient, "utf-8")
    gate = Gate("DELETE", "/lock.json")
    page = f"/site/{slow_team.folder.name}/fr/panne-electricite.html"

    def rule(method: str, path: str) -> Fault:
        gate(method, path)
        return Answer(404) if method == "GET" and page in path else None

    proxy.rule = rule
    with started("-w", str(slow_team.folder), *words(slow_team), env=slow_team.env) as program:
        assert gate.reached.wait(PATIENCE)
        to_the_program(program, signal.SIGINT)
        gate.open.set()
        out, err = program.communicate(timeout=PATIENCE)

    error = refused(Outcome(program.returncode, out, err), 130)
    assert "Nothing has changed" not in error["public"]


def test_ctrl_c_while_withdrawn_files_are_taken_away_says_that_the_notice_is_live(
    slow_team: Team, proxy: Proxy
) -> None:
    assert slow_team.call(*words(slow_team)).code == 0
    gate = Gate("GET", "commits%2F")  # what was live before names what goes
    withdraw = ["withdraw", "--reason", "error", "--target", "production", "--yes", "--json"]

    outcome = stopped(
        slow_team, proxy, gate, lambda program: to_the_program(program, signal.SIGINT), withdraw
    )

    assert "live and verified" in refused(outcome, 130)["public"]


def test_preview_ends_on_ctrl_c_without_a_word(team: Team) -> None:
    assert team.call(*team.launch("--yes")).code == 0

    with started("-w", str(team.folder), "preview") as program:
        assert program.stderr is not None
        assert "Ctrl-C" in program.stderr.readline()
        program.send_signal(signal.SIGINT)
        out, err = program.communicate(timeout=PATIENCE)

    assert (program.returncode, out) == (0, "")
    assert "Traceback" not in err


def test_a_reader_who_has_had_enough_hears_of_no_mistake() -> None:
    words = [sys.executable, "-m", "sparetire", "--help"]
    with Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE) as program:
        assert program.stdout is not None
        assert program.stderr is not None
        program.stdout.close()
        assert program.stderr.read() == b""
    assert program.returncode == 1


def test_a_launch_goes_on_when_nobody_reads_its_progress_any_more(team: Team) -> None:
    ours, theirs = os.pipe()
    os.close(ours)
    words = [str(COMMAND), "-w", str(team.folder), *team.launch("--yes")]
    told = run_python(words, stdout=subprocess.PIPE, stderr=theirs, check=False, text=True)
    os.close(theirs)
    assert told.returncode == 0
    assert "Live and verified" in told.stdout
    assert "fr/panne-electricite/index.html" in team.public()


AT_AN_IMPORT = """
import os, signal, sys
from sparetire import __main__
sys.argv = ["sparetire", "hosts"]
def press(event, arguments):
    if event == "import" and arguments[0] == sys.argv[0] + MODULE:
        END
sys.addaudithook(press)
__main__.main()
"""
CTRL_C = "os.kill(os.getpid(), signal.SIGINT)"


@pytest.mark.parametrize("module", [".errors", ".cli.desk"])
def test_ctrl_c_while_the_program_is_still_loading_shows_no_traceback(module: str) -> None:
    text = AT_AN_IMPORT.replace("MODULE", repr(module)).replace("END", CTRL_C)
    ended = run_python([sys.executable, "-c", text], capture_output=True, check=False)
    assert ended.returncode == -signal.SIGINT
    assert (ended.stdout, ended.stderr) == (b"", b"")


def test_ctrl_c_while_the_typed_command_is_loading_is_told_in_words() -> None:
    text = AT_AN_IMPORT.replace("MODULE", repr(".cli.options")).replace("END", CTRL_C)
    ended = run_python(
        [sys.executable, "-c", text], capture_output=True, check=False, text=True
    )
    assert ended.returncode == 130
    assert "The command was interrupted." in ended.stderr
    assert "Traceback" not in ended.stdout + ended.stderr


def test_a_pipe_that_breaks_elsewhere_is_a_mistake_like_any_other() -> None:
    text = AT_AN_IMPORT.replace("MODULE", repr(".cli.options"))
    text = text.replace("END", "raise BrokenPipeError(32, 'Broken pipe')")
    ended = run_python(
        [sys.executable, "-c", text], capture_output=True, check=False, text=True
    )
    assert ended.returncode == 1
    assert "BrokenPipeError" in ended.stderr
    assert "Something went wrong" in ended.stderr
