"""A stranger's slow server ends a command in half a minute, with an address and a reason."""

import subprocess
from contextlib import ExitStack
from pathlib import Path

import pytest

from tests.support.command import COMMAND, new_team
from tests.support.slow_server import slow_server

PATIENCE = 100  # seconds, on a busy machine; these commands took 400 and more


@pytest.mark.parametrize("way", ["drips header after header", "drips chunks"])
def test_commands_that_read_from_outside_end(tmp_path: Path, way: str) -> None:
    team = new_team(tmp_path / "boreal")
    with ExitStack() as ends:
        url = ends.enter_context(slow_server(way))
        commands = {
            words: subprocess.Popen(
                [COMMAND, "-w", team.folder, *words.split(), url],
                stdin=subprocess.DEVNULL,
                stdout=subprocess.PIPE,
                stderr=subprocess.STDOUT,
                text=True,
            )
            for words in ("feed check", "newsroom import", "brand import")
        }
        for program in commands.values():
            ends.callback(program.kill)
        told = {words: one.communicate(timeout=PATIENCE)[0] for words, one in commands.items()}
        assert {one.returncode for one in commands.values()} == {6}, told
        assert all("30 seconds" in text for text in told.values()), told
