"""Options that several commands share, worded once."""

from typing import Annotated

import typer

from sparetire.cli.names import complete_target

__all__ = ["Adopt", "AllowShrink", "AsJson", "DryRun", "Targets", "Yes"]

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show it, send nothing.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask: for scripts.")]
Adopt = Annotated[bool, typer.Option("--adopt", help="Beside others' files.")]
AllowShrink = Annotated[
    bool, typer.Option("--allow-shrink", help="Even if half of the pages go.")
]
Targets = Annotated[
    list[str] | None,
    typer.Option(
        "--target",
        help="Where to; repeat for several. The first is the primary.",
        autocompletion=complete_target,
    ),
]
