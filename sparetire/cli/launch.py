"""``sparetire launch``: from words to verified live."""

from dataclasses import dataclass, replace
from pathlib import Path
from shlex import quote
from typing import TYPE_CHECKING, Annotated

import typer

from sparetire.cli.approval import approval
from sparetire.cli.briefing import (
    Briefing,
    brief_scenario,
    forget_answers,
    offered_scenario,
)
from sparetire.cli.desk import Desk, desk_of
from sparetire.cli.draft import Prompts
from sparetire.cli.dry_run import leave_draft, refuse_unused
from sparetire.cli.early import builder_of
from sparetire.cli.groups import spread
from sparetire.cli.interview import (
    Given,
    answers,
    languages_only,
    next_update,
    prompts_of,
)
from sparetire.cli.names import complete_scenario, refuse_unknown_targets
from sparetire.cli.options import AllowShrink, Next, Publishing, Slugs, Wording

if TYPE_CHECKING:
    from sparetire.flows.session import Session
    from sparetire.stages.fill.answers import Answers

__all__ = ["register"]

Texts = list[str] | None


@dataclass(frozen=True, slots=True)
class Order:
    """What a launch was given, before anything is asked."""

    given: Given
    briefing: Briefing
    promise: str
    asks: bool


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("launch")(spread(launch))


def launch(
    context: typer.Context,
    *,
    keywords: Annotated[
        Texts, typer.Option(help="Words people will search, comma-separated; LANG=… for each.")
    ] = None,
    wording: Wording,
    slug: Slugs = None,
    scenario: Annotated[
        str,
        typer.Option(
            help="A rehearsed kind of crisis, instead of --content.",
            autocompletion=complete_scenario,
        ),
    ] = "",
    answer: Annotated[
        Texts, typer.Option("--set", help="Fill a blank: NAME=answer, NAME.fr=answer; repeat.")
    ] = None,
    brief: Annotated[
        Path | None, typer.Option(help="A TOML file with the answers to the blanks.")
    ] = None,
    promise: Next = "",
    publishing: Publishing,
    allow_shrink: AllowShrink = False,
) -> None:
    """Publish a first statement, verified live.

    With --scenario NAME each fact is asked for, and the statement is written around it.

    Example:
    sparetire launch --keywords "déversement, diesel" --keywords en="spill, diesel"
    --title "Déversement à Sept-Îles" --title en="Spill in Sept-Îles"
    --content fr=avis.md --content en=notice.md
    """
    from sparetire.flows.launch import Request, launch
    from sparetire.flows.order import Allowed

    refuse_unused(publishing)
    desk = desk_of(context, as_json=publishing.as_json)
    session = desk.session()
    settings = session.settings
    targets = tuple(publishing.target or settings.crisis.targets)
    refuse_unknown_targets(targets, settings)
    order = Order(
        given=Given(wording, keywords or [], slug or []),
        briefing=Briefing(scenario, answer or [], brief),
        promise=promise,
        asks=desk.interactive and not publishing.yes,
    )
    prompts = prompts_of(desk, session, "launch")
    words = prompts.run(lambda: _words(desk, prompts, session, order))
    request = Request(
        answers=words,
        targets=targets,
        dry_run=publishing.dry_run,
        allowed=Allowed(
            shrink=allow_shrink, adopt=publishing.adopt, glass=publishing.break_glass
        ),
    )
    approve = approval(desk, yes=publishing.yes)
    published = launch(session, request, approve=approve, builder=builder_of(context))
    if published.receipts:
        prompts.forget()
        if words.scenario and desk.interactive:
            forget_answers(session, words.scenario)
    desk.show(published, lambda terminal: terminal.published(published))
    leave_draft(desk, session, publishing, published)
    local = settings.target(targets[0]).service.host == "directory"
    if desk.watched and published.receipts and local:
        desk.terminal.say(f"Look at it with: sparetire preview {quote(targets[0])}")


def _words(desk: Desk, prompts: Prompts, session: "Session", order: Order) -> "Answers":
    """Return the text of the launch: of the options, and of what a person is asked for."""
    from sparetire import clock
    from sparetire.stages.fill.promises import read_promise

    settings, given, briefing = session.settings, order.given, order.briefing
    wording = given.wording
    if order.asks and not (
        briefing.scenario or wording.content or wording.title or given.keywords
    ):
        briefing = replace(briefing, scenario=offered_scenario(prompts, session))
    only = languages_only(wording.only, settings.languages)
    told = brief_scenario(desk, briefing, session, only)
    words = answers(prompts, replace(given, told=told), settings.languages)
    promise = order.promise
    if not promise and order.asks and not told:
        promise = next_update(prompts, session)
    if promise:
        words = replace(words, promise=read_promise(promise, clock.now(), settings.zone))
    return words
