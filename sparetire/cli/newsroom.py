"""``sparetire newsroom``: press releases, from the draft to the public."""

from typing import Annotated

import typer

from sparetire.cli.desk import desk_of
from sparetire.cli.newsroom_import import take_over
from sparetire.cli.newsroom_lint import lint
from sparetire.cli.newsroom_new import new
from sparetire.cli.newsroom_publish import publish
from sparetire.cli.newsroom_schedule import schedule
from sparetire.cli.newsroom_withdraw import withdraw
from sparetire.cli.options import AsJson

__all__ = ["newsroom", "register"]

newsroom = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
"""The group."""
newsroom.command("new")(new)
newsroom.command("lint")(lint)
newsroom.command("publish")(publish)
newsroom.command("withdraw")(withdraw)
newsroom.command("import")(take_over)
newsroom.add_typer(schedule, name="schedule", help="A timer that publishes what is due.")


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(newsroom, name="newsroom", help="Press releases and their feeds.")


@newsroom.command("list")
def list_releases(
    context: typer.Context,
    drafts: Annotated[bool, typer.Option("--drafts", help="Only what is not public.")] = False,
    as_json: AsJson = False,
) -> None:
    """Show every release, what became of it, and what is due next.

    Example: sparetire newsroom list --drafts
    """
    from sparetire import clock
    from sparetire.flows.releases import list_releases
    from sparetire.output.machine import Listing
    from sparetire.output.newsroom import tell_releases

    desk = desk_of(context, as_json=as_json)
    rows = list_releases(desk.session(), clock.now(), drafts=drafts)
    desk.show(Listing("releases", rows), lambda terminal: tell_releases(terminal, rows))
