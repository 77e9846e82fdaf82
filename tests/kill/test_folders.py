"""A whole command may be killed at any change that it makes to a disk of this machine.

Launch, update and rollback on a folder that is served: readers see the old site or the new
one, and the same command, typed again, finishes. KILL=all takes every change.
"""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from tests.support.command import Team, new_team
from tests.support.errands import (
    ERRANDS,
    Errand,
    add_production,
    files_below,
    finish,
    restore,
    unsound,
)
from tests.support.ports import free_port
from tests.support.victim import ALL

ROOT = Path(__file__).parents[2]
ENDS_WITHIN = 120.0
FEW = 2


@pytest.fixture
def team(tmp_path: Path) -> Team:
    made = new_team(tmp_path / "team")
    path, url = "public", f"http://127.0.0.1:{free_port()}"
    add_production(made, host="directory", path=path, url=url)
    return made


@pytest.mark.parametrize("errand", ERRANDS)
def test_a_command_killed_at_any_change_leaves_the_old_site_or_the_new(
    errand: str, team: Team
) -> None:
    told = ERRANDS[errand]
    told.before(team)
    root = team.folder / "public"
    before = files_below(root / "current")
    template = team.folder.with_name("template")
    shutil.copytree(team.folder, template, symlinks=True)
    changes = run_until(team, told, step=0)
    steps = range(1, changes + 1)
    for step in steps if ALL else sorted(Random(3).sample(steps, FEW)):
        restore(team.folder, template)
        run_until(team, told, step)
        seen = files_below(root / "current")
        assert unsound(seen, before, team) == [], step
        finish(team, told, lambda: files_below(root / "current"))
        after = files_below(root / "current")
        if seen != before:
            pages = {path for path in seen if path.endswith(".html")}
            assert {path: seen[path] for path in pages} == {
                path: after[path] for path in pages
            }, step
        assert list(root.rglob("*.part")) == [], step


def run_until(team: Team, errand: Errand, step: int) -> int:
    """Run the command until it is to change something for the nth time; count its changes."""
    words = ["-w", str(team.folder), *errand.words(team)]
    ended = subprocess.run(
        [sys.executable, "-m", "tests.support.dying", str(step), str(team.folder), *words],
        cwd=ROOT,
        env=os.environ | team.env,
        capture_output=True,
        timeout=ENDS_WITHIN,
        check=False,
    )
    told = ended.stderr.decode()
    assert ended.returncode == (-signal.SIGKILL if step else 0), told
    return 0 if step else int(told.rpartition("steps: ")[2])
