"""Turns ``--scenario``, ``--brief`` and ``--set`` into the words of a launch."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sparetire.errors import UsageFault

if TYPE_CHECKING:
    from sparetire.flows.session import Session
    from sparetire.stages.fill.answers import Answers

__all__ = ["Briefing", "brief_scenario"]


@dataclass(frozen=True, slots=True)
class Briefing:
    """The options about a scenario, as typed."""

    scenario: str
    answers: list[str]
    brief: Path | None


def brief_scenario(
    briefing: Briefing, session: "Session", only: tuple[str, ...] | None
) -> "Answers | None":
    """Return what the scenario says with the answers given, or None where none was named.

    Raises:
        UsageFault: There are answers but no scenario, or no scenario of that name.
        ContentRefused: A blank is open, or an answer is wrong.
    """
    from sparetire import clock
    from sparetire.flows.scenario import asked_of, chosen_scenario, tell_scenario
    from sparetire.stages.fill.brief import read_brief, with_answers

    if not briefing.scenario:
        if briefing.answers or briefing.brief:
            raise UsageFault(
                "--scenario is missing.",
                why="--set and --brief answer the blanks of a scenario.",
                then="Name it: --scenario NAME; sparetire scenario list tells which there are.",
            )
        return None
    scenario = chosen_scenario(session.workspace, briefing.scenario)
    brief = with_answers(read_brief(briefing.brief) if briefing.brief else {}, briefing.answers)
    settings = session.settings
    return tell_scenario(scenario, brief, settings, asked_of(settings, only, clock.now()))
