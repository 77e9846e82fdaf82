"""A scenario is weighed in peace time: what would stop a launch is told, with its place."""

from dataclasses import replace
from datetime import date

import pytest

from sparetire.model.finding import Finding, Severity
from sparetire.stages.fill.soundness import weigh_scenario
from sparetire.workspace.scenarios import Scenario
from tests.support.scenarios import BOTH, SCENARIOS

TODAY = date(2026, 11, 24)
SPILL = next(one for one in SCENARIOS if one.name == "spill")


def weigh(scenario: Scenario) -> list[Finding]:
    return list(weigh_scenario(scenario, BOTH, TODAY))


def spoilt(part: str, **texts: str) -> Scenario:
    return replace(SPILL, texts=SPILL.texts | {part: SPILL.texts[part] | texts})


def rules(scenario: Scenario) -> set[tuple[str, str]]:
    return {(one.rule, one.place) for one in weigh(scenario)}


def test_what_ships_is_sound() -> None:
    assert [finding for one in SCENARIOS for finding in weigh(one)] == []


@pytest.mark.parametrize("code", ["fr", "en"])
@pytest.mark.parametrize(
    ("rule", "more"),
    [
        ("blank-unknown", "{{ nobody }}"),
        ("blank-unknown", "{{ town.colour }}"),
        ("blank-malformed", "{{ Town }}"),
        ("blank-malformed", "{{ town }"),
        ("blank-malformed", "{{}}"),
    ],
)
def test_a_blank_that_nothing_fills_is_an_error(code: str, rule: str, more: str) -> None:
    text = f"{SPILL.text('advice', code)}\n\n{more}"
    assert (rule, f"scenarios/spill/{code}/advice") in rules(spoilt("advice", **{code: text}))


def test_languages_with_other_facts_are_an_error() -> None:
    text = SPILL.text("statement", "en").replace("{{ volume }}", "some")
    (finding,) = weigh(spoilt("statement", en=text))
    assert (finding.rule, finding.severity) == ("blank-unequal", Severity.ERROR)
    assert "volume" in finding.message


def test_a_missing_language_is_an_error() -> None:
    assert ("scenario-gap", "scenarios/spill/en") in rules(spoilt("statement", en=""))


@pytest.mark.parametrize(
    ("code", "said"), [("fr", "C’est une ERREUR humaine."), ("en", "Human error, no doubt.")]
)
def test_its_own_forbidden_words_are_an_error(code: str, said: str) -> None:
    text = f"{SPILL.text('questions', code)}\n{said}"
    found = rules(spoilt("questions", **{code: text}))
    assert found == {("scenario-forbidden", f"scenarios/spill/{code}/questions")}


def test_a_word_inside_another_is_not_forbidden() -> None:
    assert weigh(spoilt("questions", en=f"{SPILL.text('questions', 'en')}\nSabotages.")) == []


def test_a_first_paragraph_never_hangs_on_an_optional_answer() -> None:
    texts = {code: f"{{{{ volume }}}} {SPILL.text('statement', code)}" for code in ("fr", "en")}
    assert {rule for rule, _ in rules(spoilt("statement", **texts))} == {"blank-optional"}


def test_an_old_text_and_an_unused_blank_are_warnings() -> None:
    texts = {code: SPILL.text("statement", code) for code in ("fr", "en")}
    texts = {
        code: "\n".join(line for line in text.split("\n") if "file_number" not in line)
        for code, text in texts.items()
    }
    old = spoilt("statement", **texts)
    old = replace(old, outline=old.outline.model_copy(update={"review_by": date(2026, 1, 1)}))
    assert {(one.rule, one.severity) for one in weigh(old)} == {
        ("scenario-stale", Severity.WARNING),
        ("blank-unused", Severity.WARNING),
    }
