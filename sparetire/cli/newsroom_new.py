"""``sparetire newsroom new``: the files of a press release, ready to be filled."""

import secrets
from typing import TYPE_CHECKING, Annotated

import typer

from sparetire.cli.desk import Desk, desk_of
from sparetire.cli.options import AsJson, DryRun

if TYPE_CHECKING:
    from sparetire.config.schema import Settings

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
    from sparetire.flows.drafting import Intent, draft_release
    from sparetire.output.newsroom import tell_drafted

    desk = desk_of(context, as_json=as_json)
    session = desk.session()
    titles = _titles(desk, title or [], session.settings)
    intent = Intent(
        titles=titles,
        category=category or _category(desk, session.settings),
        place=place
        or (desk.ask("Dated from (a town):", "--place") if desk.interactive else ""),
        publish_at=publish_at,
        name=name,
        random=secrets.randbits(128),
    )
    result = draft_release(session, intent, clock.now(), dry_run=dry_run)
    desk.show(result, lambda terminal: tell_drafted(terminal, result))


def _titles(desk: Desk, given: list[str], settings: "Settings") -> dict[str, str]:
    """Return a title a language; a plain one is in the first language."""
    from sparetire.stages.fill.answers import by_language

    first = settings.languages[0].code
    titles = by_language("--title", given, settings.languages)
    if "" in titles:
        titles.setdefault(first, titles.pop(""))
    for language in settings.languages:
        if language.code not in titles:
            question = f"Title in {language.code} (40 to 65 characters):"
            titles[language.code] = desk.ask(question, f"--title in {language.code}")
    return titles


def _category(desk: Desk, settings: "Settings") -> str:
    known = list(settings.newsroom.categories)
    if not desk.interactive:
        return known[0]
    return desk.ask(f"Category ({', '.join(known)}):", "--category") or known[0]
