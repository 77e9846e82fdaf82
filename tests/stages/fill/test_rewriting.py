"""What the team wrote itself is told from what its scenario had ready."""

import pytest

from sparetire.stages.fill.known import known_facts
from sparetire.stages.fill.rewriting import rewritten
from sparetire.stages.fill.scenario import fill_scenario, read_facts
from sparetire.workspace.scenarios import Scenario
from tests.support.scenarios import ASKED, SCENARIOS, generated_brief
from tests.support.site import settings

OWN = {
    "fr": "Le maire de la ville tiendra une assemblée demain soir à l’aréna.",
    "en": "The mayor will hold a meeting tomorrow evening at the arena.",
}


def filled(scenario: Scenario, code: str) -> str:
    facts = read_facts(scenario, generated_brief(scenario) | {"next_update": "45m"}, ASKED)
    told = fill_scenario(scenario, known_facts(settings()) | facts, ASKED.languages)
    return told.documents[code].body


@pytest.mark.parametrize("code", ["fr", "en"])
@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda one: one.name)
def test_only_what_was_added_is_called_rewritten(scenario: Scenario, code: str) -> None:
    body = filled(scenario, code)
    assert rewritten(scenario, body, code) == ()
    assert rewritten(scenario, f"{body}\n\n{OWN[code]}\n", code) == (OWN[code],)
