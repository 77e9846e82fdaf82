"""``sparetire feed``: looks at feeds, ours or anybody's."""

from typing import Annotated

import typer

from sparetire.cli.desk import desk_of
from sparetire.cli.options import AsJson
from sparetire.errors import ExitCode

__all__ = ["register"]

feed = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(feed, name="feed", help="Look at any RSS, Atom or JSON feed.")


@feed.callback()
def group() -> None:
    """Look at any RSS, Atom or JSON feed, ours or not."""


@feed.command("check")
def check(
    context: typer.Context,
    where: Annotated[str, typer.Argument(help="A web address or a file.", metavar="URL|FILE")],
    address: Annotated[
        str, typer.Option(help="Where the file is served, to check that too.")
    ] = "",
    as_json: AsJson = False,
) -> None:
    """Look at a feed with every rule: its format, dates, ids, languages and links.

    No workspace is needed. Feeds with an error end with exit code 3.

    Example: sparetire feed check https://www.example.com/feed.xml
    """
    from sparetire.flows.feed_check import check_feed
    from sparetire.output.feeds import tell_feed

    desk = desk_of(context, as_json=as_json)
    result = check_feed(where, address)
    desk.show(result, lambda terminal: tell_feed(terminal, result))
    if not result.clean:
        raise typer.Exit(ExitCode.CONTENT_REFUSED)
