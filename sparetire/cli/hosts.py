"""``sparetire hosts``: what each kind of host can do."""

import typer

from sparetire.cli.desk import desk_of
from sparetire.cli.options import AsJson

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("hosts")(hosts)


def hosts(context: typer.Context, as_json: AsJson = False) -> None:
    """Show what each kind of host can do, to choose one for a target.

    Example: sparetire hosts --json
    """
    from sparetire.hosts.abilities import ABILITIES
    from sparetire.output.machine import Listing

    desk = desk_of(context, as_json=as_json)
    desk.show(Listing("hosts", ABILITIES), lambda terminal: terminal.hosts(ABILITIES))
