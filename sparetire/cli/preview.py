"""``sparetire preview``: the site of a target, served on this machine."""

from contextlib import suppress
from threading import Event
from typing import Annotated

import typer

from sparetire.cli.desk import desk_of
from sparetire.cli.dry_run import show_draft
from sparetire.cli.names import complete_target

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("preview")(preview)


def preview(
    context: typer.Context,
    target: Annotated[
        str,
        typer.Argument(help="A target on this machine.", autocompletion=complete_target),
    ] = "",
    draft: Annotated[
        bool, typer.Option("--draft", help="What the last dry run would publish.")
    ] = False,
) -> None:
    """Serve a local target, or a draft, until Ctrl-C.

    New editions show on reload.

    Example: sparetire preview local
    """
    from sparetire.flows.preview import preview_target

    desk = desk_of(context)
    session = desk.session()
    if draft:
        show_draft(desk, session, in_browser=False)
        return
    name = target or session.settings.crisis.targets[0]
    with suppress(KeyboardInterrupt), preview_target(session, name) as url:
        desk.terminal.say(f"Serving {name} at {url}/ (Ctrl-C to stop)")
        Event().wait()
