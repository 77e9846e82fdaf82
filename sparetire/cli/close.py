"""``sparetire close``: the last word, once it is over."""

import typer

from sparetire.cli.amendment import Amending
from sparetire.cli.desk import desk_of
from sparetire.cli.groups import spread
from sparetire.cli.options import Meant, Publishing, Wording
from sparetire.model.incident import Kind

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("close")(spread(close))


def close(
    context: typer.Context, wording: Wording, publishing: Publishing, incident: Meant = ""
) -> None:
    """Publish the last word and close the incident.

    Its page stays where it is; it moves to the closed situations, and its feed ends with this.

    Example:
    sparetire close --content fr=bilan.md --content en=summary.md
    """
    from sparetire.stages.fill.statement import Saying

    desk = desk_of(context, as_json=publishing.as_json)
    amending = Amending(desk, incident, publishing, Kind.CLOSING)
    words = amending.prompts.run(lambda: amending.answers(wording))
    amending.publish(context, Saying(Kind.CLOSING, words))
