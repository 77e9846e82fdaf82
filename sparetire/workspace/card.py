"""Draws what a shared link shows: 1200 by 630 pixels, as readers of Open Graph ask."""

from dataclasses import dataclass
from functools import lru_cache
from typing import TYPE_CHECKING

from sparetire.workspace.lettering import drawable, fitted, font
from sparetire.workspace.png import COLOURS, Colour, palette_png

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["CARD_SIZE", "Card", "draw_card"]

CARD_SIZE = (1200, 630)
EDGE = 72
TITLE_SIZES = (84, 76, 68, 62, 56, 50)
TITLE_LINES = 4
TITLE_BOTTOM = 468
FULL = 255  # as much ink as a pixel takes
INK, MARK = COLOURS - 2, COLOURS - 1
"""Places in the palette: it runs from the ground to the ink, then follows the mark."""


@dataclass(frozen=True, slots=True)
class Card:
    """What a card says, and in which colours.

    Attributes:
        name: Who speaks.
        label: Why they can be believed: ``Information officielle``.
        title: What it is about, or the name again.
        address: Where to read it, as people type it.
        colours: Hex colours by token: ``fill``, ``on-fill`` and ``mark``.
    """

    name: str
    label: str
    title: str
    address: str
    colours: dict[str, str]


def draw_card(card: Card) -> bytes:
    """Return the card as a PNG; the same card is always the same bytes."""
    from PIL import ImageDraw  # noqa: PLC0415  slow to import

    wide, _ = CARD_SIZE
    name = card.name if card.name != card.title else ""
    picture = _letterhead(name, card.label, card.address).copy()
    pen = ImageDraw.Draw(picture)
    face, lines = fitted(drawable(card.title), TITLE_SIZES, wide - 2 * EDGE, TITLE_LINES)
    step = round(face.size * 1.14)
    for up, line in enumerate(reversed(lines)):
        pen.text((EDGE - 4, TITLE_BOTTOM - up * step), line, FULL, face, anchor="ls")
    shades = picture.point([round(level * INK / FULL) for level in range(FULL + 1)])
    ImageDraw.Draw(shades).rectangle((0, 0, wide, 15), fill=MARK)
    shades.putpalette(b"")  # its pixels are numbers of colours now, which fit into four bits
    return palette_png(CARD_SIZE, shades.tobytes("raw", "P;4"), _palette(card))


@lru_cache(maxsize=4)
def _letterhead(name: str, label: str, address: str) -> "Image":
    """Return how much ink lies where on every card of a language, before its title."""
    from PIL import Image, ImageDraw  # noqa: PLC0415  slow to import

    wide, high = CARD_SIZE
    picture = Image.new("L", CARD_SIZE, 0)
    pen = ImageDraw.Draw(picture)
    if name:
        face, lines = fitted(drawable(name), (40, 34, 28), wide - 2 * EDGE, most=1)
        pen.text((EDGE, EDGE), lines[0], FULL, face, anchor="lt")
    small = font("Regular", 30)
    told = drawable(label)
    pen.rectangle((EDGE, TITLE_BOTTOM + 42, EDGE + 96, TITLE_BOTTOM + 48), fill=FULL)
    pen.text((EDGE, high - 56), told, FULL, small, anchor="ls")
    room = wide - 2 * EDGE - small.getlength(told) - 48
    shown = drawable(address)
    if small.getlength(shown) <= room:
        pen.text((wide - EDGE, high - 56), shown, FULL, small, anchor="rs")
    return picture


def _palette(card: Card) -> list[Colour]:
    ground, ink, mark = (_colour(card.colours[name]) for name in ("fill", "on-fill", "mark"))
    return [*(_mixed(ground, ink, part / INK) for part in range(INK + 1)), mark]


def _colour(code: str) -> Colour:
    red, green, blue = bytes.fromhex(code.removeprefix("#"))
    return red, green, blue


def _mixed(ground: Colour, ink: Colour, part: float) -> Colour:
    red, green, blue = (
        round(under + (over - under) * part) for under, over in zip(ground, ink, strict=True)
    )
    return red, green, blue
