"""A whole command may be killed at any change that it makes to a disk of this machine.

Launch, update and rollback on a folder that is served: readers see the old site or the new
one, and the same command, typed again, finishes. KILL=all takes every change.
"""

import shutil
import signal
from pathlib import Path

import pytest

from tests.support.command import Team, new_team
from tests.support.errands import (
    ERRANDS,
    Errand,
    add_production,
    files_below,
    finish,
    restore,
    typed,
    unsound,
)
from tests.support.ports import free_port
from tests.support.samples import SHARES, draw
from tests.support.warm import Warm, warm

__all__ = ["warm"]

FEW = 2


@pytest.fixture
def team(tmp_path: Path) -> Team:
    made = new_team(tmp_path / "team")
    path, url = "public", f"http://127.0.0.1:{free_port()}"
    add_production(made, host="directory", path=path, url=url)
    return made


@pytest.mark.parametrize("errand", ERRANDS)
@pytest.mark.parametrize("share", SHARES)
def test_a_command_killed_at_any_change_leaves_the_old_site_or_the_new(
    errand: str, share: int, team: Team, warm: Warm
) -> None:
    told = ERRANDS[errand]
    told.before(team)
    root = team.folder / "public"
    before = files_below(root / "current")
    template = team.folder.with_name("template")
    shutil.copytree(team.folder, template, symlinks=True)
    changes = run_until(team, told, warm, step=0)
    for step in draw(range(1, changes + 1), FEW, f"folders {errand}", share):
        restore(team.folder, template)
        run_until(team, told, warm, step)
        seen = files_below(root / "current")
        assert unsound(seen, before, team) == [], step
        finish(team, told, warm, lambda: files_below(root / "current"))
        after = files_below(root / "current")
        if seen != before:
            pages = {path for path in seen if path.endswith(".html")}
            assert {path: seen[path] for path in pages} == {
                path: after[path] for path in pages
            }, step
        assert list(root.rglob("*.part")) == [], step


def run_until(team: Team, errand: Errand, warm: Warm, step: int) -> int:
    """Run the command until it is to change something for the nth time; count its changes."""
    words = (str(step), str(team.folder), *typed(team, errand))
    with warm.started(*words, env=team.env, main="tests.support.dying") as program:
        ended = program.said()
    assert ended.code == (-signal.SIGKILL if step else 0), ended.err
    return 0 if step else int(ended.err.rpartition("steps: ")[2])
