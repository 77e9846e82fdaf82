"""``sparetire pull``: what a colleague has said, brought to this machine."""

import typer

from sparetire.cli.desk import desk_of
from sparetire.cli.names import refuse_unknown_targets
from sparetire.cli.options import AsJson, DryRun, Targets

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("pull")(pull)


def pull(
    context: typer.Context,
    target: Targets = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Bring the live incidents here, to go on from any laptop.

    The settings and the credentials are enough. What this workspace knows better stays.
    """
    from sparetire.flows.pull import pull
    from sparetire.output.handover import pulled_in_words
    from sparetire.output.machine import Listing

    desk = desk_of(context, as_json=as_json)
    session = desk.session()
    targets = tuple(target or session.settings.crisis.targets)
    refuse_unknown_targets(targets, session.settings)
    rows = pull(session, targets, dry_run=dry_run)
    desk.show(Listing("incidents", rows), lambda _terminal: typer.echo(pulled_in_words(rows)))
