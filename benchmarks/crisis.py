"""Times what follows a launch beside what went before: nothing may take longer.

One workspace a round, on a fresh prefix of one SeaweedFS on this machine and, each in its turn,
on a fresh folder that is served here: a launch, an update, a correction, a withdrawal, and its
rollback; then an update more, and a rollback by a workspace that has lost all of
``.sparetire/``. The first round warms up and is not counted.

python benchmarks/crisis.py [--runs N] [--delay MILLISECONDS]
"""

import argparse
import json
import shutil
import sys
from collections.abc import Iterator
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
from tests.support.ports import free_port

MORE = {
    "fr": "Le courant est rétabli dans la moitié de la raffinerie.\n",
    "en": "Power is back in half of the refinery.\n",
}
LAST = {
    "fr": "Le courant est rétabli dans toute la raffinerie.\n",
    "en": "Power is back in the whole refinery.\n",
}
STEPS = {
    "launch": ("launch",),
    "update": ("update", "--next=30m"),
    "correct": ("correct",),
    "withdraw": ("withdraw", "--reason=error"),
    "rollback": ("rollback",),
    "update again": ("update",),
    "rollback elsewhere": ("rollback",),
}
BESIDE = {
    "update": "launch",
    "correct": "launch",
    "withdraw": "launch",
    "rollback": "withdraw",
    "rollback elsewhere": "update again",
}
"""What a step is held against; a rollback against the publish that it takes back."""


def live_through(ground: Ground, target: str, number: int) -> dict[str, float]:
    """Return the seconds that each step took, start of the program included."""
    workspace = ground.folder / f"crisis-{target}-{number}"
    shutil.copytree(ground.folder / "workspace", workspace)
    use_production(ground, workspace, workspace.name)
    use_folder(workspace)
    taken = {}
    for step, (command, *options) in STEPS.items():
        if step == "rollback elsewhere":
            shutil.rmtree(workspace / ".sparetire")
        typed = [command, "--yes", "--target", target, *options, *texts(workspace, step)]

        def run(step: str = step, typed: list[str] = typed) -> None:
            told = ground.sparetire("--workspace", workspace, "--json", *typed)
            if not json.loads(told)["changed"]:
                sys.exit(f"{step} changed nothing")

        taken[step] = timed(run)[0]
    return taken


def use_folder(workspace: Path) -> None:
    settings = workspace / "sparetire.toml"
    text = settings.read_text(encoding="utf-8")
    table = '\n[targets.folder]\nhost = "directory"\npath = "public"\nurl = "{}"\n'
    settings.write_text(
        text + table.format(f"http://127.0.0.1:{free_port()}"), encoding="utf-8"
    )


def texts(workspace: Path, step: str) -> Iterator[str]:
    """Yield the options that say something, for the steps that do."""
    if step == "launch":
        for name, values in (("title", TITLES), ("keywords", KEYWORDS)):
            yield from (f"--{name}={code}={value}" for code, value in values.items())
        yield from (f"--content={code}={words(code)}" for code in TITLES)
    elif step in {"update", "correct", "update again"}:
        for code, text in (LAST if step == "update again" else MORE).items():
            path = workspace / f"{step.replace(' ', '-')}.{code}.md"
            path.write_text(text, encoding="utf-8")
            yield f"--content={code}={path}"


def show(rounds: list[dict[str, float]]) -> None:
    for step in STEPS:
        print(f"{step:<20}{spread([each[step] for each in rounds])}")
        if beside := BESIDE.get(step):
            ratios = [each[step] / each[beside] for each in rounds]
            print(f"  {f'/ {beside}':<18}{spread(ratios)}")


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--runs", type=int, default=5)
    parser.add_argument("--delay", type=float, default=0, metavar="MILLISECONDS")
    parser.add_argument("--peers", type=Path, default=ROOT / ".venv" / "peers")
    given = parser.parse_args()
    places = {"production": f"S3 at {given.delay:g} ms round trip", "folder": "a folder"}
    with ground_at(given.delay, given.peers) as ground:
        make_workspace(ground, ground.folder / "workspace")
        rounds = [
            {target: live_through(ground, target, number) for target in places}
            for number in range(given.runs + 1)
        ][1:]
    print(machine())
    for target, place in places.items():
        print(f"\n{place}, {len(rounds)} rounds, in seconds")
        show([each[target] for each in rounds])


if __name__ == "__main__":
    main()
