"""``sparetire newsroom new``: the files of a press release, ready to be filled."""

import secrets
from typing import TYPE_CHECKING, Annotated

import typer

from sparetire.cli.desk import Desk, desk_of
from sparetire.cli.options import AsJson, DryRun

if TYPE_CHECKING:
    from sparetire.config.schema import Settings
    from sparetire.model.moment import UnclearTime

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
        publish_at=_when(desk, publish_at, session.settings),
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


def _when(desk: Desk, given: str, settings: "Settings") -> str:
    """Return when it is to go out; a person is asked what an unclear hour means."""
    from sparetire.model.moment import UnclearTime, moment_from

    question = "When, such as 2026-12-01 09:00 (Enter: with the next publication):"
    answer = given or (desk.ask(question, "--publish-at") if desk.interactive else "")
    while answer and desk.interactive:
        try:
            moment_from(answer, settings.organisation.time_zone)
        except UnclearTime as unclear:
            answer = _meant(desk, unclear)
        except ValueError as error:
            answer = desk.ask(f"{error}. {question}", "--publish-at")
        else:
            break
    return answer


def _meant(desk: Desk, unclear: "UnclearTime") -> str:
    """Return the one of two instants that a person means, or another time that they type."""
    numbered = {str(at): one.typed for at, one in enumerate(unclear.meant, start=1)}
    choices = "".join(f"\n  {at}  {typed}" for at, typed in numbered.items())
    typed = desk.ask(
        f"{unclear.why}. Which one?{choices}\n1, 2 or another time:", "--publish-at"
    )
    return numbered.get(typed, typed)
