"""Options that several commands share, worded once."""

from dataclasses import dataclass
from pathlib import Path
from typing import Annotated

import typer

from sparetire.cli.names import complete_target

__all__ = [
    "AcceptChanges",
    "Adopt",
    "AllowShrink",
    "AsJson",
    "BreakGlass",
    "Content",
    "DryRun",
    "Meant",
    "Next",
    "Only",
    "Publishing",
    "Slugs",
    "Targets",
    "Titles",
    "Wording",
    "Words",
    "Yes",
]

AsJson = Annotated[bool, typer.Option("--json", help="Print one JSON object.")]
DryRun = Annotated[bool, typer.Option("--dry-run", help="Show it, send nothing.")]
Yes = Annotated[bool, typer.Option("--yes", "-y", help="Do not ask: for scripts.")]
Adopt = Annotated[bool, typer.Option("--adopt", help="Beside others' files.")]
BreakGlass = Annotated[
    str, typer.Option("--break-glass", help="Publish unsigned, and say why: it is recorded.")
]
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
Meant = Annotated[
    str, typer.Argument(help="The incident; left out: the only one that is open.")
]
Content = Annotated[
    list[str] | None,
    typer.Option(
        "--content",
        help="A Markdown or Word file, a folder with fr.md and en.md, or -; LANG=… too.",
    ),
]
Titles = Annotated[
    list[str] | None, typer.Option("--title", help="The headline; LANG=… for each.")
]
AcceptChanges = Annotated[
    bool,
    typer.Option(
        "--accept-changes",
        help="Take a Word file's tracked changes; drop its comments and hidden text.",
    ),
]
Words = Annotated[
    list[str] | None,
    typer.Option("--keywords", help="For a language that speaks for the first time."),
]
Slugs = Annotated[
    list[str] | None, typer.Option("--slug", help="The address, if not the keywords.")
]
Only = Annotated[
    str, typer.Option("--only", help="Languages that are enough; the page declares the gap.")
]
Next = Annotated[str, typer.Option("--next", help="When the next one comes: 30m, 2h, 15:30.")]


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of a statement, as typed."""

    content: Content = None
    title: Titles = None
    only: Only = ""
    accept_changes: AcceptChanges = False


@dataclass(frozen=True, slots=True)
class Publishing:
    """Where to publish, who is asked, and what is done although it is usually a mistake."""

    target: Targets = None
    dry_run: DryRun = False
    open: Annotated[
        bool, typer.Option("--open", help="With --dry-run: show the page in a browser.")
    ] = False
    draft_file: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE",
            help="With --dry-run: write the page, watermarked, for those who approve it.",
        ),
    ] = None
    yes: Yes = False
    adopt: Adopt = False
    break_glass: BreakGlass = ""
    as_json: AsJson = False
