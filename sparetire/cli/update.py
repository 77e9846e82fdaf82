"""``sparetire update``: what is new, on the page of an incident that is live."""

from typing import Annotated

import typer

from sparetire.cli.approval import approval
from sparetire.cli.desk import desk_of
from sparetire.cli.early import builder_of
from sparetire.cli.interview import Given, answers
from sparetire.cli.names import refuse_unknown_targets
from sparetire.cli.options import Adopt, AsJson, DryRun, Targets, Yes
from sparetire.model.incident import Kind, Label

__all__ = ["register"]

Texts = list[str] | None


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("update")(update)


def update(
    context: typer.Context,
    incident: Annotated[
        str, typer.Argument(help="Its name; left out: the only one that is open.")
    ] = "",
    content: Annotated[
        Texts,
        typer.Option(help="A Markdown file, a folder with fr.md and en.md, or -; LANG=… too."),
    ] = None,
    title: Annotated[Texts, typer.Option(help="A headline of its own; LANG=… too.")] = None,
    label: Annotated[
        Label | None, typer.Option(help="How sure it is.", show_choices=True)
    ] = None,
    promise: Annotated[
        str, typer.Option("--next", help="When the next one comes: 30m, 2h, 15:30.")
    ] = "",
    keywords: Annotated[
        Texts, typer.Option(help="For a language that speaks for the first time.")
    ] = None,
    only: Annotated[
        str, typer.Option(help="Languages that are enough; the page declares the gap.")
    ] = "",
    target: Targets = None,
    dry_run: DryRun = False,
    yes: Yes = False,
    adopt: Adopt = False,
    as_json: AsJson = False,
) -> None:
    """Publish an update, verified live.

    Example:
    sparetire update --content fr=suite.md --content en=next.md --label verified --next 30m
    """
    from sparetire.flows.amend import Amendment, amend, choose_incident
    from sparetire.flows.publication import Allowed
    from sparetire.stages.fill.statement import Saying

    desk = desk_of(context, as_json=as_json)
    session = desk.session()
    settings = session.settings
    targets = tuple(target or settings.crisis.targets)
    refuse_unknown_targets(targets, settings)
    meant = choose_incident(session, targets[0], incident)
    given = Given(keywords or [], title or [], content or [], [], only)
    request = Amendment(
        name=meant.name,
        saying=Saying(
            Kind.UPDATE, answers(desk, given, settings.languages, meant), label, promise
        ),
        targets=targets,
        dry_run=dry_run,
        allowed=Allowed(adopt=adopt),
    )
    approve = approval(desk, yes=yes)
    published = amend(session, request, approve=approve, builder=builder_of(context))
    desk.show(published, lambda terminal: terminal.published(published))
