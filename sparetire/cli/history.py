"""``sparetire history``: what was done, and when."""

from typing import Annotated

import typer

from sparetire.cli.desk import AsJson, desk_of

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("history")(history)


def history(
    context: typer.Context,
    number: Annotated[int, typer.Option("-n", min=1, help="How many runs.")] = 20,
    as_json: AsJson = False,
) -> None:
    """Show past runs from the ledger, the newest first."""
    from sparetire.flows.history import history  # noqa: PLC0415  slow imports
    from sparetire.output.machine import Listing  # noqa: PLC0415

    desk = desk_of(context, as_json=as_json)
    runs = history(desk.session())[:number]
    desk.show(Listing("runs", runs), lambda terminal: terminal.history(runs))
