"""``sparetire update``: what is new, on the page of an incident that is live."""

from dataclasses import asdict, dataclass
from typing import Annotated

import typer

from sparetire.cli.amendment import Amending
from sparetire.cli.desk import desk_of
from sparetire.cli.groups import spread
from sparetire.cli.options import Meant, Next, Publishing, Wording, Words
from sparetire.model.incident import Kind, Label

__all__ = ["register"]


@dataclass(frozen=True, slots=True)
class Sheets:
    """The files with what stands beside the statements, as typed."""

    facts: Annotated[
        list[str] | None, typer.Option(help="The facts at a glance, revised; LANG=FILE.")
    ] = None
    questions: Annotated[
        list[str] | None, typer.Option(help="The questions and answers, revised; LANG=FILE.")
    ] = None
    advice: Annotated[
        list[str] | None, typer.Option(help="What people should do, revised; LANG=FILE.")
    ] = None
    downloads: Annotated[
        list[str] | None,
        typer.Option(help="A list of links to PDF files or pictures beside it; LANG=FILE."),
    ] = None


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("update")(spread(update))


def update(
    context: typer.Context,
    *,
    incident: Meant = "",
    wording: Wording,
    label: Annotated[
        Label | None, typer.Option(help="How sure it is.", show_choices=True)
    ] = None,
    promise: Next = "",
    keywords: Words = None,
    sheets: Sheets,
    publishing: Publishing,
) -> None:
    """Publish an update, verified live.

    Facts, questions, advice and downloads stand beside the statements; given alone, they are
    revised and nothing else is said. Contacts are those of sparetire.toml, read anew each time.

    Example:
    sparetire update --content fr=suite.md --content en=next.md --label verified --next 30m
    """
    from sparetire.stages.fill.answers import Answers
    from sparetire.stages.fill.statement import Saying

    desk = desk_of(context, as_json=publishing.as_json)
    amending = Amending(desk, incident, publishing, Kind.UPDATE)
    beside = amending.sheets(asdict(sheets), wording)

    def interview() -> Saying:
        if beside and not (wording.content or wording.title):
            return Saying(Kind.UPDATE, Answers(), label, promise, sheets=beside)
        words = amending.answers(wording, keywords or [])
        due = amending.next_update(promise)
        return Saying(Kind.UPDATE, words, label, due, sheets=beside)

    amending.publish(context, amending.prompts.run(interview))
