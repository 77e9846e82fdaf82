"""How a drill is told: on a terminal, and on one page without a script."""

import pytest

from sparetire.model.scorecard import Inject, Score, Scorecard, Task
from sparetire.output.drill import actions, trend
from sparetire.output.drill_words import (
    ACTIONS,
    INJECTS,
    PAGE,
    SITUATIONS,
    TASKS,
    duration,
    situation,
)
from sparetire.output.scorecard_page import scorecard_page


def card(*scores: Score, injects: tuple[Inject, ...] = tuple(Inject)) -> Scorecard:
    return Scorecard("x", "2026-11-24T20:00:00+00:00", "spill", "rehearsal", injects, 2, scores)


LATE = Score(Task.UPDATE, human=200.0, machine=3.0)
FAILED = Score(Task.CORRECT, human=1.0, machine=1.0, failed="<b>no</b> host", exit_code=6)
GOOD = Score(Task.LAUNCH, human=60.0, machine=2.0)


@pytest.mark.parametrize("told", [ACTIONS, INJECTS, PAGE, SITUATIONS, TASKS])
def test_both_languages_say_as_much(told: dict[str, dict[str, str]]) -> None:
    assert set(told["fr"]) == set(told["en"])
    assert all(told["fr"].values())


@pytest.mark.parametrize(
    ("seconds", "told"),
    [(0.4, "0.4 s"), (59.9, "59.9 s"), (120, "2 min"), (870, "14 min 30 s")],
)
def test_durations_are_told_as_people_read_them(seconds: float, told: str) -> None:
    assert duration(seconds) == told


def test_what_failed_was_slow_or_was_never_tried_is_to_be_done() -> None:
    todo = actions(card(GOOD, LATE, FAILED, injects=(Inject.WRONG_FIGURE,)), ())
    assert "3 min 23 s" in todo[0]
    assert "people" in todo[0]
    assert "no</b> host" in todo[1]
    assert "--inject primary-down" in todo[2]
    before = card(GOOD)
    assert len(actions(card(GOOD, injects=()), (before,))) == 0


def test_people_are_compared_with_people_and_machines_with_machines() -> None:
    machine = card(Score(Task.LAUNCH, human=0.0, machine=2.0))
    faster = card(Score(Task.LAUNCH, human=40.0, machine=2.0))
    assert trend(faster, (card(GOOD), machine)) == [
        "first message: 42.0 s, after 1 min 2 s last time"
    ]
    assert trend(faster, (machine,)) == []


@pytest.mark.parametrize("code", ["fr", "en", "de"])
def test_the_page_draws_the_steps_and_escapes_what_failed(code: str) -> None:
    page = scorecard_page(card(GOOD, LATE, FAILED), (card(GOOD),), code)
    words = PAGE.get(code, PAGE["en"])
    assert words["title"] in page
    assert words["missed"] in page
    assert page.count("<svg") == 4
    assert "<b>no" not in page
    assert "&lt;b&gt;no" in page
    assert "<script" not in page
    assert "http" not in page


def test_the_situation_is_told_with_the_time_that_is_left() -> None:
    assert situation(Task.CORRECT, "fr").startswith("EXERCICE · Le chiffre était faux")
    assert situation(Task.LAUNCH, "en").endswith("(15 min)")
    assert situation(Task.LAUNCH, "de").startswith("EXERCISE")
