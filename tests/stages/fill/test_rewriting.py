"""What the team wrote itself, or left out, is told from what its scenario had ready."""

import pytest

from sparetire.stages.fill.known import known_facts
from sparetire.stages.fill.rewriting import Compared, compare
from sparetire.stages.fill.scenario import fill_scenario, read_facts
from sparetire.workspace.scenarios import STATEMENT, Scenario
from tests.support.scenarios import ASKED, SCENARIOS, generated_brief
from tests.support.site import settings

OWN = {
    "fr": "Le maire de la ville tiendra une assemblée demain soir à l’aréna.",
    "en": "The mayor will hold a meeting tomorrow evening at the arena.",
}
SPILL = next(one for one in SCENARIOS if one.name == "spill")


def filled(scenario: Scenario, code: str) -> dict[str, str]:
    facts = read_facts(scenario, generated_brief(scenario) | {"next_update": "45m"}, ASKED)
    told = fill_scenario(scenario, known_facts(settings()) | facts, ASKED.languages)
    sheets = {name: bodies[code] for name, bodies in told.sheets.items()}
    return {STATEMENT: told.documents[code].body, **sheets}


@pytest.mark.parametrize("code", ["fr", "en"])
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.name)
def test_only_what_was_added_or_left_out_differs(scenario: Scenario, code: str) -> None:
    for part, said in filled(scenario, code).items():
        ready = scenario.text(part, code)
        assert compare(ready, said) == Compared((), ()), part
        assert compare(ready, f"{said}\n\n{OWN[code]}\n") == Compared((OWN[code],), ()), part


def test_an_item_that_was_skipped_is_told_with_its_blank() -> None:
    ready = (
        "1. Stay away from {{ place }} tonight.\n2. If you are worried, call {{ helpline }}."
    )
    said = "1. Stay away from the harbour tonight.\n2. Bring your pets indoors for now."
    assert compare(ready, said) == Compared(
        ("Bring your pets indoors for now.",), ("If you are worried, call {{ helpline }}.",)
    )


def test_a_text_that_nobody_had_ready_is_all_their_own() -> None:
    assert compare("", "## Facts\n\n- One.\n- Two.\n") == Compared(
        ("Facts", "One.", "Two."), ()
    )
