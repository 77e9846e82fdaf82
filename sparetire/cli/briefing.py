"""Turns ``--scenario``, ``--brief`` and ``--set`` into the words of a launch."""

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sparetire.cli.desk import Desk
from sparetire.cli.draft import Prompts
from sparetire.cli.prompts import Question, answers_kept
from sparetire.errors import UsageFault

if TYPE_CHECKING:
    from sparetire.flows.session import Session
    from sparetire.stages.fill.answers import Answers

__all__ = ["Briefing", "brief_scenario", "forget_answers", "offered_scenario"]


@dataclass(frozen=True, slots=True)
class Briefing:
    """The options about a scenario, as typed."""

    scenario: str
    answers: list[str]
    brief: Path | None

    @property
    def answered(self) -> bool:
        """Whether answers were given: then only what is needed is asked for."""
        return bool(self.answers or self.brief)


def brief_scenario(
    desk: Desk, briefing: Briefing, session: "Session", only: tuple[str, ...] | None
) -> "Answers | None":
    """Return what the scenario says with the answers given, or None where none was named.

    At a terminal the open blanks are asked for.

    Raises:
        UsageFault: There are answers but no scenario, or no scenario of that name.
        ContentRefused: A blank is open, or an answer is wrong.
    """
    if not briefing.scenario:
        if briefing.answered:
            raise UsageFault(
                "--scenario is missing.",
                why="--set and --brief answer the blanks of a scenario.",
                then="Name it: --scenario NAME; sparetire scenario list tells which there are.",
            )
        return None
    from sparetire import clock
    from sparetire.cli.guide import Guide
    from sparetire.flows.scenario import asked_of, chosen_scenario, tell_scenario
    from sparetire.stages.fill.brief import read_brief, with_answers
    from sparetire.stages.fill.known import known_facts

    scenario = chosen_scenario(session.workspace, briefing.scenario)
    asked = asked_of(session.settings, only, clock.now())
    file = read_brief(briefing.brief) if briefing.brief else {}
    brief = with_answers(file, briefing.answers)
    guide = None
    if desk.interactive:
        path = _kept(session, scenario.name)
        guide = Guide(desk, scenario, asked, known_facts(session.settings), path)
        with answers_kept():
            brief = with_answers({**guide.resumed(brief), **file}, briefing.answers)
            brief = guide.fill(brief, optional=not briefing.answered)
    told = tell_scenario(scenario, brief, session.settings, asked)
    if guide:
        guide.remind()
    return told


def offered_scenario(prompts: Prompts, session: "Session") -> str:
    """Return the scenario that the person chooses, or nothing for a text of their own."""
    from sparetire.flows.scenario import list_scenarios
    from sparetire.output.scenarios import interview_words, show_options

    if not prompts.desk.interactive:
        return ""
    settings = session.settings
    rows = [row for row in list_scenarios(session.workspace, settings) if not row.problem]
    if not prompts.knows("scenario"):
        options = [f"{row.name}: {row.title}" for row in rows]
        show_options(prompts.desk.terminal, options)
    question = interview_words(settings.languages[0].code)["which"]
    known = {"": ""} | {row.name: row.name for row in rows}
    known |= {str(number): row.name for number, row in enumerate(rows, start=1)}

    def read(text: str) -> str:
        if text.casefold() in known:
            return known[text.casefold()]
        message = f"{text!r} is none of the numbers 1 to {len(rows)}"
        raise ValueError(message)

    return prompts.ask(Question("scenario", question, "--scenario", read, kept=False))


def forget_answers(session: "Session", scenario: str) -> None:
    """Let go of the answers that were kept: they are public, and the next crisis is another."""
    from sparetire.disk import local_disk

    path = _kept(session, scenario)
    with local_disk(path):
        path.unlink(missing_ok=True)


def _kept(session: "Session", scenario: str) -> Path:
    return session.workspace.briefs / f"{scenario}.toml"
