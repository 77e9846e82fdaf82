"""Ten organisations in trouble: the brands and the words that a page must bear."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import timedelta
from io import BytesIO
from pathlib import Path

from PIL import Image, ImageDraw

from sparetire.model.incident import Incident, Kind, Label, Statement, Words
from sparetire.model.palette import Tone
from sparetire.stages.build.source import Source
from sparetire.workspace.brand import read_brand
from sparetire.workspace.layout import Workspace
from tests.support.draft import WORDS
from tests.support.workspaces import SAID_AT, incident, settings_with, source_of, workspace_in

__all__ = ["VARIATIONS", "Variation", "sixty_updates", "source_for"]

LONG_TITLE = (
    "Rappel préventif de nos trousses de premiers soins vendues en pharmacie au Québec et en "
    "Ontario entre mars et juin 2026"
)
LONG_NAME = (
    "Coopérative régionale d’énergie et de services de la Haute-Côte-Nord et de la Minganie"
)


@dataclass(frozen=True)
class Variation:
    """One organisation: how it looks, and what it has to say.

    Attributes:
        logo: Draws its logo, or None for an organisation that has none.
        page: The page to look at.
    """

    name: str
    brand: str
    accent: str
    logo: Callable[[], bytes] | None = None
    tone: Tone = Tone.BRAND
    incidents: tuple[Incident, ...] = ()
    organisation: str = ""
    page: str = "fr/deversement-riviere/"


def wide_logo() -> bytes:
    return b"""<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 300 60">
<circle cx="30" cy="30" r="26" fill="#0b3d66"/><path d="M14 40 30 14 46 40z" fill="#fff"/>
<rect x="72" y="16" width="220" height="12" fill="#0b3d66"/>
<rect x="72" y="36" width="160" height="8" fill="#f58220"/></svg>"""


def bad_logo() -> bytes:
    """A tall scan: few pixels, a white ground, colours of nobody."""
    picture = Image.new("RGB", (34, 90), "white")
    pen = ImageDraw.Draw(picture)
    pen.ellipse((2, 6, 31, 35), fill="#9a9a31")
    pen.rectangle((8, 44, 26, 84), fill="#7d2f8f")
    buffer = BytesIO()
    picture.save(buffer, "PNG")
    return buffer.getvalue()


def titled(title: str) -> Incident:
    return incident({"fr": replace(WORDS["fr"], title=title), "en": WORDS["en"]})


def sixty_updates() -> Incident:
    """Return an incident of three days: a first statement, sixty updates, one correction."""
    return replace(incident(), statements=tuple(_said()))


def _said() -> Iterator[Statement]:
    yield Statement(1, SAID_AT, WORDS)
    for number in range(2, 62):
        words = {
            code: Words(
                title=said.title,
                body=f"{said.body}\n\n- {number - 1} x 100 m\n- {number * 40} L",
                summary=said.summary,
            )
            for code, said in WORDS.items()
        }
        fixes = number == 20
        yield Statement(
            number,
            SAID_AT + timedelta(minutes=71 * (number - 1)),
            words,
            kind=Kind.CORRECTION if fixes else Kind.UPDATE,
            label=Label.CORRECTED if fixes else Label.VERIFIED,
            corrects=19 if fixes else None,
            promise=SAID_AT + timedelta(days=4) if number == 61 else None,
        )


ONE = (incident(),)
VARIATIONS = (
    Variation("1-navy-wide-logo", "#0b3d66", "#f58220", wide_logo, incidents=ONE),
    Variation("2-yellow-no-logo", "#ffcc00", "#e31837", incidents=ONE),
    Variation("3-bad-logo", "#7a1f3d", "#c9a227", bad_logo, incidents=ONE),
    Variation("4-white-brand", "#ffffff", "#d6001c", incidents=ONE),
    Variation("5-black-brand", "#000000", "#000000", wide_logo, incidents=ONE),
    Variation("6-long-title", "#e31837", "#5b5e61", incidents=(titled(LONG_TITLE),)),
    Variation("7-sixty-updates", "#00aeef", "#7ac143", incidents=(sixty_updates(),)),
    Variation("8-mourning", "#ff6600", "#ff6600", tone=Tone.MOURNING, incidents=ONE),
    Variation("9-exercise", "#0b3d66", "#f58220", wide_logo, Tone.EXERCISE, ONE),
    Variation("10-waiting", "#5c2d91", "#00b294", organisation=LONG_NAME, page="fr/"),
)


def source_for(variation: Variation, folder: Path) -> tuple[Workspace, Source]:
    """Make the organisation's workspace and return what its site is made of."""
    workspace = workspace_in(folder / variation.name)
    colours = f'{{ brand = "{variation.brand}", accent = "{variation.accent}" }}'
    values: dict[tuple[str, ...], str] = {("brand", "colours"): colours}
    if variation.logo:
        content = variation.logo()
        suffix = "png" if content.startswith(b"\x89") else "svg"
        (workspace.brand / f"own.{suffix}").write_bytes(content)
        values["brand", "logo"] = f'"brand/own.{suffix}"'
    else:
        text = workspace.settings.read_text("utf-8")
        workspace.settings.write_text(text.replace("\nlogo = ", "\n# logo = "), "utf-8")
    if variation.organisation:
        values["organisation", "name"] = f'"{variation.organisation}"'
    settings = settings_with(workspace, values)
    brand = read_brand(settings, workspace.root, variation.tone)
    return workspace, replace(source_of(workspace, *variation.incidents), brand=brand)
