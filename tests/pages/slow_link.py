"""Times when the demo's pages can be read on a bad link: 400 ms, 400 kbit/s, a slow processor.

python -m tests.pages.slow_link [--rounds N]
Ends with 1 when a page's words take a second or more. Measure on a quiet machine.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from statistics import median

from tests.pages.audit import HERE, chromium, served
from tests.pages.sites import demo_site

GOAL_MS = 1000
PAGES = ("", "fr/", "fr/deversement-riviere/", "en/oil-spill-river/", "fr/communiques/")


def taken(url: str, rounds: int) -> list[int]:
    run = ["node", str(HERE / "slow_link.mjs"), chromium(), url, str(rounds)]
    done = subprocess.run(run, stdout=subprocess.PIPE, text=True, check=True)
    return [int(each) for each in json.loads(done.stdout)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--rounds", type=int, default=5)
    rounds: int = parser.parse_args().rounds
    late = 0
    with tempfile.TemporaryDirectory() as folder, served(Path(folder) / "site") as base:
        demo_site(Path(folder), base.rstrip("/"))
        for page in PAGES:
            times = taken(base + page, rounds)
            late += median(times) >= GOAL_MS
            print(f"  {median(times):>5.0f} ms  ({min(times)} to {max(times)})  /{page}")
    print(f"{len(PAGES) - late} of {len(PAGES)} pages can be read within {GOAL_MS} ms")
    sys.exit(1 if late else 0)


if __name__ == "__main__":
    main()
