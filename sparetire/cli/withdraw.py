"""``sparetire withdraw``: a page is taken back, and a dated notice stands in its place."""

from typing import TYPE_CHECKING, Annotated

import typer

from sparetire.cli.amendment import Amending, Place
from sparetire.cli.desk import desk_of
from sparetire.cli.interview import Given
from sparetire.cli.options import (
    Adopt,
    AsJson,
    BreakGlass,
    Content,
    DryRun,
    Meant,
    Targets,
    Yes,
)
from sparetire.errors import UsageFault
from sparetire.model.incident import Kind

if TYPE_CHECKING:
    from sparetire.stages.fill.answers import Answers

__all__ = ["register"]

READY = ("error", "exercise", "wrong")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("withdraw")(withdraw)


def withdraw(
    context: typer.Context,
    incident: Meant = "",
    reason: Annotated[
        str, typer.Option(help=f"A ready notice: {', '.join(READY)}.", metavar="REASON")
    ] = "",
    content: Content = None,
    target: Targets = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    adopt: Adopt = False,
    break_glass: BreakGlass = "",
    as_json: AsJson = False,
) -> None:
    """Take a page back and put a dated notice in its place.

    Ready notices, in every language: error (sent by mistake, nothing happened), exercise
    (a drill went public), wrong (inexact, more will follow). Or your own with --content.

    Example: sparetire withdraw --reason error
    """
    from sparetire.stages.fill.statement import Saying

    desk = desk_of(context, as_json=as_json)
    amending = Amending(
        desk, Place(incident, target, dry_run, yes, adopt, break_glass), Kind.WITHDRAWAL
    )
    if not (reason or content):
        question = f"Why ({', '.join(READY)}), or the file with your own notice?"
        answer = desk.ask(question, "--reason")
        reason, content = (answer, None) if answer in READY else ("", [answer])
    words = (
        _ready(amending, reason)
        if reason
        else amending.answers(Given([], [], content or [], [], ""))
    )
    amending.publish(context, Saying(Kind.WITHDRAWAL, words, ready=bool(reason)))


def _ready(amending: Amending, reason: str) -> "Answers":
    from sparetire.flows.amend import notice
    from sparetire.stages.fill.notices import Reason

    if reason not in list(Reason):
        raise UsageFault(
            f"There is no ready notice for {reason!r}.",
            why=f"There is one for each of: {', '.join(Reason)}.",
            then="sparetire withdraw --reason error, or your own text with --content FILE",
        )
    return notice(amending.session, Reason(reason))
