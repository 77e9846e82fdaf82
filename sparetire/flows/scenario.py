"""Scenarios: rehearsed kinds of crisis, from their blanks to the words of a launch."""

from collections.abc import Iterator, Mapping
from datetime import date, datetime
from itertools import groupby
from pathlib import Path
from shlex import quote

from sparetire import clock, resources
from sparetire.config.schema import Settings
from sparetire.errors import ConfigurationFault, SparetireError
from sparetire.flows.session import Session
from sparetire.model.finding import Finding, Severity
from sparetire.model.outcome import ScenarioRow
from sparetire.stages.fill.answers import Answers
from sparetire.stages.fill.known import known_facts
from sparetire.stages.fill.scenario import fill_scenario, promise_in, read_facts
from sparetire.stages.fill.soundness import weigh_scenario
from sparetire.stages.fill.typed import Asked
from sparetire.workspace.layout import Workspace
from sparetire.workspace.scenarios import (
    Scenario,
    find_scenario,
    read_scenario,
    scenario_folders,
)

__all__ = [
    "asked_of",
    "chosen_scenario",
    "lint_scenarios",
    "list_scenarios",
    "look_at_scenarios",
    "tell_scenario",
]


def list_scenarios(workspace: Workspace, settings: Settings) -> tuple[ScenarioRow, ...]:
    """Return every scenario, the organisation's own and the shipped ones."""
    code = settings.languages[0].code
    folders = scenario_folders(workspace.scenarios, resources.skeletons_folder())
    return tuple(_row(folder, code, workspace) for folder in folders.values())


def lint_scenarios(
    workspace: Workspace, settings: Settings, name: str, today: date
) -> tuple[Finding, ...]:
    """Return what is wrong in one scenario, or in all of them when none is named.

    Raises:
        UsageFault: There is no scenario of that name.
        ConfigurationFault: One is damaged.
    """
    folders = scenario_folders(workspace.scenarios, resources.skeletons_folder())
    scenarios = (
        [chosen_scenario(workspace, name)] if name else map(read_scenario, folders.values())
    )
    return tuple(
        finding
        for scenario in scenarios
        for finding in weigh_scenario(scenario, settings.languages, today)
    )


def look_at_scenarios(session: Session) -> Iterator[str | Finding]:
    """Yield what check tells of scenarios.

    A launch with words of one's own works without them: so nothing here is an error.
    """
    settings = session.settings
    today = clock.now().astimezone(settings.zone).date()
    try:
        rows = list_scenarios(session.workspace, settings)
        found = lint_scenarios(session.workspace, settings, "", today)
    except SparetireError as error:
        yield Finding("scenario", Severity.WARNING, "scenarios/", error.what, error.then)
        return
    if not found:
        yield f"{len(rows)} scenarios would fill in every language."
    for name, findings in groupby(found, lambda one: one.place.split("/")[1]):
        first, *more = findings
        told = f"{first.message} And {len(more)} more." if more else first.message
        remedy = f"sparetire scenario lint {quote(name)}"
        yield Finding(first.rule, Severity.WARNING, first.place, told, remedy)


def _row(folder: Path, code: str, workspace: Workspace) -> ScenarioRow:
    adapted = folder.is_relative_to(workspace.scenarios)
    try:
        outline = read_scenario(folder).outline
    except ConfigurationFault as error:
        return ScenarioRow(folder.name, "", "", "", adapted, error.why[0])
    title, about = (text.get(code, "") for text in (outline.name, outline.about))
    return ScenarioRow(folder.name, title, about, str(outline.review_by), adapted)


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
    return Answers(
        documents=filled.documents,
        sheets=filled.sheets,
        promise=promise_in(facts),
        scenario=scenario.name,
        unfilled=tuple(name for name in scenario.outline.blanks if name not in facts),
    )
