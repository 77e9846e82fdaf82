"""Times what follows a launch beside the launch itself: neither may take longer.

One workspace a round, on a fresh prefix of one SeaweedFS on this machine: a launch, an update,
a correction, a withdrawal, its rollback. The first round warms up and is not counted.

python benchmarks/crisis.py [--runs N] [--delay MILLISECONDS]
"""

import argparse
import json
import shutil
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

# The checkout must be on the path first.
from benchmarks.ground import Ground, ground_at, machine, spread, timed
from benchmarks.launch import (
    KEYWORDS,
    TITLES,
    make_workspace,
    use_production,
    words,
)

MORE = {
    "fr": "Le courant est rétabli dans la moitié de la raffinerie.\n",
    "en": "Power is back in half of the refinery.\n",
}


def live_through(ground: Ground, number: int) -> dict[str, float]:
    """Return the seconds that each step took, start of the program included."""
    workspace = ground.folder / f"crisis-{number}"
    shutil.copytree(ground.folder / "workspace", workspace)
    use_production(ground, workspace, f"crisis-{number}")
    for code, text in MORE.items():
        (workspace / f"more.{code}.md").write_text(text, encoding="utf-8")
    said = [f"--content={code}={workspace}/more.{code}.md" for code in MORE]
    first = [
        f"--{name}={code}={value}"
        for name, values in (("title", TITLES), ("keywords", KEYWORDS))
        for code, value in values.items()
    ]
    first += [f"--content={code}={words(code)}" for code in TITLES]
    steps = {
        "launch": first,
        "update": [*said, "--next=30m"],
        "correct": said,
        "withdraw": ["--reason=error"],
        "rollback": [],
    }
    taken = {}
    for command, options in steps.items():

        def run(command: str = command, options: list[str] = options) -> None:
            told = ground.sparetire(
                "--workspace", workspace, "--json", command, "--yes",
                "--target", "production", *options,
            )  # fmt: skip
            if not json.loads(told)["changed"]:
                sys.exit(f"{command} changed nothing")

        taken[command] = timed(run)[0]
    return taken


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--delay", type=float, default=0, metavar="MILLISECONDS")
    parser.add_argument("--peers", type=Path, default=ROOT / ".venv" / "peers")
    given = parser.parse_args()
    with ground_at(given.delay, given.peers) as ground:
        make_workspace(ground, ground.folder / "workspace")
        rounds = [live_through(ground, number) for number in range(given.runs + 1)][1:]
    print(machine())
    print(f"S3 at {given.delay:g} ms round trip, {len(rounds)} rounds, in seconds")
    for command in rounds[0]:
        print(f"{command:<12}{spread([each[command] for each in rounds])}")
        if command != "launch":
            ratios = [each[command] / each["launch"] for each in rounds]
            print(f"  {'/ launch':<10}{spread(ratios)}")


if __name__ == "__main__":
    main()
