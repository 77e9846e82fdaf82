"""``sparetire status``: what the public sees now."""

import time
from contextlib import suppress
from typing import Annotated

import typer

from sparetire.cli.desk import desk_of
from sparetire.cli.names import complete_target, refuse_unknown_targets
from sparetire.cli.options import AsJson
from sparetire.errors import UsageFault

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
    watch: Annotated[
        bool, typer.Option("--watch", help="Keep it on screen until Ctrl-C.")
    ] = False,
    every: Annotated[int, typer.Option(help="With --watch: the seconds between.", min=1)] = 15,
    as_json: AsJson = False,
) -> None:
    """Show what the public sees now, and when the next update is due.

    Example: sparetire status --watch
    """
    from sparetire.flows.status import status
    from sparetire.output.machine import Listing
    from sparetire.output.status import tell_status

    desk = desk_of(context, as_json=as_json)
    session = desk.session()
    names = tuple(target or session.settings.targets)
    refuse_unknown_targets(names, session.settings)
    if watch and desk.as_json:
        raise UsageFault(
            "--watch and --json were both given.",
            why="A program reads one JSON object, not one after the other.",
            then="Leave one of them out.",
        )
    seen = status(session, names)
    zone = session.settings.zone
    listing = Listing("targets", seen)
    desk.show(listing, lambda terminal: tell_status(terminal, seen, zone, afresh=watch))
    with suppress(KeyboardInterrupt):  # that is how it ends
        while watch:
            time.sleep(every)
            seen = status(desk.session(), names)
            tell_status(desk.terminal, seen, zone, afresh=True)
