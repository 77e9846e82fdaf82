"""``sparetire newsroom import``: moves in with the archive of another newsroom."""

import secrets
from functools import partial
from typing import Annotated

import typer

from sparetire.cli.desk import desk_of
from sparetire.cli.options import AsJson, DryRun

__all__ = ["take_over"]


def take_over(
    context: typer.Context,
    where: Annotated[
        str, typer.Argument(help="A feed, or a folder of pages.", metavar="URL|FILE|FOLDER")
    ],
    language: Annotated[
        str, typer.Option(help="What all of it speaks; the site's first if left out.")
    ] = "",
    category: Annotated[
        str, typer.Option(help="A key of newsroom.categories; left out, their own tags tell.")
    ] = "",
    place: Annotated[
        str, typer.Option(help="Where those are dated from that do not say it themselves.")
    ] = "",
    ready: Annotated[
        bool, typer.Option("--ready", help="Not as drafts: they go public with the next round.")
    ] = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Write a release file for each item of a feed, or each page of a folder.

    Dates are kept; scripts, forms and pictures of others stay behind, and are listed. Import
    one language after the other: what appeared at the same instant, not just on the same day,
    becomes a pair and is listed. Run again, it takes over only what is new.

    Example: sparetire newsroom import https://www.example.com/feed.xml --language en
    """
    from sparetire import clock
    from sparetire.flows.migration import Move, import_archive
    from sparetire.output.archive import tell_archive

    desk = desk_of(context, as_json=as_json)
    session = desk.session()
    settings = session.settings
    move = Move(
        where=where,
        language=language or settings.languages[0].code,
        category=category,
        place=place,
        ready=ready,
        random=partial(secrets.randbits, 128),
        dry_run=dry_run,
    )
    result = import_archive(session, move, clock.now())
    desk.show(result, lambda terminal: tell_archive(terminal, result))
