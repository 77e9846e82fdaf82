"""The words for what the public sees now, and for what it was promised."""

from collections.abc import Iterator
from datetime import timedelta, tzinfo
from typing import TYPE_CHECKING

from rich.markup import escape

from sparetire.clock import local_time
from sparetire.model.outcome import Promise, TargetStatus
from sparetire.output.report_words import span

if TYPE_CHECKING:
    from sparetire.output.terminal import Terminal

__all__ = ["status_lines", "tell_status"]

SOON = 300  # seconds; writing and approving an update takes as long


def tell_status(
    terminal: "Terminal", targets: tuple[TargetStatus, ...], zone: tzinfo, *, afresh: bool
) -> None:
    """Show what the public sees, on a clean screen where it is kept up to date."""
    if afresh:
        terminal.clear()
    for line in status_lines(targets, zone):
        terminal.write(line, wrap=True)


def status_lines(targets: tuple[TargetStatus, ...], zone: tzinfo) -> Iterator[str]:
    """Yield the lines of a status, with rich's marks; every time is in the same zone."""
    for one in targets:
        yield f"[bold]{escape(one.target)}[/bold]  {escape(one.url)}"
        if one.edition:
            since = _when(one.committed, zone)
            yield f"  version {one.edition}, live since {since}: {_seen(one)}"
        else:
            yield f"  {escape(one.seen)}"
        for name, updated in one.incidents.items():
            state = f" ({one.states[name]})" if name in one.states else ""
            yield f"  {escape(name)}{state}, last statement {_when(updated, zone)}"
        for address in one.unfinished:
            yield (
                f"  [red]Not finished: {escape(address)} answers already.[/] "
                "Run the same command again: it finishes the job."
            )
        for promise in one.promises:
            yield f"  {_promised(promise, zone)}"


def _seen(one: TargetStatus) -> str:
    if one.seen != "yes":
        return f"[red]{escape(one.seen)}[/]"
    if one.public:
        return "[green]seen by the public[/]"
    return "[green]served on this machine only[/]"


def _when(instant: str, zone: tzinfo) -> str:
    """Return an instant on the workspace's clock; what is no instant stays as it is."""
    try:
        return local_time(instant, zone)
    except ValueError:
        return escape(instant)


def _promised(promise: Promise, zone: tzinfo) -> str:
    name, due = escape(promise.incident), _when(promise.due, zone)
    if promise.left < 0:
        late = span(timedelta(seconds=-promise.left))
        return f"{name}, next update promised at {due}: [bold red]OVERDUE by {late}[/]"
    colour = "yellow" if promise.left < SOON else "green"
    left = span(timedelta(seconds=promise.left))
    return f"{name}, next update promised at {due}: [{colour}]in {left}[/{colour}]"
