"""The newsroom may die at any step: nothing early is public, and the next run finishes it."""

import json
import os
import re
import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from tests.support.command import Team, new_team
from tests.support.newsroom import write_ready

ROOT = Path(__file__).parents[2]
MOST_STEPS = 460  # a run makes about 420 changes; later steps are runs that live
EVERY = range(1, MOST_STEPS + 1)
STEPS = EVERY if os.environ.get("KILL") == "all" else sorted(Random(3).sample(EVERY, 2))
CANARY = "quetzalcoatlus"
PAGE = "en/news/2026/port-sept-iles-growing/index.html"


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


def die_at(step: int, team: Team) -> subprocess.CompletedProcess[str]:
    words = ("-w", str(team.folder), "newsroom", "publish", "--yes", "--json")
    program = ROOT / "tests" / "support" / "dying.py"
    return subprocess.run(
        [sys.executable, str(program), str(step), str(team.folder), *words],
        env=os.environ | {"PYTHONPATH": str(ROOT)},
        capture_output=True,
        stdin=subprocess.DEVNULL,
        text=True,
        timeout=60,
        check=False,
    )


def published(team: Team) -> int:
    ledger = (team.folder / "releases" / "ledger.jsonl").read_text(encoding="utf-8")
    return sum(json.loads(row)["what"] == "published" for row in ledger.splitlines())


@pytest.mark.parametrize("step", STEPS)
def test_whatever_step_it_dies_at(step: int, team: Team) -> None:
    died = die_at(step, team)

    assert died.returncode in {-9, 0}, died.stderr
    assert early(team) == []
    again = team.run("newsroom", "publish", "--yes", "--json")
    assert again.code == 0, again.out
    assert PAGE in team.public()
    assert published(team) == 1
    assert early(team) == []
    quiet = team.run("newsroom", "publish", "--yes", "--json")
    assert (quiet.code, quiet.json["changed"]) == (0, False)


def test_the_steps_reach_to_the_end_of_a_run(team: Team) -> None:
    lived = die_at(0, team)
    assert lived.returncode == 0, lived.stderr
    counted = re.search(r"steps: (\d+)", lived.stderr)
    assert counted is not None
    assert int(counted[1]) <= MOST_STEPS


def early(team: Team) -> list[str]:
    """Return files at the target, private ones too, that hold words of the later release."""
    root = team.folder / ".sparetire" / "site"
    files = [path for path in root.rglob("*") if path.is_file()]
    return [
        str(path)
        for path in files
        if CANARY in path.name or CANARY.encode() in path.read_bytes()
    ]
