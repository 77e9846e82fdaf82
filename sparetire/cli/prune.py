"""``sparetire prune``: takes away what left the site a while ago."""

from typing import Annotated

import typer

from sparetire.cli.desk import desk_of
from sparetire.cli.names import complete_target, refuse_unknown_targets
from sparetire.cli.options import AsJson

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("prune")(prune)


def prune(
    context: typer.Context,
    target: Annotated[
        str, typer.Argument(help="A live target.", autocompletion=complete_target)
    ] = "",
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only say what would go.")] = False,
    many: Annotated[bool, typer.Option("--many", help="Even if they are many.")] = False,
    as_json: AsJson = False,
) -> None:
    """Remove files that left the site long ago.

    That is, more than a day and two editions ago.

    Only files that sparetire put there itself, and that nobody has changed since, can go. In
    a bucket, so does what is kept of editions past the last 30 and 90 days.
    """
    from sparetire.flows.prune import Pruning, prune

    desk = desk_of(context, as_json=as_json)
    session = desk.session()
    name = target or session.settings.crisis.targets[0]
    refuse_unknown_targets((name,), session.settings)
    pruned = prune(session, Pruning(name, dry_run, many))
    desk.show(pruned, lambda terminal: terminal.pruned(pruned))
