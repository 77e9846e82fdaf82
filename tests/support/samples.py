"""How much of a long test a run takes: everything, or a share that differs by commit.

``KILL=all`` takes every place, ``KILL=8`` one in eight; without it each test takes a few. Which
ones depends on ``SAMPLE_SEED``: the current commit, unless it is set. The suite prints both, so
that a failure can be repeated.
"""

import os
import subprocess
from collections.abc import Sequence
from math import ceil
from pathlib import Path
from random import Random
from typing import TypeVar

__all__ = ["ALL", "SHARES", "described", "draw", "lots", "repeats", "set_seed"]

KILL = os.environ.get("KILL", "")
ALL = KILL == "all"
SHARES = range(4 if ALL else 1)
"""A test that takes every place is dealt out in shares, so that they run side by side."""

Place = TypeVar("Place")


def set_seed() -> None:
    """Take the commit of the checkout as the seed, unless one is set.

    Worker processes inherit it, so that all of them collect the same tests.
    """
    if "SAMPLE_SEED" not in os.environ:
        asked = ["git", "-C", str(Path(__file__).parent), "rev-parse", "--short=12", "HEAD"]
        try:
            found = subprocess.run(asked, capture_output=True, check=True, text=True).stdout
        except (OSError, subprocess.CalledProcessError):  # a source archive, or no git
            found = "none"
        os.environ["SAMPLE_SEED"] = found.strip()


def described() -> str:
    """Return what a run of the suite takes, as it can be set again."""
    return f"samples: KILL={KILL or 'few'} SAMPLE_SEED={os.environ['SAMPLE_SEED']}"


def draw(
    places: Sequence[Place], few: int, name: str, share: int | None = None
) -> Sequence[Place]:
    """Return the places that this run takes, in their order.

    Args:
        places: All of them.
        few: How many to take at least; exactly so many where ``KILL`` is not set.
        name: Of the test, so that each draws for itself.
        share: Which of ``SHARES`` to return where every place is taken; by default all.
    """
    if ALL:
        return places if share is None else places[share :: len(SHARES)]
    count = min(repeats(few, len(places)), len(places))
    chosen = lots(name).sample(range(len(places)), count)
    return [places[number] for number in sorted(chosen)]


def repeats(few: int, most: int) -> int:
    """Return how often to repeat what is repeated ``most`` times where everything is taken."""
    if ALL:
        return most
    return max(few, ceil(most / int(KILL))) if KILL else few


def lots(name: str) -> Random:
    """Return the random numbers of a test, the same ones for the same seed."""
    return Random(f"{os.environ['SAMPLE_SEED']} {name}")
