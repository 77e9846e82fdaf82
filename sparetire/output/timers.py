"""The words for timers: what they are made of, and what to type next."""

from typing import TYPE_CHECKING

from rich.markup import escape

from sparetire.newsroom.timers import Paper

if TYPE_CHECKING:
    from sparetire.output.terminal import Terminal

__all__ = ["tell_timer"]


def tell_timer(terminal: "Terminal", papers: tuple[Paper, ...], *, written: bool) -> None:
    """Show the files of a timer: their names once they are written, else their text."""
    for paper in papers:
        if written and paper.path:
            terminal.write(f"[bold green]written[/]  {escape(paper.path)}")
            continue
        if paper.path:
            terminal.write(f"[bold]{escape(paper.path)}[/]")
        terminal.plain(paper.text)
    for paper in papers:
        if paper.then:
            terminal.write(f"Next: {escape(paper.then)}")
