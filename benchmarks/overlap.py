"""Starts many rounds of the newsroom at random moments beside a launch, and says how that went.

python benchmarks/overlap.py [--rounds 50] [--within 60] [--seed 5]
Prints a JSON object. ``launch`` and ``alone`` are the seconds of a launch beside the rounds and
of one with nobody beside it; ``waited`` is what it spent outside of its own stages, less what
that takes alone: the time in which it asked others to make way, and that others took from it.
"""

import argparse
import json
import sys
import time
from collections import Counter
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from random import Random
from tempfile import TemporaryDirectory

from tests.support.command import PATIENCE, Team
from tests.support.newsroom import DUE, team_with_releases_due
from tests.support.programs import start

PUBLISH = ("newsroom", "publish", "--yes", "--json")


def launched(team: Team) -> tuple[float, float]:
    """Launch; return how many seconds it took, and how many of them outside of its stages."""
    began = time.perf_counter()
    launch = start(team, team.launch("--yes", "--json"))
    out, err = launch.communicate(timeout=4 * PATIENCE)
    taken = time.perf_counter() - began
    if launch.returncode:
        raise RuntimeError(out + err)
    return taken, taken - json.loads(out)["timings"]["total"]


def beside(folder: Path, rounds: int, within: float, lot: Random) -> dict[str, object]:
    """Return how the rounds ended, what went public, and what the launch took."""
    team, before, running = team_with_releases_due(folder), 0.0, []
    offsets = sorted(lot.uniform(0, within) for _ in range(rounds))
    launch_at = lot.randrange(1, max(2, rounds // 2))
    with ThreadPoolExecutor(1) as beside_them:
        launches = []
        for number, offset in enumerate(offsets):
            time.sleep(offset - before)
            before = offset
            running.append(start(team, [*PUBLISH]))
            if number == launch_at:
                launches.append(beside_them.submit(launched, team))
        taken, outside = launches[0].result()
    for one in running:
        one.communicate(timeout=4 * PATIENCE)
    last = team.run(*PUBLISH)
    ledger = (team.folder / "releases" / "ledger.jsonl").read_text(encoding="utf-8")
    rows = [json.loads(row) for row in ledger.splitlines()]
    told = Counter(row["id"] for row in rows if row["what"] == "published")
    return {
        "launch": taken,
        "outside": outside,
        "exit_codes": dict(Counter(one.returncode for one in running)),
        "published_once": list(told.values()) == [1] * len(DUE),
        "last_round": last.code,
        "ledger_whole": team.run("history", "--verify").code == 0,
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=50)
    parser.add_argument("--within", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=5)
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        usual, outside = launched(team_with_releases_due(Path(folder) / "alone"))
        lot = Random(given.seed)  # noqa: S311  it only chooses moments
        told = beside(Path(folder) / "beside", given.rounds, given.within, lot)
    told["waited"] = round(max(0.0, float(str(told.pop("outside"))) - outside), 2)
    told |= {"launch": round(float(str(told["launch"])), 2), "alone": round(usual, 2)}
    json.dump({"rounds": given.rounds, **told}, sys.stdout, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
