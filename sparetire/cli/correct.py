"""``sparetire correct``: what was wrong is put right in the open."""

from typing import Annotated

import typer

from sparetire.cli.amendment import Amending
from sparetire.cli.desk import desk_of
from sparetire.cli.groups import spread
from sparetire.cli.options import Meant, Publishing, Wording
from sparetire.model.incident import Kind, Label

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("correct")(spread(correct))


def correct(
    context: typer.Context,
    *,
    incident: Meant = "",
    statement: Annotated[
        int | None, typer.Option(help="Its number; left out: the newest.", min=1)
    ] = None,
    wording: Wording,
    publishing: Publishing,
) -> None:
    """Correct a statement in the open.

    The old wording stays, dated, and points to the correction.

    Example:
    sparetire correct --content fr=correction.fr.md --content en=correction.en.md
    """
    from sparetire.stages.fill.statement import Saying

    desk = desk_of(context, as_json=publishing.as_json)
    amending = Amending(desk, incident, publishing, Kind.CORRECTION)
    if statement is None and amending.asks:
        statement = _ask_which(amending)
    words = amending.answers(wording)
    amending.publish(
        context, Saying(Kind.CORRECTION, words, Label.CORRECTED, corrects=statement)
    )


def _ask_which(amending: Amending) -> int | None:
    """Ask which statement is meant, where there is a choice."""
    told = [one for one in amending.incident.public.statements if one.corrects is None]
    if len(told) == 1:
        return None
    zone = amending.session.settings.zone
    for one in told:
        summary = next(iter(one.words.values())).summary
        at = one.published.astimezone(zone)
        amending.desk.terminal.say(f"  {one.number}  {at:%H:%M}  {summary}")
    answer = amending.desk.ask("Which statement is wrong (its number)?", "--statement")
    return int(answer) if answer.isdecimal() else None
