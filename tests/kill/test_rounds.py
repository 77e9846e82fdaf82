"""Many rounds of the newsroom beside a launch: the launch goes first, and nothing is lost."""

import json
import time
from pathlib import Path
from random import Random

import pytest

from tests.support.command import PATIENCE, Team
from tests.support.newsroom import DUE, team_with_releases_due
from tests.support.programs import start
from tests.support.samples import repeats

ROUNDS = repeats(4, 50)
WITHIN = ROUNDS / 4  # seconds


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return team_with_releases_due(tmp_path)


def test_each_release_goes_out_once_and_the_launch_is_not_turned_away(team: Team) -> None:
    lot = Random(5)
    offsets = sorted(lot.uniform(0, WITHIN) for _ in range(ROUNDS))
    launch_at = lot.randrange(1, ROUNDS // 2)
    rounds, launched, before = [], None, 0.0
    for number, offset in enumerate(offsets):
        time.sleep(offset - before)
        before = offset
        rounds.append(start(team, ["newsroom", "publish", "--yes", "--json"]))
        if number == launch_at:
            launched = start(team, team.launch("--yes", "--json"))
    assert launched is not None
    out, err = launched.communicate(timeout=PATIENCE)
    assert launched.returncode == 0, out + err
    for one in rounds:
        told, trouble = one.communicate(timeout=PATIENCE)
        assert one.returncode in {0, 5}, told + trouble

    last = team.run("newsroom", "publish", "--yes", "--json")

    assert last.code == 0, last.out
    rows = (team.folder / "releases/ledger.jsonl").read_text(encoding="utf-8").splitlines()
    published = [row["id"] for row in map(json.loads, rows) if row["what"] == "published"]
    assert len(published) == len(set(published)) == len(DUE)
    public = team.public()
    assert {f"en/news/2026/{name}-project-moves/index.html" for name in DUE} <= public.keys()
    assert "fr/panne-electricite/index.html" in public
    assert team.run("history", "--verify").code == 0
    assert not (team.folder / ".sparetire" / "lock.wanted").exists()
