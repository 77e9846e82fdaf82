"""``sparetire init``: a workspace that works at once."""

from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from sparetire import clock
from sparetire.cli.desk import desk_of
from sparetire.cli.draft import Prompts
from sparetire.cli.options import AsJson
from sparetire.cli.prompts import Question
from sparetire.errors import UsageFault

if TYPE_CHECKING:
    from collections.abc import Callable

    from sparetire.flows.init import Identity
    from sparetire.model.language import Language

__all__ = ["register"]

COLOUR = "#0b3d66"
LANGUAGES = ("fr-CA", "en-CA")
QUIET = {"--time-zone", "--accent"}
"""Options that nobody is asked for, unless what they say cannot be used."""


@dataclass(frozen=True, slots=True)
class Given:
    """The options as typed, the languages read; ``asks`` tells whether a person is asked."""

    folder: Path
    tags: tuple[str, ...]
    names: list[str]
    texts: dict[str, str]
    logo: Path | None
    asks: bool


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
    from sparetire.config.section import language_tag
    from sparetire.flows.init import init, refuse_workspace

    desk = desk_of(context, as_json=as_json)
    refuse_workspace(folder)
    given = Given(
        folder=folder,
        tags=tuple(_usable("--language", tag, language_tag) for tag in language or LANGUAGES),
        names=name or [],
        texts={
            "--time-zone": time_zone,
            "--colour": colour,
            "--accent": accent,
            "--main-site": main_site,
            "--media-phone": media_phone,
            "--media-email": media_email,
            "--public-phone": public_phone,
        },
        logo=logo,
        asks=desk.interactive and not yes,
    )
    prompts = Prompts(desk, folder / ".sparetire" / "drafts" / "init.json", _when)
    identity = prompts.run(lambda: _identity(prompts, given))
    made = init(folder, identity, clock.now().date())
    prompts.forget()
    desk.show(made, lambda terminal: terminal.initialised(made))


def _when(path: Path) -> str:
    """Return when a draft was written, in the zone of this machine: the site has none yet."""
    at = datetime.fromtimestamp(path.stat().st_mtime, UTC).astimezone()
    return f"{at:%Y-%m-%d %H:%M %Z}"


def _usable(option: str, text: str, read: "Callable[[str], str]") -> str:
    """Return what an option says.

    Raises:
        UsageFault: It cannot be used.
    """
    try:
        return read(text)
    except ValueError as error:
        raise UsageFault(
            f"{option} {text!r} cannot be used.",
            why=str(error),
            then=f"Correct {option}, then run the same command again.",
        ) from error


def _identity(prompts: Prompts, given: Given) -> "Identity":
    """Return who the organisation is, asked for where no option says it."""
    from sparetire.flows.init import Identity
    from sparetire.model.language import Language

    if given.logo:
        from sparetire.workspace.logo import read_logo

        read_logo(given.logo)  # before anything is asked: it may be refused
    questions = _questions()

    def answer(option: str) -> str:
        question, said = questions[option], given.texts[option]
        asks = given.asks and (bool(said) or option not in QUIET)
        return prompts.given(question, said, asks=asks)

    zone, accent = answer("--time-zone"), answer("--accent")
    return Identity(
        languages=given.tags,
        name=_names(prompts, given, tuple(map(Language, given.tags))),
        time_zone=zone,
        colour=answer("--colour"),
        accent=accent,
        main_site=answer("--main-site"),
        logo=given.logo,
        contacts={
            "media": (answer("--media-phone"), answer("--media-email")),
            "public": (answer("--public-phone"), ""),
        },
    )


def _questions() -> "dict[str, Question[str]]":
    """Return the question behind each option; Enter takes what is usual, or skips it."""
    from sparetire.config.section import time_zone, web_address
    from sparetire.model.contact import read_contact_email, read_contact_phone

    asked: dict[str, tuple[str, Callable[[str], str]]] = {
        "--time-zone": ("Time zone of your pages, such as America/Toronto:", time_zone),
        "--accent": ("Second colour (Enter: none):", lambda text: text and _colour(text)),
        "--colour": (f"Brand colour (Enter takes {COLOUR}):", _colour),
        "--main-site": (
            "Your main site, https://… (Enter to skip):",
            lambda text: text and web_address(text),
        ),
        "--media-phone": ("Phone for journalists (Enter to skip):", read_contact_phone),
        "--media-email": ("Email for journalists (Enter to skip):", read_contact_email),
        "--public-phone": ("Phone for the public (Enter to skip):", read_contact_phone),
    }
    return {
        option: Question(option.strip("-"), text, option, read)
        for option, (text, read) in asked.items()
    }


def _colour(text: str) -> str:
    from sparetire.model.colour import Colour

    try:
        return Colour.parse(text or COLOUR).hex
    except ValueError as error:
        message = f"{text!r} {error}"
        raise ValueError(message) from error


def _names(prompts: Prompts, given: Given, languages: "tuple[Language, ...]") -> dict[str, str]:
    """Return the organisation's name in every language; one name may serve them all."""
    from sparetire.stages.build.moments import endonym
    from sparetire.stages.fill.answers import by_language

    names = by_language("--name", given.names, languages)
    if given.asks and not names:
        for language in languages:
            asked = f"Your organisation's name, in {endonym(language.tag)}:"
            code = language.code
            names[code] = prompts.ask(Question(f"name.{code}", asked, "--name", str))
    fallback = next((text for text in names.values() if text), "")
    fallback = fallback or given.folder.resolve().name
    if not fallback:
        raise UsageFault("--name is missing.", then='Give it: --name "Your organisation"')
    return {
        language.code: names.get(language.code) or names.get("") or fallback
        for language in languages
    }
