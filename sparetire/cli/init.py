"""``sparetire init``: a workspace that works at once."""

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sparetire import clock
from sparetire.cli.desk import Desk, desk_of
from sparetire.cli.options import AsJson
from sparetire.errors import UsageFault

if TYPE_CHECKING:
    from sparetire.model.language import Language

__all__ = ["register"]

COLOUR = "#0b3d66"


def register(app: typer.Typer) -> None:
    """Add the command."""
    app.command("init")(init)


def init(
    context: typer.Context,
    folder: Annotated[Path, typer.Argument(metavar="DIR", help="The folder to make.")],
    name: Annotated[
        list[str] | None, typer.Option(help="The organisation's name; LANG=… for each.")
    ] = None,
    language: Annotated[
        list[str] | None,
        typer.Option(help="A language tag; repeat. The first is the default."),
    ] = None,
    colour: Annotated[str, typer.Option(help="The brand colour.")] = "",
    accent: Annotated[str, typer.Option(help="A second colour.")] = "",
    logo: Annotated[Path | None, typer.Option(help="An SVG or PNG file.")] = None,
    main_site: Annotated[str, typer.Option(help="Your own site, shown as proof.")] = "",
    media_phone: Annotated[str, typer.Option(help="For journalists.")] = "",
    media_email: Annotated[str, typer.Option(help="For journalists.")] = "",
    public_phone: Annotated[str, typer.Option(help="For everybody else.")] = "",
    time_zone: Annotated[str, typer.Option(help="The zone pages speak in.")] = (
        "America/Toronto"
    ),
    yes: Annotated[bool, typer.Option("--yes", "-y", help="Ask nothing.")] = False,
    as_json: AsJson = False,
) -> None:
    """Make a workspace that works at once.

    Example:
    sparetire init my-site --name fr="Minéraux Boréal" --name en="Boreal Minerals"
    --colour "#0b3d66" --logo logo.svg --media-phone "+1 418 555-0142"
    """
    from sparetire.flows.init import Identity, init
    from sparetire.model.language import Language

    desk = desk_of(context, as_json=as_json)
    tags = tuple(language or ("fr-CA", "en-CA"))
    ask = desk.interactive and not yes

    def answer(given: str, question: str) -> str:
        return given or (desk.terminal.ask(question) if ask else "")

    names = _names(desk, name or [], tuple(map(Language, tags)), folder, ask=ask)
    colour = colour or (_asked_colour(desk) if ask else COLOUR)
    identity = Identity(
        languages=tags,
        name=names,
        time_zone=time_zone,
        colour=colour,
        accent=accent,
        main_site=answer(main_site, "Your main site, https://… (Enter to skip):"),
        logo=logo,
        contacts={
            "media": (
                answer(media_phone, "Phone for journalists (Enter to skip):"),
                answer(media_email, "Email for journalists (Enter to skip):"),
            ),
            "public": (answer(public_phone, "Phone for the public (Enter to skip):"), ""),
        },
    )
    made = init(folder, identity, clock.now().date())
    desk.show(made, lambda terminal: terminal.initialised(made))


def _asked_colour(desk: Desk) -> str:
    """Return a colour that can be used; another answer is asked for again."""
    from sparetire.model.colour import Colour

    while answer := desk.terminal.ask(f"Brand colour (Enter takes {COLOUR}):"):
        try:
            return Colour.parse(answer).hex
        except ValueError as error:
            desk.terminal.say(f"{answer!r} {error}.")
    return COLOUR


def _names(
    desk: Desk, given: list[str], languages: "tuple[Language, ...]", folder: Path, *, ask: bool
) -> dict[str, str]:
    """Return the organisation's name in every language; one name may serve them all."""
    from sparetire.stages.build.moments import endonym
    from sparetire.stages.fill.answers import by_language

    names = by_language("--name", given, languages)
    if ask and not names:
        for language in languages:
            asked = f"Your organisation's name, in {endonym(language.tag)}:"
            names[language.code] = desk.terminal.ask(asked)
    fallback = next((text for text in names.values() if text), "") or folder.resolve().name
    if not fallback:
        raise UsageFault("--name is missing.", then='Give it: --name "Your organisation"')
    return {
        language.code: names.get(language.code) or names.get("") or fallback
        for language in languages
    }
