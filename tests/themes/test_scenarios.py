"""The shipped scenarios: the same blanks in both languages, words that every gate accepts."""

import re
from collections import Counter
from datetime import date

import pytest

from sparetire.config.scenario import BlankType
from sparetire.errors import ContentRefused
from sparetire.model.finding import Finding
from sparetire.model.incident import Incident
from sparetire.output.scenario_pages import scenario_page
from sparetire.rules.base import Draft
from sparetire.rules.claims import says
from sparetire.stages.fill.answers import Answers
from sparetire.stages.fill.blanks import BLANK
from sparetire.stages.fill.brief import Brief
from sparetire.stages.fill.facts import PARTS, Fact, Link, Worded
from sparetire.stages.fill.incident import fill_incident
from sparetire.stages.fill.known import KNOWN
from sparetire.stages.fill.scenario import fill_scenario, promise_in, read_facts
from sparetire.stages.inspect import inspect_draft
from sparetire.workspace.scenarios import Scenario
from tests.support.scenarios import ASKED, BOTH, NOW, SCENARIOS, generated_brief

CODES = ("fr", "en")
SETTLED: dict[str, Fact] = {
    "organisation": Worded({"fr": "Minéraux Boréal", "en": "Boreal Minerals"}),
    "main_site": Link(dict.fromkeys(CODES, "https://www.boreal.example")),
}

each_scenario = pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.name)
each_language = pytest.mark.parametrize("code", CODES)


def texts(scenario: Scenario, code: str) -> dict[str, str]:
    outline = scenario.outline
    return {
        "title": outline.title[code],
        "keywords": outline.keywords[code],
        **{part: told[code] for part, told in scenario.texts.items() if part != "facts"},
    }


def blanks_in(text: str) -> Counter[str]:
    return Counter(match[1] for match in BLANK.finditer(text))


def incident(scenario: Scenario, brief: Brief) -> Incident:
    facts = SETTLED | read_facts(scenario, brief, ASKED)
    filled = fill_scenario(scenario, facts, BOTH)
    answers = Answers(documents=filled.documents, sheets=filled.sheets)
    return fill_incident(answers, BOTH, NOW)


def findings(scenario: Scenario, brief: Brief) -> list[Finding]:
    draft = Draft(incident(scenario, brief), CODES, None, {code: code for code in CODES})
    return list(inspect_draft(draft))


def test_every_kind_of_crisis_has_its_scenario() -> None:
    assert {one.name for one in SCENARIOS} == {
        *("accident", "breach", "closure", "general", "misconduct", "outage", "recall"),
        *("rumour", "spill", "threat", "transport", "weather", "workplace"),
    }


@each_scenario
def test_both_languages_have_the_same_blanks(scenario: Scenario) -> None:
    french, english = texts(scenario, "fr"), texts(scenario, "en")
    assert {part: blanks_in(text) for part, text in french.items()} == {
        part: blanks_in(text) for part, text in english.items()
    }


@each_scenario
def test_both_languages_have_the_same_shape(scenario: Scenario) -> None:
    shapes = [
        re.findall(
            r"^(#+|-|\d+\.|>) ?", "\n".join(texts(scenario, code).values()), re.MULTILINE
        )
        for code in CODES
    ]
    assert shapes[0] == shapes[1]


@each_scenario
@each_language
def test_every_blank_is_known_and_every_one_is_used(scenario: Scenario, code: str) -> None:
    told = "\n".join(texts(scenario, code).values())
    used = set(blanks_in(told))
    assert used - KNOWN == set(scenario.outline.blanks) - {"next_update"} | (
        used & {"next_update"}
    )
    assert "next_update" in used
    assert {match[2] for match in BLANK.finditer(told) if match[2]} <= PARTS


@each_scenario
@each_language
def test_title_and_first_paragraph_stand_on_required_blanks(
    scenario: Scenario, code: str
) -> None:
    first = scenario.text("statement", code).split("\n\n")[0]
    needed = {name for name, blank in scenario.outline.blanks.items() if blank.required}
    assert set(blanks_in(scenario.outline.title[code] + first)) <= needed | KNOWN


@each_scenario
@pytest.mark.parametrize("optional", [True, False])
@pytest.mark.parametrize("choice", [0, 1])
def test_a_generated_brief_passes_every_gate(
    scenario: Scenario, *, optional: bool, choice: int
) -> None:
    assert findings(scenario, generated_brief(scenario, optional=optional, choice=choice)) == []


@each_scenario
def test_a_missing_required_blank_is_named(scenario: Scenario) -> None:
    whole = generated_brief(scenario)
    for name, blank in scenario.outline.blanks.items():
        brief = {each: answer for each, answer in whole.items() if each != name}
        if not blank.required:
            assert read_facts(scenario, brief, ASKED)
            continue
        with pytest.raises(ContentRefused) as refused:
            read_facts(scenario, brief, ASKED)
        assert refused.value.why == (f"The blank {name} has no answer.",)
        assert f"--set {name}" in refused.value.then


@each_scenario
def test_a_promise_is_made(scenario: Scenario) -> None:
    promise = promise_in(read_facts(scenario, generated_brief(scenario), ASKED))
    assert promise is not None
    assert promise > NOW


@each_scenario
@each_language
def test_a_scenario_says_nothing_that_it_forbids(scenario: Scenario, code: str) -> None:
    forbidden = scenario.outline.forbidden[code]
    told = incident(scenario, generated_brief(scenario))
    words = told.statements[0].words[code]
    said = [words.title, words.body, *(sheet.body[code] for sheet in told.sheets.values())]
    assert len(forbidden) >= 8
    assert [each for each in forbidden if says(" ".join(said), each)] == []


@each_scenario
@each_language
def test_every_part_is_worded_in_both_languages(scenario: Scenario, code: str) -> None:
    outline = scenario.outline
    assert outline.name[code]
    assert outline.about[code]
    assert len(outline.cautions["fr"]) == len(outline.cautions["en"]) >= 3
    assert len(outline.forbidden["fr"]) == len(outline.forbidden["en"])
    assert scenario.text("questions", code).count("### ") >= 3
    for clock in outline.clocks:
        assert clock.duty[code]
        assert clock.within[code]
        assert isinstance(clock.source, dict)
        assert clock.source[code]
        unchecked = {"fr": "À vérifier par vos juristes.", "en": "To be checked by counsel."}
        shown = " ".join(scenario_page(scenario, code).split())
        told = " ".join(clock.told(code).split())
        assert (f"{told} {unchecked[code]}" in shown) is not clock.confirmed
    for blank in outline.blanks.values():
        assert blank.ask[code]
        assert blank.options or blank.example_in(code)
        assert all(option[code] for option in blank.options.values())


@each_scenario
def test_words_of_one_language_are_not_those_of_the_other(scenario: Scenario) -> None:
    for blank in scenario.outline.blanks.values():
        assert blank.ask["fr"] != blank.ask["en"]
        if blank.type is BlankType.TEXT:
            assert isinstance(blank.example, dict)


@each_scenario
def test_french_is_typeset_as_in_quebec(scenario: Scenario) -> None:
    outline = scenario.outline
    said = [*texts(scenario, "fr").values(), outline.name["fr"], outline.about["fr"]]
    said += [clock.duty["fr"] for clock in outline.clocks]
    said += [blank.ask["fr"] for blank in outline.blanks.values()]
    said += [*outline.cautions["fr"], *outline.forbidden["fr"]]
    wrong = re.compile(r"[ ][:»%]|[\s\u00a0][;!?]|« |['\"]|\d [hH] |—\w")
    assert [text for text in said if wrong.search(text)] == []


@each_scenario
@each_language
def test_a_text_is_reviewed_and_not_too_long(scenario: Scenario, code: str) -> None:
    assert scenario.outline.review_by >= date(2027, 1, 1)
    assert 60 <= len(scenario.text("statement", code).split()) <= 330
