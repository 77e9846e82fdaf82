"""The newsroom may die at any step: nothing early is public, and the next run finishes it."""

import json
import shutil
import signal
from pathlib import Path

import pytest

from tests.support.command import Outcome, Team, new_team
from tests.support.errands import restore
from tests.support.newsroom import write_ready
from tests.support.samples import SHARES, draw
from tests.support.warm import Warm, warm

__all__ = ["warm"]

CANARY = "quetzalcoatlus"
FEW = 2
PAGE = "en/news/2026/port-sept-iles-growing/index.html"
WORDS = ("newsroom", "publish", "--yes", "--json")


@pytest.fixture
def team(tmp_path: Path) -> Team:
    """Return a team with a release that is due and one that is not for a long time."""
    made = new_team(tmp_path / "team")
    folder = made.folder / "releases"
    write_ready(folder)
    write_ready(
        folder,
        f"{CANARY}-plan",
        2,
        embargo="2999-12-01 09:00",
        title_fr=f"Le plan {CANARY} entre en vigueur",
        title_en=f"The {CANARY} plan takes effect",
        summary_fr=f"Le plan {CANARY}.",
        summary_en=f"The {CANARY} plan.",
        slug=CANARY,
    )
    return made


def published(team: Team) -> int:
    ledger = (team.folder / "releases" / "ledger.jsonl").read_text(encoding="utf-8")
    return sum(json.loads(row)["what"] == "published" for row in ledger.splitlines())


@pytest.mark.parametrize("share", SHARES)
def test_whatever_step_it_dies_at(share: int, team: Team, warm: Warm) -> None:
    template = team.folder.with_name("template")
    shutil.copytree(team.folder, template, symlinks=True)
    lived = die_at(0, team, warm)
    assert lived.code == 0, lived.err
    steps = range(1, int(lived.err.rpartition("steps: ")[2]) + 1)
    for step in draw(steps, FEW, "newsroom", share):
        restore(team.folder, template)
        died = die_at(step, team, warm)

        assert died.code == -signal.SIGKILL, died.err
        assert early(team) == []
        again = publish(team, warm)
        assert again.code == 0, again.out
        assert PAGE in team.public()
        assert published(team) == 1
        assert early(team) == []
        quiet = publish(team, warm)
        assert (quiet.code, quiet.json["changed"]) == (0, False)


def die_at(step: int, team: Team, warm: Warm) -> Outcome:
    words = (str(step), str(team.folder), "-w", str(team.folder), *WORDS)
    with warm.started(*words, env=team.env, main="tests.support.dying") as program:
        return program.said()


def publish(team: Team, warm: Warm) -> Outcome:
    return warm.run("-w", str(team.folder), *WORDS, env=team.env)


def early(team: Team) -> list[str]:
    """Return files at the target, private ones too, that hold words of the later release."""
    root = team.folder / ".sparetire" / "site"
    files = [path for path in root.rglob("*") if path.is_file()]
    return [
        str(path)
        for path in files
        if CANARY in path.name or CANARY.encode() in path.read_bytes()
    ]
