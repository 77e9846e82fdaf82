"""``sparetire drill``: a timed rehearsal that cannot reach anything live."""

from typing import TYPE_CHECKING, Annotated

import typer

from sparetire.cli.approval import EXERCISE, confirmation
from sparetire.cli.briefing import Briefing, brief_scenario
from sparetire.cli.desk import Desk, desk_of
from sparetire.cli.draft import Prompts
from sparetire.cli.early import builder_of
from sparetire.cli.interview import prompts_of
from sparetire.cli.names import complete_scenario
from sparetire.cli.options import AsJson, Yes
from sparetire.cli.prompts import Question
from sparetire.errors import UsageFault
from sparetire.model.scorecard import GOALS, Inject, Step, Task

if TYPE_CHECKING:
    from sparetire.flows.drill import Crew
    from sparetire.flows.session import Session
    from sparetire.model.published import Proposal
    from sparetire.stages.fill.answers import Answers

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("drill")(rehearse)


def rehearse(
    context: typer.Context,
    scenario: Annotated[
        str, typer.Option(help="What to rehearse.", autocompletion=complete_scenario)
    ] = "general",
    inject: Annotated[
        list[Inject] | None,
        typer.Option(metavar="NAME", help="A difficulty; repeat for several."),
    ] = None,
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Show the steps and goals only.")
    ] = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Rehearse a launch, an update and a withdrawal against the clock, on a staging target.

    Every page says EXERCISE in each language, stand-ins on this machine hear the
    announcements, and nothing live can be reached.
    With --yes, texts that are ready are used, and only the machine is timed.

    Difficulties: primary-down, approver-absent, wrong-figure, page-to-withdraw,
    language-late, slow-network.

    Example: sparetire drill --scenario spill --inject wrong-figure --inject primary-down
    """
    from sparetire.flows.drill import Drill, drill, tasks_of
    from sparetire.flows.scenario import chosen_scenario
    from sparetire.output.drill import tell_plan, tell_scorecard
    from sparetire.output.machine import Listing
    from sparetire.output.scorecard_page import scorecard_page
    from sparetire.workspace.drills import keep_page, read_scorecards

    desk = desk_of(context, as_json=as_json)
    session = desk.session()
    injects = tuple(inject or ())
    order = Drill(chosen_scenario(session.workspace, scenario), injects)
    if dry_run:
        steps = tuple(Step(task, GOALS[task]) for task in tasks_of(injects))
        listing = Listing("steps", steps)
        desk.show(listing, lambda terminal: tell_plan(terminal, steps, injects))
        return
    if not (yes or desk.interactive):
        raise UsageFault(
            "--yes is missing.",
            why="There is no terminal on which somebody could rehearse.",
            then="Run it on a terminal, or add --yes.",
        )
    before = read_scorecards(session.workspace)
    card = drill(session, order, _crew(desk, scenario, yes=yes), builder_of(context))
    page = scorecard_page(card, before, session.settings.languages[0].code)
    path = keep_page(session.workspace, card, page)
    desk.show(card, lambda terminal: tell_scorecard(terminal, card, before, path))
    if card.exit_code:
        raise typer.Exit(card.exit_code)


def _crew(desk: Desk, scenario: str, *, yes: bool) -> "Crew":
    """Return who writes and who confirms: the person at the terminal, or texts kept ready."""
    from sparetire.flows.drill import Crew
    from sparetire.output.drill_words import situation

    def words(session: "Session", task: Task, prepared: "Answers") -> "Answers":
        code = session.settings.languages[0].code
        desk.terminal.say(f"\n{situation(task, code)}")
        if yes or task is Task.CLEAR:
            return prepared
        if task is Task.LAUNCH:
            briefing = Briefing(scenario, [], None)
            prompts = prompts_of(desk, session, "drill-launch")
            told = prompts.run(lambda: brief_scenario(desk, briefing, session, None))
            return told or prepared
        prompts = prompts_of(desk, session, f"drill-{task}")
        written = prompts.run(lambda: _written(prompts, prepared))
        prompts.forget()
        return written

    def approve(proposal: "Proposal") -> bool:
        desk.terminal.propose(proposal, asked=not yes)
        if yes:
            return True
        return confirmation(desk, proposal, EXERCISE)

    return Crew(words, approve)


def _written(prompts: Prompts, prepared: "Answers") -> "Answers":
    """Return what the person writes in each language; an empty line takes what is ready."""
    from dataclasses import replace

    documents = {}
    for code, document in prepared.documents.items():
        question = f"Your text in {code} (Enter takes the ready one):"
        text = prompts.ask(Question(f"text.{code}", question, "--yes", str))
        documents[code] = replace(document, body=f"{text}\n") if text else document
    return replace(prepared, documents=documents)
