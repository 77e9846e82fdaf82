"""The words for a share kit."""

from typing import TYPE_CHECKING

from rich.markup import escape

from sparetire.model.sharing import Sheet

if TYPE_CHECKING:
    from sparetire.output.terminal import Terminal

__all__ = ["tell_kit"]


def tell_kit(terminal: "Terminal", sheets: tuple[Sheet, ...], *, dry_run: bool) -> None:
    """Show the files of a kit, and the posts themselves: they are what is needed first."""
    for sheet in sheets:
        if sheet.path.endswith(".txt") and "post." in sheet.path:
            terminal.plain(sheet.text)
    for sheet in sheets:
        terminal.write(f"  [dim]{escape(sheet.path)}[/]")
    verb = "would be written" if dry_run else "are written"
    terminal.write(f"[bold green]{len(sheets)} files {verb}[/]")
