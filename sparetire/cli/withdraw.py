"""``sparetire withdraw``: a page is taken back, and a dated notice stands in its place."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sparetire.cli.amendment import Amending
from sparetire.cli.desk import desk_of
from sparetire.cli.groups import spread
from sparetire.cli.options import AcceptChanges, Content, Meant, Publishing, Wording
from sparetire.cli.prompts import Question
from sparetire.cli.typed_paths import typed_path
from sparetire.errors import UsageFault
from sparetire.model.incident import Kind

if TYPE_CHECKING:
    from sparetire.stages.fill.answers import Answers

__all__ = ["register"]

READY = {
    "wrong": "the situation is real; the statement was inexact, and another will follow",
    "error": "nothing happened: the statement was sent by mistake",
    "exercise": "nothing happened: the text of a drill went public",
}


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
    statement: Annotated[
        int | None, typer.Option(help="One of several, by its number; left out: all.", min=1)
    ] = None,
    content: Content = None,
    accept_changes: AcceptChanges = False,
    publishing: Publishing,
) -> None:
    """Take a page back and put a dated notice in its place.

    Ready notices, in every language: wrong (the situation is real, the text was inexact, more
    will follow), error (sent by mistake, nothing happened), exercise (a drill went public). Or
    your own with --content. With --statement the others stay.

    Example: sparetire withdraw --reason wrong
    """
    from sparetire.stages.fill.statement import Saying

    desk = desk_of(context, as_json=publishing.as_json)
    amending = Amending(desk, incident, publishing, Kind.WITHDRAWAL)
    ready = READY if statement is None else {"wrong": READY["wrong"]}

    def interview() -> Saying:
        why, own = reason, content
        if not (why or own):
            why, own = _asked(amending, ready)
        if why in READY and why not in ready:
            raise UsageFault(
                f"--reason {why!r} cannot be given for one statement.",
                why="Its notice says that nothing happened, beside statements that remain.",
                then="Give --reason wrong, or your own text with --content FILE.",
            )
        words = (
            _ready(amending, why)
            if why
            else amending.answers(Wording(own, accept_changes=accept_changes))
        )
        return Saying(Kind.WITHDRAWAL, words, corrects=statement, ready=bool(why))

    amending.publish(context, amending.prompts.run(interview))


def _asked(amending: Amending, ready: dict[str, str]) -> tuple[str, list[str] | None]:
    """Return the reason that a person chooses, or the file with a notice of their own."""

    def read(text: str) -> tuple[str, list[str] | None]:
        if text.casefold() in ready:
            return text.casefold(), None
        path = typed_path(text)
        if not text or not Path(path).exists():
            message = f"{text!r} is neither one of {', '.join(ready)} nor a file"
            raise ValueError(message)
        return "", [path]

    if not amending.prompts.knows("reason"):
        for name, says in ready.items():
            amending.desk.terminal.tell(f"  {name}: {says}")
    question = f"Why ({', '.join(ready)}), or the file with your own notice?"
    return amending.prompts.ask(Question("reason", question, "--reason", read))


def _ready(amending: Amending, reason: str) -> "Answers":
    from sparetire.flows.amend import notice
    from sparetire.stages.fill.notices import Reason

    if reason not in list(Reason):
        raise UsageFault(
            f"There is no ready notice for {reason!r}.",
            why=f"There is one for each of: {', '.join(Reason)}.",
            then="sparetire withdraw --reason wrong, or your own text with --content FILE",
        )
    return notice(amending.session, Reason(reason))
