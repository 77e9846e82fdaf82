"""Scenarios: rehearsed kinds of crisis, from their blanks to the words of a launch."""

from collections.abc import Mapping
from datetime import datetime

from sparetire import resources
from sparetire.config.schema import Settings
from sparetire.stages.fill.answers import Answers
from sparetire.stages.fill.known import known_facts
from sparetire.stages.fill.scenario import fill_scenario, promise_in, read_facts
from sparetire.stages.fill.typed import Asked
from sparetire.workspace.layout import Workspace
from sparetire.workspace.scenarios import Scenario, find_scenario

__all__ = ["asked_of", "chosen_scenario", "tell_scenario"]


def chosen_scenario(workspace: Workspace, name: str) -> Scenario:
    """Return a scenario of the workspace, or the shipped one of that name.

    Raises:
        UsageFault: There is none.
        ConfigurationFault: It is damaged.
    """
    return find_scenario(name, workspace.scenarios, resources.skeletons_folder())


def asked_of(settings: Settings, only: tuple[str, ...] | None, now: datetime) -> Asked:
    """Return what answers are read against: the languages that are to be told, and the time."""
    languages = tuple(each for each in settings.languages if only is None or each.code in only)
    return Asked(languages, settings.zone, now)


def tell_scenario(
    scenario: Scenario, brief: Mapping[str, object], settings: Settings, asked: Asked
) -> Answers:
    """Return what a scenario says with the answers of a brief, as if somebody had written it.

    Raises:
        ContentRefused: A blank is open, an answer is wrong, or a language has no text.
    """
    facts = read_facts(scenario, brief, asked)
    filled = fill_scenario(scenario, known_facts(settings) | facts, asked.languages)
    return Answers(documents=filled.documents, sheets=filled.sheets, promise=promise_in(facts))
