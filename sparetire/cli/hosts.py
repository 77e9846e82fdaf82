"""``sparetire hosts``: what each kind of host can do, and which addresses may have a secret."""

import os
from typing import Annotated

import typer

from sparetire.cli.desk import Desk, desk_of
from sparetire.cli.options import AsJson
from sparetire.errors import UsageFault

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("hosts")(hosts)


def hosts(
    context: typer.Context,
    confirm: Annotated[
        str,
        typer.Option(
            metavar="ADDRESS",
            help="Confirm that this address of the workspace may have its secret.",
        ),
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Show what each kind of host can do, to choose one for a target.

    A new address that would get a secret must be confirmed once: on a terminal you are asked,
    for a timer confirm it before. Example: sparetire hosts --confirm https://s3.boreal.example
    """
    desk = desk_of(context, as_json=as_json)
    if confirm:
        _confirm(desk, confirm.rstrip("/"))
        return
    from sparetire.hosts.abilities import ABILITIES
    from sparetire.output.machine import Listing

    desk.show(Listing("hosts", ABILITIES), lambda terminal: terminal.hosts(ABILITIES))


def _confirm(desk: Desk, address: str) -> None:
    from sparetire.config.load import load_settings
    from sparetire.config.secret_use import confirm, secret_uses
    from sparetire.output.machine import Listing
    from sparetire.workspace.layout import find_workspace

    settings = load_settings(find_workspace(desk.start).root)
    found = [use for _, use in secret_uses(settings, os.environ)]
    uses = [use for use in found if use.address == address]
    if not uses:
        known = ", ".join(sorted({use.address for use in found})) or "none"
        raise UsageFault(
            f"No target sends a secret to {address!r}.",
            why=f"Addresses of this workspace that get one: {known}.",
            then="Set the variable that holds the secret, and name the address as it is shown.",
        )
    confirm(uses)
    told = [f"{use.address} may have {use.secret}." for use in uses]
    desk.show(
        Listing("confirmed", tuple(uses)), lambda terminal: terminal.plain("\n".join(told))
    )
