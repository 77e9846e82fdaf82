"""``sparetire docs``: the manual, offline."""

from enum import StrEnum
from typing import Annotated

import typer

from sparetire.cli.desk import desk_of

__all__ = ["register"]


class Topic(StrEnum):
    """What there is to read."""

    LAUNCH = "launch"
    CONFIG = "config"
    ERRORS = "errors"
    RULES = "rules"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("docs")(docs)


def docs(
    context: typer.Context,
    topic: Annotated[Topic, typer.Argument(help="What to read.")] = Topic.LAUNCH,
    lang: Annotated[str, typer.Option(help="fr or en.")] = "en",
) -> None:
    """Print a page of the manual, offline.

    Example: sparetire docs launch --lang fr
    """
    from sparetire.flows.docs import page

    desk_of(context)
    typer.echo(page(topic, lang))
