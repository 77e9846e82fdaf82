"""``sparetire brand``: how the organisation looks, checked, taken over and shown."""

from contextlib import suppress
from pathlib import Path
from threading import Event
from typing import Annotated

import typer

from sparetire.cli.desk import desk_of
from sparetire.cli.options import AsJson
from sparetire.errors import ExitCode

__all__ = ["register"]

brand = typer.Typer(no_args_is_help=True, rich_markup_mode=None)


def register(app: typer.Typer) -> None:
    """Add the commands."""
    app.add_typer(brand, name="brand", help="Logo and colours: check, take over, look.")


@brand.command("check")
def check(
    context: typer.Context,
    sheet: Annotated[
        Path | None, typer.Option(help="Write a page that shows every colour and state.")
    ] = None,
    as_json: AsJson = False,
) -> None:
    """Tell whether logo and colours can be published, and what was changed to be readable.

    Example: sparetire brand check --sheet brand.html
    """
    from sparetire.flows.brand import check_brand, keep_sheet

    desk = desk_of(context, as_json=as_json)
    session = desk.session()
    checked = check_brand(session)
    desk.show(checked, lambda terminal: terminal.checked(checked, "The brand is ready"))
    if not checked.ready:
        raise typer.Exit(ExitCode.CONFIGURATION)
    if sheet is not None:
        desk.terminal.say(f"Open it in a browser: {keep_sheet(session, sheet)}")


@brand.command("import")
def take(
    context: typer.Context,
    source: Annotated[str, typer.Argument(help="Your site's address, or a picture.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show it, write nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Take logo and colours from your own site, or from a picture, into this workspace.

    Example: sparetire brand import https://www.boreal.example
    """
    from sparetire.flows.brand import take_brand
    from sparetire.output.brand import tell_taken

    desk = desk_of(context, as_json=as_json)
    taken = take_brand(desk.session(), source, dry_run=dry_run)
    desk.show(taken, lambda terminal: tell_taken(terminal, taken))


@brand.command("preview")
def preview(context: typer.Context) -> None:
    """Show a crisis page in your own dress, with an imagined situation, until Ctrl-C.

    Example: sparetire brand preview
    """
    from sparetire.flows.brand_preview import preview_brand

    desk = desk_of(context)
    with suppress(KeyboardInterrupt), preview_brand(desk.session()) as url:
        desk.terminal.say(f"Look at {url} (Ctrl-C to stop)")
        Event().wait()
