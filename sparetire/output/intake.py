"""The words for documents that were taken over."""

from shlex import quote
from typing import TYPE_CHECKING

from rich.markup import escape

from sparetire.model.intake import Imported

if TYPE_CHECKING:
    from sparetire.output.terminal import Terminal

__all__ = ["dropped_in_words", "tell_imported"]

_MOST_TOLD = 20


def dropped_in_words(dropped: tuple[str, ...]) -> list[str]:
    """Return what stayed behind in a document, as a person is told."""
    told = [f"Not taken over: {one}" for one in dropped[:_MOST_TOLD]]
    more = len(dropped) - _MOST_TOLD
    return [*told, *([f"… and {more} more."] if more > 0 else [])]


def tell_imported(terminal: "Terminal", result: Imported) -> None:
    """Show what was written, what was not, and what to do with it."""
    verb = "would be written" if result.dry_run else "is written"
    for path in result.files:
        terminal.write(f"[bold green]{escape(path)}[/] {verb}")
    for line in dropped_in_words(result.dropped):
        terminal.write(f"  [yellow]{escape(line)}[/]")
    if result.dry_run and result.text:
        terminal.write(f"\n{escape(result.text)}")
    elif result.text:
        if len(result.files) > 1:
            terminal.write(
                "\nThe text shows the pictures beside it; write between the brackets"
            )
            terminal.write("what each of them shows.")
        terminal.write("\nRead it, correct it, then:")
        terminal.write(f"  sparetire launch --content {escape(quote(result.files[0]))}")
