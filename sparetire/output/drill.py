"""The words for drills, on a terminal."""

from typing import TYPE_CHECKING

from rich.markup import escape

from sparetire.model.scorecard import Inject, Score, Scorecard, Step, Task
from sparetire.output.drill_words import ACTIONS, INJECTS, TASKS, duration

if TYPE_CHECKING:
    from sparetire.output.terminal import Terminal

__all__ = ["actions", "tell_plan", "tell_scorecard"]

_TASKS, _INJECTS = TASKS["en"], INJECTS["en"]
_WIDEST = max(map(len, _TASKS.values()))


def tell_plan(
    terminal: "Terminal", steps: tuple[Step, ...], injects: tuple[Inject, ...]
) -> None:
    """Show what a drill would ask of the team."""
    terminal.write("[bold]EXERCISE[/] · what this drill would ask, and within which time")
    for step in steps:
        terminal.write(f"  {_TASKS[step.task]:<{_WIDEST}}  {duration(step.goal)}")
    for inject in injects:
        terminal.write(f"  [yellow]in your way:[/] {_INJECTS[inject]}")
    terminal.write("\nNothing was published. Without --dry-run it begins.")


def tell_scorecard(
    terminal: "Terminal", card: Scorecard, before: tuple[Scorecard, ...], page: str
) -> None:
    """Show how a drill went, against its goals and the drills before it."""
    verdict = (
        "[bold green]every goal met" if card.reached else "[bold yellow]not every goal met"
    )
    terminal.write(
        f"[bold]EXERCISE[/] · {escape(card.scenario)} on {escape(card.target)}: {verdict}[/]"
    )
    for inject in card.injects:
        terminal.write(f"  [dim]in the way: {_INJECTS[inject]}[/]")
    terminal.write(f"\n  {'':<{_WIDEST}}  {'people':>8} {'machine':>8} {'goal':>8}")
    for score in card.scores:
        terminal.write(_row(score))
    terminal.write(
        f"\n  Announcements: {card.heard} heard by stand-ins on this machine; none left it "
        f"({card.receivers} real receivers)."
    )
    for line in trend(card, before):
        terminal.write(f"  {line}")
    if found := actions(card, before):
        terminal.write("\n  [bold]To do before the next drill[/]")
        for action in found:
            terminal.write(f"  · {escape(action)}")
    terminal.write(f"\n  Scorecard: {escape(page)}")


def trend(card: Scorecard, before: tuple[Scorecard, ...]) -> list[str]:
    """Return how the steps have changed since the last drill of this kind that had them."""
    lines = []
    for task in (Task.LAUNCH, Task.UPDATE, Task.WITHDRAW):
        now = card.seconds(task)
        alike = [each for each in before if each.staffed == card.staffed]
        past = [one for each in alike if (one := each.seconds(task)) is not None]
        if now is not None and past:
            lines.append(
                f"{_TASKS[task]}: {duration(now)}, after {duration(past[-1])} last time"
            )
    return lines


def actions(card: Scorecard, before: tuple[Scorecard, ...], code: str = "en") -> list[str]:
    """Return what to improve: what failed, what was slow, what was never rehearsed."""
    words, tasks = ACTIONS[code], TASKS[code]
    found = []
    for score in card.scores:
        if score.failed:
            found.append(words["failed"].format(tasks[score.task], score.failed))
        elif not score.reached:
            who = words["people"] if score.human > score.machine else words["machine"]
            found.append(words["slow"].format(tasks[score.task], duration(score.total), who))
    met = {inject for each in (*before, card) for inject in each.injects}
    missing = next((inject for inject in Inject if inject not in met), None)
    if missing:
        found.append(words["never"].format(INJECTS[code][missing], missing))
    return found


def _row(score: Score) -> str:
    mark = (
        "[green]met[/]"
        if score.reached
        else "[red]failed[/]"
        if score.failed
        else "[yellow]late[/]"
    )
    return (
        f"  {_TASKS[score.task]:<{_WIDEST}}  {duration(score.human):>8} "
        f"{duration(score.machine):>8} {duration(score.goal):>8}  {mark}"
    )
