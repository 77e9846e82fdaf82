"""``sparetire share``: posts, e-mail, banner and card for something that is public."""

from pathlib import Path
from typing import Annotated

import typer

from sparetire.cli.desk import desk_of
from sparetire.cli.options import AsJson, DryRun

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("share")(share)


def share(
    context: typer.Context,
    name: Annotated[str, typer.Argument(help="An incident or a release that is public.")],
    out: Annotated[
        Path | None, typer.Option(help="Where to; share/NAME in the workspace if left out.")
    ] = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Write what others pass on: a short post, an e-mail, a banner and a card, per language.

    Everything leads to the official page. Nothing is sent.

    Example: sparetire share deversement-riviere
    """
    from sparetire.flows.sharing import share
    from sparetire.output.machine import Listing
    from sparetire.output.sharing import tell_kit

    desk = desk_of(context, as_json=as_json)
    session = desk.session()
    folder = out or session.workspace.root / "share" / Path(name).name
    sheets = share(session, name, folder, dry_run=dry_run)
    desk.show(
        Listing("files", sheets), lambda terminal: tell_kit(terminal, sheets, dry_run=dry_run)
    )
