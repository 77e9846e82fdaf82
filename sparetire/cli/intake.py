"""``sparetire import``: from a Word file to words that can be published."""

from pathlib import Path
from typing import Annotated

import typer

from sparetire.cli.desk import desk_of
from sparetire.cli.options import AcceptChanges, AsJson, DryRun

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("import")(take_over_document)


def take_over_document(
    context: typer.Context,
    source: Annotated[
        Path,
        typer.Argument(
            metavar="FILE", help="A .docx, .md, .jpg, .png, .webp, .gif or .heic file."
        ),
    ],
    to: Annotated[
        Path | None, typer.Option(help="The Markdown file to write; else FILE's name.")
    ] = None,
    accept_changes: AcceptChanges = False,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Turn a Word file into clean Markdown, and its photos into clean pictures.

    What nobody should see is not taken over, and you are told what that was. Changes that
    nobody has accepted, comments and hidden text are refused. The file itself stays private.

    Example: sparetire import avis.docx --to avis.fr.md
    """
    from sparetire.flows.takeover import Takeover, take_over
    from sparetire.output.intake import tell_imported

    desk = desk_of(context, as_json=as_json)
    result = take_over(Takeover(source, to, accept_changes, dry_run))
    desk.show(result, lambda terminal: tell_imported(terminal, result))
