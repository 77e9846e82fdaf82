"""``sparetire docs``: the manual, offline."""

from contextlib import suppress
from enum import StrEnum
from typing import Annotated

import typer

from sparetire.cli.desk import desk_of

__all__ = ["register"]


class Topic(StrEnum):
    """What there is to read."""

    CARD = "card"
    RUNBOOK = "runbook"
    BEFORE = "before"
    LAUNCH = "launch"
    DURING = "during"
    AFTER = "after"
    DRILL = "drill"
    TROUBLE = "trouble"
    CONFIG = "config"
    ERRORS = "errors"
    RULES = "rules"
    HEADERS = "headers"
    THEME = "theme"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("docs")(docs)


def docs(
    context: typer.Context,
    topic: Annotated[
        Topic,
        typer.Argument(
            metavar="TOPIC",
            show_choices=False,
            help="card, runbook (before, launch, during, after, drill, trouble), config, "
            "errors, rules, headers (for a web server) or theme.",
        ),
    ] = Topic.CARD,
    lang: Annotated[
        str, typer.Option(help="fr or en; left out: the workspace's own, else English.")
    ] = "",
    as_html: Annotated[
        bool, typer.Option("--html", help="As a file to print: > card.html")
    ] = False,
) -> None:
    """Print a page of the manual, offline: the emergency card when none is named.

    Example: sparetire docs card --html > card.html
    """
    from sparetire.errors import ConfigurationFault
    from sparetire.flows.docs import manual_language, page, printed

    settings = None
    with suppress(ConfigurationFault):  # the manual is there to put that right
        settings = desk_of(context).session().settings
    language = lang or (manual_language(settings) if settings else "en")
    text = page(topic, language, settings)
    typer.echo(printed(topic, text, language) if as_html else text)
