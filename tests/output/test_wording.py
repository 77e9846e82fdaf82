import pytest

from sparetire.hosts.abilities import Abilities
from sparetire.model.manifest import Wave
from sparetire.model.plan import Plan
from sparetire.output.wording import (
    ABILITY_NAMES,
    WAVES,
    plan_in_words,
    seconds,
    size,
)
from tests.support.outcomes import proposal


@pytest.mark.parametrize(
    ("value", "words"), [(0, "0.00 s"), (0.123, "0.12 s"), (1, "1.0 s"), (61.26, "61.3 s")]
)
def test_durations(value: float, words: str) -> None:
    assert seconds(value) == words


@pytest.mark.parametrize(
    ("value", "words"), [(0, "0 bytes"), (999, "999 bytes"), (1_000, "1 kB"), (12_600, "13 kB")]
)
def test_sizes(value: int, words: str) -> None:
    assert size(value) == words


def test_a_plan_is_told_in_one_line() -> None:
    (plan,) = proposal().plans
    words = "2 files to send (3 kB), 1 there already, 1 no longer used"
    assert plan_in_words(plan) == words
    kept = Plan("local", (), kept=1)
    assert plan_in_words(kept) == "nothing to change: 1 files are there already"


def test_every_wave_and_ability_has_its_words() -> None:
    assert set(WAVES) == set(Wave) - {Wave.FEEDS}  # which go with the lists
    assert set(ABILITY_NAMES) <= set(Abilities.__dataclass_fields__)
