"""``sparetire check``: is this workspace ready to launch today?"""

import typer

from sparetire.cli.desk import desk_of
from sparetire.cli.options import AsJson
from sparetire.errors import ExitCode

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("check")(check)


def check(context: typer.Context, as_json: AsJson = False) -> None:
    """Tell whether a launch would work today.

    It proves credentials by writing, reading and deleting in each target's private state.
    """
    from sparetire.flows.check import check

    desk = desk_of(context, as_json=as_json)
    checked = check(desk.session())
    desk.show(checked, lambda terminal: terminal.checked(checked))
    if not checked.ready:
        raise typer.Exit(ExitCode.CONFIGURATION)
