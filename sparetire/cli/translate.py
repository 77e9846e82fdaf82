"""``sparetire translate``: a language is added to a statement that is public."""

from typing import TYPE_CHECKING, Annotated

import typer

from sparetire.cli.amendment import Amending
from sparetire.cli.desk import desk_of
from sparetire.cli.groups import spread
from sparetire.cli.options import (
    AcceptChanges,
    Content,
    Meant,
    Publishing,
    Slugs,
    Titles,
    Wording,
    Words,
)
from sparetire.errors import UsageFault
from sparetire.model.incident import Kind

if TYPE_CHECKING:
    from sparetire.model.incident import Statement
    from sparetire.stages.fill.statement import Saying

__all__ = ["register"]


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("translate")(spread(translate))


def translate(
    context: typer.Context,
    *,
    incident: Meant = "",
    statement: Annotated[
        int | None,
        typer.Option(help="Its number; left out: the one that lacks the language.", min=1),
    ] = None,
    content: Content = None,
    title: Titles = None,
    keywords: Words = None,
    slug: Slugs = None,
    accept_changes: AcceptChanges = False,
    publishing: Publishing,
) -> None:
    """Add a language to a statement that is already public.

    Its number, its time, its anchor and its other texts stay; the page says when the text in
    the added language was published. The first text in a language brings its own address.

    Example:
    sparetire translate --content en=notice.md --keywords "en=outage, power"
    """
    desk = desk_of(context, as_json=publishing.as_json)
    amending = Amending(desk, incident, publishing, Kind.UPDATE, "translate")

    def interview() -> "Saying":
        from sparetire.stages.fill.statement import Saying

        meant = _meant(amending, statement, content)
        codes = [each.code for each in amending.session.settings.languages]
        missing = [code for code in codes if code not in meant.words]
        wording = Wording(content, title, ",".join(missing), accept_changes=accept_changes)
        answers = amending.answers(wording, keywords or [], slug or [])
        return Saying(Kind.UPDATE, answers, translates=meant.number)

    amending.publish(context, amending.prompts.run(interview))


def _meant(amending: Amending, given: int | None, content: list[str] | None) -> "Statement":
    """Return the statement that gets another text.

    Raises:
        UsageFault: Several may be meant and there is nobody to ask, or none lacks a language.
    """
    from sparetire.stages.fill.answers import by_language
    from sparetire.stages.fill.statement import statement_in
    from sparetire.stages.fill.translation import untranslated

    languages = amending.session.settings.languages
    shown = amending.incident.public.statements
    if given is not None:
        return statement_in(shown, given)
    named = tuple(filter(None, by_language("--content", content or [], languages)))
    codes = named or tuple(each.code for each in languages)
    waiting = untranslated(amending.incident, codes)
    if len(waiting) == 1:
        return waiting[0]
    if not waiting:
        if not content:
            raise UsageFault(
                "Every statement has a text in each language already.",
                why=f"The languages of this site are: {', '.join(codes)}.",
                then="To change a text in the open: sparetire correct",
            )
        later = [one for one in shown if one.translated.keys() & set(codes)]
        return (later or shown)[-1]
    number = amending.statement(None, "Which statement is translated (its number)?", waiting)
    if number is None:
        known = ", ".join(str(one.number) for one in waiting)
        raise UsageFault(
            "--statement is missing.",
            why=f"Several statements have no text yet in {' or '.join(codes)}: {known}.",
            then=f"Name one of them: --statement {waiting[0].number}",
        )
    return statement_in(waiting, number)
