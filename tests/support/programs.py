"""The real program, started beside others."""

import os
import subprocess

from tests.support.command import COMMAND, Team

__all__ = ["start"]


def start(team: Team, words: list[str]) -> subprocess.Popen[str]:
    """Start a command of a team without waiting for it."""
    return subprocess.Popen(
        [COMMAND, "-w", str(team.folder), *words],
        env=os.environ | team.env,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )
