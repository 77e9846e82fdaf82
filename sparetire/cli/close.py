"""``sparetire close``: the last word, once it is over."""

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
    Only,
    Targets,
    Titles,
    Yes,
)
from sparetire.model.incident import Kind

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("close")(close)


def close(
    context: typer.Context,
    incident: Meant = "",
    content: Content = None,
    title: Titles = None,
    only: Only = "",
    target: Targets = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    adopt: Adopt = False,
    break_glass: BreakGlass = "",
    as_json: AsJson = False,
) -> None:
    """Publish the last word and close the incident.

    Its page stays where it is; it moves to the closed situations, and its feed ends with this.

    Example:
    sparetire close --content fr=bilan.md --content en=summary.md
    """
    from sparetire.stages.fill.statement import Saying

    desk = desk_of(context, as_json=as_json)
    amending = Amending(
        desk, Place(incident, target, dry_run, yes, adopt, break_glass), Kind.CLOSING
    )
    words = amending.answers(Given([], title or [], content or [], [], only))
    amending.publish(context, Saying(Kind.CLOSING, words))
