"""The words for past runs, and for the proof that their record is as it was written."""

from datetime import tzinfo
from typing import TYPE_CHECKING

from rich.markup import escape

from sparetire.clock import local_time
from sparetire.model.outcome import Run, RunHistory
from sparetire.output.wording import seconds

if TYPE_CHECKING:
    from sparetire.output.terminal import Terminal

__all__ = ["tell_history"]


def tell_history(terminal: "Terminal", history: RunHistory, zone: tzinfo) -> None:
    """Show past runs, the newest first, each with the version that it made live."""
    if not history.runs:
        terminal.write("No run has been recorded in this workspace.")
    for run in history.runs:
        terminal.write(_line(run, zone), wrap=True)
        terminal.write(f"    {escape(run.purpose)}", wrap=True)
    if history.verified is not None:
        lines = "line" if history.verified == 1 else "lines"
        terminal.write(
            f"[bold green]The record is as it was written:[/] {history.verified} {lines}, "
            "none changed, moved or taken out.",
            wrap=True,
        )


def _line(run: Run, zone: tzinfo) -> str:
    taken = "" if run.seconds is None else f" after {seconds(run.seconds)}"
    colour = "green" if run.outcome == "verified" else "yellow"
    version = f"  version {run.edition}" if run.edition else ""
    at = local_time(run.at, zone)
    outcome = f"[{colour}]{escape(run.outcome)}{taken}[/{colour}]"
    return f"{at}  {escape(run.target)}{version}  {outcome}"
