"""Brand: is it ready to be seen, and can it be taken over from where it is already?"""

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from sparetire import resources
from sparetire.config.load import parse_settings
from sparetire.config.places import replace_value
from sparetire.disk import write_atomic
from sparetire.errors import ConfigurationFault, SparetireError, UsageFault
from sparetire.flows.session import Session
from sparetire.flows.theming import look_at_theme
from sparetire.model.brand import Logo, Taken
from sparetire.model.colour import Colour
from sparetire.model.finding import Finding, Severity
from sparetire.model.outcome import Checked
from sparetire.model.palette import make_palette
from sparetire.stages.swatches import contrasts, swatch_sheet
from sparetire.workspace.brand import Brand, read_brand
from sparetire.workspace.homepage import fetch, read_homepage
from sparetire.workspace.hues import DIFFERENT, LIVELY, hues_of
from sparetire.workspace.logo import clean_logo

__all__ = ["check_brand", "keep_sheet", "take_brand"]

THEME = "sparetire"
WIDEST = 8  # a logo wider than this many heights is a thread on a phone
TWINS = 1.25  # two colours with less contrast than this are one to the eye
_ADDRESS = re.compile(r"https?://", re.IGNORECASE)

Outcome = str | Finding


def check_brand(session: Session) -> Checked:
    """Return what of the brand is ready and what is not; nothing is written."""
    outcomes = [*_look(session), *look_at_theme(session)]
    return Checked(
        passed=tuple(one for one in outcomes if isinstance(one, str)),
        findings=tuple(one for one in outcomes if isinstance(one, Finding)),
    )


def keep_sheet(session: Session, path: Path) -> Path:
    """Write the swatch sheet of the brand and return where.

    Raises:
        ConfigurationFault: The logo cannot be published as it is.
        LocalDiskFault: The file cannot be written.
    """
    settings = session.settings
    code = settings.languages[0].code
    brand = read_brand(settings, session.workspace.root)
    name = settings.say(settings.organisation.name, code)
    sheet = swatch_sheet(name, brand.palette, resources.theme_folder(THEME), code)
    write_atomic(path, sheet)
    return path


def take_brand(session: Session, source: str, *, dry_run: bool) -> Taken:
    """Take logo and colours from a web page or a picture into the workspace.

    Raises:
        UsageFault: The source shows no colour.
        HostUnreachable: The page cannot be read.
    """
    found = _on_page(source) if _ADDRESS.match(source) else _in_file(Path(source))
    if not found.hues:
        raise UsageFault(
            f"No colour could be found in {source}.",
            why=found.notes or "It shows only black and white.",
            then="Set brand.colours in sparetire.toml yourself.",
        )
    colours = dict(zip(("brand", "accent"), (hue.hex for hue in found.hues), strict=False))
    logo = f"brand/logo{found.logo.suffix}" if found.logo else ""
    text = _settings_with(session.workspace.settings.read_text("utf-8"), colours, logo)
    if not dry_run:
        if found.logo:
            write_atomic(session.workspace.root / logo, found.logo.content)
        write_atomic(session.workspace.settings, text)
    palette = make_palette(found.hues[0], found.hues[-1])
    moved = tuple(each.in_words() for each in palette.adjustments)
    return Taken(source, logo, tuple(colours.values()), (*found.notes, *moved), dry_run)


@dataclass(frozen=True, slots=True)
class _Found:
    """What a page or a file gave: a logo, colours, and what could not be used."""

    logo: Logo | None
    hues: tuple[Colour, ...]
    notes: tuple[str, ...]


def _on_page(url: str) -> _Found:
    page = read_homepage(url)
    logo, hues, notes = None, tuple[Colour, ...](), []
    for address in page.logos:
        try:
            content = fetch(address)
            logo, hues = clean_logo(content, Path(address)), hues_of(content)
            break
        except (SparetireError, ValueError) as error:
            notes.append(f"{address} cannot be the logo: {error}")
    asked = (Colour.parse(text) for text in page.colours)
    lively = tuple(colour for colour in asked if colour.chroma() >= LIVELY)
    if lively:  # what a site asks browsers to wear is its own choice
        others = (hue for hue in hues if hue.hue_from(lively[0]) >= DIFFERENT)
        hues = (lively[0], *tuple(others)[:1])
    return _Found(logo, hues, tuple(notes))


def _in_file(path: Path) -> _Found:
    try:
        content = path.read_bytes()
        hues = hues_of(content)
    except (OSError, ValueError) as error:
        raise UsageFault(
            f"{path} cannot be used.", why=f"{error}.", then="Give an SVG or PNG file."
        ) from error
    try:
        return _Found(clean_logo(content, path), hues, ())
    except ConfigurationFault as error:  # a photograph has colours too
        return _Found(None, hues, (f"{path} cannot be the logo: {' '.join(error.why)}",))


def _settings_with(text: str, colours: dict[str, str], logo: str) -> str:
    table = ", ".join(f'{name} = "{value}"' for name, value in colours.items())
    changes = {"colours": f"{{ {table} }}", **({"logo": json.dumps(logo)} if logo else {})}
    for key, value in changes.items():
        try:
            text = replace_value(text, ("brand", key), value)
        except KeyError:  # a settings file that says nothing about it yet
            head = "" if re.search(r"^\[brand\]", text, re.MULTILINE) else "\n[brand]\n"
            text = text + head if head else text
            text = re.sub(
                r"^\[brand\].*$", rf"\g<0>\n{key} = {value}", text, count=1, flags=re.MULTILINE
            )
    parse_settings(text)
    return text


def _look(session: Session) -> Iterator[Outcome]:
    settings = session.settings
    for language in settings.languages:
        if not settings.say(settings.organisation.name, language.code).strip():
            message = f"is empty in {language.code}: the logo says nothing to who cannot see."
            yield Finding(
                "logo-words", Severity.ERROR, "organisation.name", message, "Write it."
            )
    try:
        brand = read_brand(settings, session.workspace.root)
    except SparetireError as error:
        told = " ".join((error.what, *error.why))
        yield Finding("logo-unusable", Severity.ERROR, "brand.logo", told, error.then)
        return
    yield from _logo(brand.logo)
    yield from _colours(brand)


def _logo(logo: Logo | None) -> Iterator[Outcome]:
    if logo is None:
        message = "is not set: pages carry your name in letters, which is fine."
        yield Finding("logo-none", Severity.INFO, "brand.logo", message)
        return
    kilobytes = len(logo.content) / 1000
    yield f"The logo is clean: {kilobytes:.1f} kB, {logo.width} by {logo.height}."
    if logo.width > WIDEST * logo.height or logo.height > logo.width * 2:
        message = f"is {logo.width} by {logo.height}: too thin to be read on a phone."
        remedy = "Give a version whose sides are closer, its words stacked."
        yield Finding("logo-thin", Severity.WARNING, "brand.logo", message, remedy)
    if logo.suffix == ".png":
        message = "is made of pixels; a drawing (SVG) stays sharp and is lighter."
        yield Finding("logo-pixels", Severity.INFO, "brand.logo", message)
    message = "stands on a white plate, so that it shows in the dark scheme as well."
    yield Finding("logo-plate", Severity.INFO, "brand.logo", message)


def _colours(brand: Brand) -> Iterator[Outcome]:
    for scheme, tokens in (("light", brand.palette.light), ("dark", brand.palette.dark)):
        rows = contrasts(tokens)
        yield f"In the {scheme} scheme all {len(rows)} pairs of colours can be told apart."
    for change in brand.palette.adjustments:
        yield Finding("brand-contrast", Severity.INFO, "brand.colours", change.in_words())
    fill, mark = (Colour.parse(brand.palette.light[name]) for name in ("fill", "mark"))
    if fill != mark and fill.contrast(mark) < TWINS:
        message = "accent and brand look the same: the header's line cannot be seen."
        remedy = "Choose an accent that is lighter, darker or of another hue."
        yield Finding("accent-twin", Severity.WARNING, "brand.colours", message, remedy)
