"""Times an update of a crisis that has had many, on a folder that is served from this machine.

One launch and as many updates as --told says go before, not timed; then updates in both
languages are timed, from the start of the program to its end, by which every changed page was
read back and proven. The first one warms up and is not counted.

python -m benchmarks.updates [--told 60] [--runs 9]
"""

import argparse
import json
import sys
from pathlib import Path
from statistics import median
from tempfile import TemporaryDirectory

from benchmarks.ground import machine, spread, timed
from tests.support.command import Team, new_team

__all__: list[str] = []

SAID = {
    "fr": "À l’étape {n}, le courant revient dans un secteur de plus de la raffinerie.\n",
    "en": "At step {n}, power is back in one more part of the refinery.\n",
}


def update(team: Team, number: int) -> dict[str, float]:
    """Say something more, and return the seconds that each stage took, by its name."""
    typed = ["update", "--yes", "--json", "--next=30m"]
    for code, text in SAID.items():
        path = team.folder / f"update.{code}.md"
        path.write_text(text.format(n=number), encoding="utf-8")
        typed.append(f"--content={code}={path}")
    told: list[dict[str, dict[str, float]]] = []

    def act() -> None:
        outcome = team.run(*typed)
        if outcome.code:
            sys.exit(outcome.out + outcome.err)
        told.append(json.loads(outcome.out))

    total, cpu = timed(act)
    stages = told[0]["timings"]
    stages.pop("total")
    return {"in all": total, "processor": cpu, **stages}


def race(folder: Path, told: int, runs: int) -> list[dict[str, float]]:
    team = new_team(folder / "team")
    team.run(*team.launch("--yes"))
    for number in range(told):
        update(team, number)
        print(f"{number + 1} updates went before", end="\r", file=sys.stderr, flush=True)
    return [update(team, told + number) for number in range(runs + 1)][1:]


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--told", type=int, default=60)
    parser.add_argument("--runs", type=int, default=9)
    given = parser.parse_args()
    with TemporaryDirectory() as folder:
        rounds = race(Path(folder), given.told, given.runs)
    print(machine())
    print(f"\nan update after {given.told}, {len(rounds)} rounds, in seconds")
    print(f"{'in all':<12}{spread([one['in all'] for one in rounds])}")
    for name in [name for name in rounds[0] if name != "in all"]:
        print(f"{name:<12}median {median(one.get(name, 0.0) for one in rounds):6.2f}")


if __name__ == "__main__":
    main()
