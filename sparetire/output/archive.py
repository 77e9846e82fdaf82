"""The words for an archive that was taken over."""

from typing import TYPE_CHECKING

from rich.markup import escape

from sparetire.model.intake import Imported

if TYPE_CHECKING:
    from sparetire.output.terminal import Terminal

__all__ = ["tell_archive"]


def tell_archive(terminal: "Terminal", result: Imported) -> None:
    """Show what was written and what stayed behind, then what to type next."""
    for each in result.dropped:
        terminal.write(f"[dim]{escape(each)}[/]")
    for pair in result.pairs:
        terminal.write(f"Taken for one release: {escape(pair)}")
    for path in result.files:
        terminal.write(f"  {escape(path)}")
    verb = "would be written" if result.dry_run else "are written"
    terminal.write(f"[bold green]{len(result.files)} releases {verb}[/]")
    if result.files and not result.dry_run:
        terminal.write("Next: sparetire newsroom lint")
