"""``sparetire scenario``: the rehearsed kinds of crisis."""

from typing import Annotated

import typer

from sparetire.cli.desk import desk_of
from sparetire.cli.names import complete_scenario
from sparetire.cli.options import AsJson
from sparetire.errors import ExitCode

__all__ = ["register"]

group = typer.Typer(no_args_is_help=True, rich_markup_mode=None)

Name = Annotated[
    str, typer.Argument(metavar="NAME", help="Which.", autocompletion=complete_scenario)
]


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(group, name="scenario", help="The rehearsed kinds of crisis.")


@group.command("list")
def list_scenarios(context: typer.Context, as_json: AsJson = False) -> None:
    """Tell which scenarios there are, and what each is for.

    Example: sparetire scenario list
    """
    from sparetire.flows.scenario import list_scenarios
    from sparetire.output.machine import Listing
    from sparetire.output.scenario_pages import tell_scenarios

    desk = desk_of(context, as_json=as_json)
    session = desk.session()
    rows = list_scenarios(session.workspace, session.settings)
    desk.show(Listing("scenarios", rows), lambda terminal: tell_scenarios(terminal, rows))


@group.command("show")
def show(
    context: typer.Context,
    name: Name,
    lang: Annotated[str, typer.Option(help="In which language.")] = "",
    brief: Annotated[
        bool, typer.Option("--brief", help="Print a brief to fill in, for --brief FILE.")
    ] = False,
) -> None:
    """Show a scenario: its questions, its texts, its clocks and what must not be said.

    Example: sparetire scenario show spill --brief > brief.toml
    """
    from sparetire.flows.scenario import chosen_scenario
    from sparetire.output.scenario_pages import brief_page, scenario_page

    session = desk_of(context).session()
    scenario = chosen_scenario(session.workspace, name)
    codes = [language.code for language in session.settings.languages]
    code = lang.partition("-")[0].lower() or codes[0]
    typer.echo(brief_page(scenario, codes) if brief else scenario_page(scenario, code))


@group.command("lint")
def lint(
    context: typer.Context,
    name: Annotated[
        str,
        typer.Argument(
            metavar="[NAME]", help="Which; all when left out.", autocompletion=complete_scenario
        ),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Look for what would stop a launch: blanks, languages, forbidden words, old texts.

    Example: sparetire scenario lint spill
    """
    from sparetire import clock
    from sparetire.flows.scenario import lint_scenarios
    from sparetire.model.outcome import Linted
    from sparetire.output.scenario_pages import tell_linted

    desk = desk_of(context, as_json=as_json)
    session = desk.session()
    today = clock.now().astimezone(session.settings.zone).date()
    found = Linted(lint_scenarios(session.workspace, session.settings, name, today))
    desk.show(found, lambda terminal: tell_linted(terminal, found))
    if not found.clean:
        raise typer.Exit(ExitCode.CONTENT_REFUSED)
