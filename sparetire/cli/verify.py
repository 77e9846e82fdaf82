"""``sparetire verify``: is this what we published, and who signed it."""

from typing import Annotated

import typer

from sparetire.cli.desk import desk_of
from sparetire.cli.options import AsJson

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("verify")(verify)


def verify(
    context: typer.Context,
    name: Annotated[
        str, typer.Argument(help="A target, or an incident; left out: the primary target.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Read a whole live site from outside, or check an incident's signatures.

    Examples:
    sparetire verify production
    sparetire verify panne-electricite
    """
    from sparetire.flows.verifying import signatures, verify_site
    from sparetire.output.approvals import signatures_in_words, signatures_json
    from sparetire.output.machine import Listing

    desk = desk_of(context, as_json=as_json)
    session = desk.session()
    name = name or session.settings.crisis.targets[0]
    if name in session.settings.targets:
        seen = verify_site(session, name)
        told = f"{seen.target}: all {seen.files} files of edition {seen.edition} are right."
        if seen.left:
            told += f" {len(seen.left)} files of earlier versions can still be read."
        desk.show(Listing("sites", (seen,)), lambda _terminal: typer.echo(told))
        return
    found = signatures(session, name)
    rows = [(one.approval, one.wrong) for one in found]
    typer.echo(signatures_json(rows) if desk.as_json else signatures_in_words(rows))
