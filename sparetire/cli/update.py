"""``sparetire update``: what is new, on the page of an incident that is live."""

from typing import Annotated

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
    Next,
    Only,
    Targets,
    Titles,
    Words,
    Yes,
)
from sparetire.model.incident import Kind, Label

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("update")(update)


def update(
    context: typer.Context,
    incident: Meant = "",
    content: Content = None,
    title: Titles = None,
    label: Annotated[
        Label | None, typer.Option(help="How sure it is.", show_choices=True)
    ] = None,
    promise: Next = "",
    keywords: Words = None,
    only: Only = "",
    facts: Annotated[
        list[str] | None, typer.Option(help="The facts at a glance, revised; LANG=FILE.")
    ] = None,
    questions: Annotated[
        list[str] | None, typer.Option(help="The questions and answers, revised; LANG=FILE.")
    ] = None,
    advice: Annotated[
        list[str] | None, typer.Option(help="What people should do, revised; LANG=FILE.")
    ] = None,
    downloads: Annotated[
        list[str] | None,
        typer.Option(help="A list of links to PDF files or pictures beside it; LANG=FILE."),
    ] = None,
    target: Targets = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    adopt: Adopt = False,
    break_glass: BreakGlass = "",
    as_json: AsJson = False,
) -> None:
    """Publish an update, verified live.

    Facts, questions, advice and downloads stand beside the statements; given alone, they are
    revised and nothing else is said. Contacts are those of sparetire.toml, read anew each time.

    Example:
    sparetire update --content fr=suite.md --content en=next.md --label verified --next 30m
    """
    from sparetire.stages.fill.answers import Answers
    from sparetire.stages.fill.statement import Saying

    desk = desk_of(context, as_json=as_json)
    amending = Amending(
        desk, Place(incident, target, dry_run, yes, adopt, break_glass), Kind.UPDATE
    )
    sheets = amending.sheets(
        {
            "facts": facts or [],
            "questions": questions or [],
            "advice": advice or [],
            "downloads": downloads or [],
        }
    )
    words = Answers()
    if content or title or not sheets:
        given = Given(keywords or [], title or [], content or [], [], only)
        words = amending.answers(given)
        if not promise and amending.asks:
            question = "When will the next update come (30m, 15:30, or nothing)?"
            promise = desk.ask(question, "--next")
    saying = Saying(Kind.UPDATE, words, label, promise, sheets=sheets)
    amending.publish(context, saying)
