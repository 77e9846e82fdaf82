"""``sparetire status``: what the public sees now."""

from typing import Annotated

import typer

from sparetire.cli.desk import desk_of
from sparetire.cli.names import complete_target, refuse_unknown_targets
from sparetire.cli.options import AsJson

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("status")(status)


def status(
    context: typer.Context,
    target: Annotated[
        list[str] | None,
        typer.Argument(
            help="Live targets; all of them when left out.", autocompletion=complete_target
        ),
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Show what the public sees now."""
    from sparetire.flows.status import status
    from sparetire.output.machine import Listing

    desk = desk_of(context, as_json=as_json)
    session = desk.session()
    names = tuple(target or session.settings.targets)
    refuse_unknown_targets(names, session.settings)
    seen = status(session, names)
    desk.show(Listing("targets", seen), lambda terminal: terminal.status(seen))
