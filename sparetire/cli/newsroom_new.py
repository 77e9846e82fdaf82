"""``sparetire newsroom new``: the files of a press release, ready to be filled."""

import secrets
from dataclasses import dataclass
from typing import TYPE_CHECKING, Annotated

import typer

from sparetire.cli.desk import desk_of
from sparetire.cli.draft import Prompts
from sparetire.cli.interview import prompts_of
from sparetire.cli.options import AsJson, DryRun
from sparetire.cli.prompts import Question

if TYPE_CHECKING:
    from sparetire.config.schema import Settings
    from sparetire.flows.drafting import Intent

__all__ = ["new"]


def new(
    context: typer.Context,
    title: Annotated[
        list[str] | None, typer.Option(help="The headline; LANG=… for each language.")
    ] = None,
    category: Annotated[str, typer.Option(help="A key of newsroom.categories.")] = "",
    place: Annotated[str, typer.Option(help="Where it is dated from.")] = "",
    publish_at: Annotated[
        str, typer.Option(help="When: 2026-12-01 09:00; else at the next publication.")
    ] = "",
    name: Annotated[str, typer.Option(help="The files' name; made of the title.")] = "",
    dry_run: DryRun = False,
    as_json: AsJson = False,
) -> None:
    """Write the files of a new press release, one a language, for you to fill.

    Example: sparetire newsroom new --title fr="Le port s’agrandit" --title en="The port grows"
    """
    from sparetire import clock
    from sparetire.flows.drafting import draft_release
    from sparetire.output.newsroom import tell_drafted

    desk = desk_of(context, as_json=as_json)
    session = desk.session()
    prompts = prompts_of(desk, session, "newsroom-new")
    given = Given(tuple(title or ()), category, place, publish_at, name)
    intent = prompts.run(lambda: _intent(prompts, given, session.settings))
    result = draft_release(session, intent, clock.now(), dry_run=dry_run)
    if not dry_run:
        prompts.forget()
    desk.show(result, lambda terminal: tell_drafted(terminal, result))


@dataclass(frozen=True, slots=True)
class Given:
    """The options as typed."""

    titles: tuple[str, ...]
    category: str
    place: str
    publish_at: str
    name: str


def _intent(prompts: Prompts, given: Given, settings: "Settings") -> "Intent":
    """Return what the author knows, asked for where no option says it."""
    from sparetire.flows.drafting import Intent

    asks = prompts.desk.interactive
    town = Question("place", "Dated from (a town; Enter: none):", "--place", str)
    return Intent(
        titles=_titles(prompts, given.titles, settings),
        category=given.category or _category(prompts, settings),
        place=given.place or (prompts.ask(town) if asks else ""),
        publish_at=_when(prompts, given.publish_at, settings),
        name=given.name,
        random=secrets.randbits(128),
    )


def _titles(prompts: Prompts, given: tuple[str, ...], settings: "Settings") -> dict[str, str]:
    """Return a title for each language; a plain one is in the first language."""
    from sparetire.stages.fill.answers import by_language

    first = settings.languages[0].code
    titles = by_language("--title", given, settings.languages)
    if "" in titles:
        titles.setdefault(first, titles.pop(""))
    for language in settings.languages:
        code = language.code
        if code not in titles:
            question = f"Title in {code} (40 to 65 characters):"
            asked = Question(f"title.{code}", question, f"--title in {code}", _title)
            titles[code] = prompts.ask(asked)
    return titles


def _title(text: str) -> str:
    if not text:
        message = "A title is needed"
        raise ValueError(message)
    return text


def _category(prompts: Prompts, settings: "Settings") -> str:
    known = list(settings.newsroom.categories)
    if not prompts.desk.interactive:
        return known[0]

    def read(text: str) -> str:
        if text in {"", *known}:
            return text or known[0]
        message = f"{text!r} is none of: {', '.join(known)}"
        raise ValueError(message)

    question = f"Category ({', '.join(known)}; Enter: {known[0]}):"
    return prompts.ask(Question("category", question, "--category", read))


def _when(prompts: Prompts, given: str, settings: "Settings") -> str:
    """Return when it is to go out; a person is asked what an unclear hour means."""
    from sparetire.model.moment import UnclearTime, moment_from

    numbered: dict[str, str] = {}

    def read(text: str) -> str:
        typed = numbered.get(text, text)
        try:
            if typed:
                moment_from(typed, settings.organisation.time_zone)
        except UnclearTime as unclear:
            meant = enumerate(unclear.meant, start=1)
            numbered.update({str(at): one.typed for at, one in meant})
            choices = ", ".join(f"{at} for {one}" for at, one in numbered.items())
            message = f"{unclear.why}. Type {choices}, or another time"
            raise ValueError(message) from unclear
        return typed

    question = "When, such as 2026-12-01 09:00 (Enter: with the next publication):"
    asked = Question("publish_at", question, "--publish-at", read)
    if not prompts.desk.interactive:
        return given  # the release itself refuses a time that is none
    return prompts.given(asked, given, asks=True)
