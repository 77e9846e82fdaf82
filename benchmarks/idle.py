"""Measures a timer's look at a large archive in which nothing is due.

python benchmarks/idle.py [--releases 10000]
Prints a JSON object: processor seconds of the first look, which opens every release, and of the
next ones, which open none.
"""

import argparse
import json
import os
import subprocess
import sys
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from sparetire import clock
from sparetire.workspace.layout import Workspace
from sparetire.workspace.rounds import Round, note_round
from tests.support.archive import publish_archive
from tests.support.command import new_team

LOOKS = 4


def look(folder: Path) -> float:
    """Return the processor seconds of one look, children and start of the program included."""
    before = os.times()
    command = [str(Path(sys.executable).with_name("sparetire")), "-w", str(folder)]
    done = subprocess.run(
        [*command, "newsroom", "publish", "--json"], capture_output=True, check=True
    )
    if json.loads(done.stdout)["changed"]:
        message = "Something was due: this is no idle look."
        raise RuntimeError(message)
    after = os.times()
    return (
        after.children_user
        + after.children_system
        - (before.children_user + before.children_system)
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--releases", type=int, default=10_000)
    count = parser.parse_args().releases
    with TemporaryDirectory() as folder:
        team = new_team(Path(folder) / "boreal")
        publish_archive(team.folder, count, "local")
        note_round(Workspace(team.folder).rounds, Round(clock.now(), whole=True))
        time.sleep(3)  # files are known by their times once they were left alone for a while
        looks = [look(team.folder) for _ in range(LOOKS)]
    told = {
        "releases": count,
        "first_look": round(looks[0], 2),
        "idle_looks": [round(one, 2) for one in looks[1:]],
    }
    json.dump(told, sys.stdout, indent=1)
    sys.stdout.write("\n")


if __name__ == "__main__":
    main()
