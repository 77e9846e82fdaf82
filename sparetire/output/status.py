"""The words for what the public sees now, and for what it was promised."""

from collections.abc import Iterator
from datetime import datetime, timedelta

from rich.markup import escape

from sparetire.model.outcome import Promise, TargetStatus
from sparetire.output.report_words import span

__all__ = ["status_lines"]

SOON = 300  # seconds; writing and approving an update takes as long


def status_lines(targets: tuple[TargetStatus, ...]) -> Iterator[str]:
    """Yield the lines of a status, with rich's marks."""
    for one in targets:
        yield f"[bold]{escape(one.target)}[/bold]  {escape(one.url)}"
        if not one.edition:
            yield f"  {escape(one.seen)}"
            continue
        right = one.seen == "yes"
        seen = "[green]seen by the public[/]" if right else f"[red]{escape(one.seen)}[/]"
        yield f"  edition {one.edition}, live since {one.committed}: {seen}"
        for name, updated in one.incidents.items():
            yield f"  {escape(name)}, last statement {updated}"
        for promise in one.promises:
            yield f"  {_promised(promise)}"


def _promised(promise: Promise) -> str:
    name, due = escape(promise.incident), datetime.fromisoformat(promise.due)
    if promise.left < 0:
        late = span(timedelta(seconds=-promise.left))
        return f"{name}, next update promised at {due:%H:%M}: [bold red]OVERDUE by {late}[/]"
    colour = "yellow" if promise.left < SOON else "green"
    left = span(timedelta(seconds=promise.left))
    return f"{name}, next update promised at {due:%H:%M}: [{colour}]in {left}[/{colour}]"
