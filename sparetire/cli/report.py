"""``sparetire report``: an incident's timeline, for afterwards."""

from typing import Annotated

import typer

from sparetire.cli.desk import desk_of

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("report")(report)


def report(
    context: typer.Context,
    incident: Annotated[str, typer.Argument(help="Its address in the first language.")],
) -> None:
    """Print the timeline of an incident.

    Example: sparetire report deversement-diesel > report.md
    """
    from sparetire.flows.report import report

    typer.echo(report(desk_of(context).session(), incident))
