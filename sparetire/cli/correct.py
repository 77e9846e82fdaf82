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
    from sparetire.stages.fill.statement import Saying, correctable

    desk = desk_of(context, as_json=publishing.as_json)
    amending = Amending(desk, incident, publishing, Kind.CORRECTION)

    def interview() -> Saying:
        question = "Which statement is wrong (its number)?"
        number = amending.statement(statement, question, correctable(amending.incident))
        words = amending.answers(wording)
        return Saying(Kind.CORRECTION, words, Label.CORRECTED, corrects=number)

    amending.publish(context, amending.prompts.run(interview))
