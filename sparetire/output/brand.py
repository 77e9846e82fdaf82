"""The words for the brand, on a terminal."""

from typing import TYPE_CHECKING

from rich.markup import escape

from sparetire.model.brand import Taken

if TYPE_CHECKING:
    from sparetire.output.terminal import Terminal

__all__ = ["tell_taken"]


def tell_taken(terminal: "Terminal", taken: Taken) -> None:
    """Show what was taken over, and what to look at next."""
    verb = "Would take" if taken.dry_run else "Took"
    what = f"the logo {taken.logo}" if taken.logo else "no logo"
    terminal.write(f"[bold green]{verb}[/] {escape(what)} from {escape(taken.source)}")
    for name, value in zip(("brand", "accent"), taken.colours, strict=False):
        terminal.write(f"  [on {value}]    [/]  {name} {value}")
    for note in taken.notes:
        terminal.write(f"  {escape(note)}")
    if not taken.dry_run:
        terminal.write("Look at it: sparetire brand check --sheet brand.html")
