"""``sparetire newsroom schedule``: a timer that publishes what is due."""

import sys
from typing import Annotated

import typer

from sparetire.cli.desk import desk_of
from sparetire.cli.options import AsJson, DryRun

__all__ = ["schedule"]

schedule = typer.Typer(no_args_is_help=True, rich_markup_mode=None)
"""The group."""

_USUAL = {"linux": "systemd", "darwin": "launchd"}
Kind = Annotated[
    str, typer.Option(help="systemd, cron, launchd or github; this machine's if left out.")
]
Every = Annotated[int, typer.Option(help="Minutes between two rounds.")]
At = Annotated[
    list[str] | None,
    typer.Option(help="Ask at this time of your day too, such as 09:00; repeat for several."),
]


@schedule.command("show")
def show(
    context: typer.Context,
    kind: Kind = "",
    every: Every = 5,
    at: At = None,
    as_json: AsJson = False,
) -> None:
    """Print the timer, and write nothing.

    Example: sparetire newsroom schedule show --kind cron --at 09:00
    """
    _timer(context, _wished(kind, every, at), write=False, as_json=as_json)


@schedule.command("install")
def install(
    context: typer.Context,
    kind: Kind = "",
    every: Every = 5,
    at: At = None,
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Write the timer's files, and say what to type to start it.

    Example: sparetire newsroom schedule install
    """
    _timer(context, _wished(kind, every, at), write=not dry_run, as_json=as_json)


def _wished(kind: str, every: int, at: list[str] | None) -> tuple[str, int, tuple[str, ...]]:
    return kind or _USUAL.get(sys.platform, "cron"), every, tuple(at or ())


def _timer(
    context: typer.Context,
    wished: tuple[str, int, tuple[str, ...]],
    *,
    write: bool,
    as_json: bool,
) -> None:
    from sparetire.flows.timer import Wish, install_timer, timer_shown
    from sparetire.output.machine import Listing
    from sparetire.output.timers import tell_timer

    desk = desk_of(context, as_json=as_json)
    make = install_timer if write else timer_shown
    papers = make(desk.session(), Wish(*wished))
    desk.show(
        Listing("files", papers), lambda terminal: tell_timer(terminal, papers, written=write)
    )
