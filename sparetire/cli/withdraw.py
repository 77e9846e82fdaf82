"""``sparetire withdraw``: a page is taken back, and a dated notice stands in its place."""

from typing import TYPE_CHECKING, Annotated

import typer

from sparetire.cli.amendment import Amending
from sparetire.cli.desk import desk_of
from sparetire.cli.groups import spread
from sparetire.cli.options import AcceptChanges, Content, Meant, Publishing, Wording
from sparetire.errors import UsageFault
from sparetire.model.incident import Kind

if TYPE_CHECKING:
    from sparetire.stages.fill.answers import Answers

__all__ = ["register"]

READY = ("error", "exercise", "wrong")


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("withdraw")(spread(withdraw))


def withdraw(
    context: typer.Context,
    *,
    incident: Meant = "",
    reason: Annotated[
        str, typer.Option(help=f"A ready notice: {', '.join(READY)}.", metavar="REASON")
    ] = "",
    content: Content = None,
    accept_changes: AcceptChanges = False,
    publishing: Publishing,
) -> None:
    """Take a page back and put a dated notice in its place.

    Ready notices, in every language: error (sent by mistake, nothing happened), exercise
    (a drill went public), wrong (inexact, more will follow). Or your own with --content.

    Example: sparetire withdraw --reason error
    """
    from sparetire.stages.fill.statement import Saying

    desk = desk_of(context, as_json=publishing.as_json)
    amending = Amending(desk, incident, publishing, Kind.WITHDRAWAL)
    if not (reason or content):
        question = f"Why ({', '.join(READY)}), or the file with your own notice?"
        answer = desk.ask(question, "--reason")
        reason, content = (answer, None) if answer in READY else ("", [answer])
    words = (
        _ready(amending, reason)
        if reason
        else amending.answers(Wording(content, accept_changes=accept_changes))
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
