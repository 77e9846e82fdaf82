"""``sparetire rollback``: back to a version that was live before."""

from typing import Annotated

import typer

from sparetire.cli.approval import approval
from sparetire.cli.desk import desk_of
from sparetire.cli.names import refuse_unknown_targets
from sparetire.cli.options import AsJson, DryRun, Targets, Yes

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("rollback")(rollback)


def rollback(
    context: typer.Context,
    edition: Annotated[
        str, typer.Argument(help="The first letters of its name; left out: the one before.")
    ] = "",
    target: Targets = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    as_json: AsJson = False,
) -> None:
    """Publish an older version, byte for byte.

    The plan names the version and what disappears with it; sparetire history shows them all.
    The host keeps what is needed: a workspace with the settings is enough.
    """
    from sparetire.flows.rollback import Rollback, rollback

    desk = desk_of(context, as_json=as_json)
    session = desk.session()
    targets = tuple(target or session.settings.crisis.targets)
    refuse_unknown_targets(targets, session.settings)
    request = Rollback(edition, targets, dry_run)
    done = rollback(session, request, approve=approval(desk, yes=yes))
    desk.show(done, lambda terminal: terminal.published(done))
