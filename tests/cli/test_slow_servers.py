"""A stranger's slow server ends a command in half a minute, with an address and a reason."""

import subprocess
from contextlib import ExitStack
from pathlib import Path

from tests.support.command import COMMAND, new_team
from tests.support.slow_server import slow_server

PATIENCE = 100  # seconds, on a busy machine; these commands took 400 and more


WAYS = ("drips header after header", "drips chunks")
COMMANDS = ("feed check", "newsroom import", "brand import")


def test_commands_that_read_from_outside_end(tmp_path: Path) -> None:
    team = new_team(tmp_path / "boreal")
    with ExitStack() as ends:
        urls = {way: ends.enter_context(slow_server(way)) for way in WAYS}
        programs = {
            (way, words): subprocess.Popen(
                [COMMAND, "-w", team.folder, *words.split(), urls[way]],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            for way in WAYS
            for words in COMMANDS
        }
        for program in programs.values():
            ends.callback(program.kill)
        told = {each: one.communicate(timeout=PATIENCE)[0] for each, one in programs.items()}
        assert {one.returncode for one in programs.values()} == {6}, told
        assert all("30 seconds" in text for text in told.values()), told
