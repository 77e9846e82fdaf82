"""``sparetire prepare``: the standing pages in place, before anything happens."""

import typer

from sparetire.cli.approval import approval
from sparetire.cli.desk import desk_of
from sparetire.cli.early import builder_of
from sparetire.cli.names import refuse_unknown_targets
from sparetire.cli.options import Adopt, AllowShrink, AsJson, DryRun, Targets, Yes

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("prepare")(prepare)


def prepare(
    context: typer.Context,
    target: Targets = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    adopt: Adopt = False,
    allow_shrink: AllowShrink = False,
    as_json: AsJson = False,
) -> None:
    """Put the standing pages in place.

    They are hidden from search engines until the first launch.

    Nothing about any crisis is sent. Run it again after a change of brand or contacts.
    """
    from sparetire.flows.order import Allowed
    from sparetire.flows.prepare import Preparation, prepare

    desk = desk_of(context, as_json=as_json)
    session = desk.session()
    targets = tuple(target or session.settings.crisis.targets)
    refuse_unknown_targets(targets, session.settings)
    request = Preparation(targets, dry_run, Allowed(shrink=allow_shrink, adopt=adopt))
    approve = approval(desk, yes=yes)
    done = prepare(session, request, approve=approve, builder=builder_of(context))
    desk.show(done, lambda terminal: terminal.published(done))
