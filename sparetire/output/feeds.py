"""The words for what rules see in a feed."""

from typing import TYPE_CHECKING

from sparetire.model.finding import Severity
from sparetire.model.outcome import Linted

if TYPE_CHECKING:
    from sparetire.output.terminal import Terminal

__all__ = ["tell_feed"]

_COLOURS = {Severity.ERROR: "red", Severity.WARNING: "yellow", Severity.INFO: "blue"}


def tell_feed(terminal: "Terminal", result: Linted) -> None:
    """Show what the rules saw, then the verdict."""
    for one in result.findings:
        mark = f"[{_COLOURS[one.severity]}]{one.severity:<7}[/]"
        terminal.block(mark, f"{one.message} {one.remedy}".strip(), one.rule)
    errors = sum(one.severity is Severity.ERROR for one in result.findings)
    if errors:
        terminal.write(f"[bold red]Broken:[/] {errors} to put right.")
    else:
        terminal.write("[bold green]Sound.[/] Readers will understand it.")
