"""Draws what a shared link shows: 1200 by 630 pixels, as readers of Open Graph ask."""

from dataclasses import dataclass
from io import BytesIO

from sparetire.workspace.lettering import drawable, fitted, font

__all__ = ["CARD_SIZE", "Card", "draw_card"]

CARD_SIZE = (1200, 630)
EDGE = 72
TITLE_SIZES = (84, 76, 68, 62, 56, 50)
TITLE_LINES = 4
TITLE_BOTTOM = 468
SHADES = 48  # a palette this large keeps letters smooth, and a card under 20 kB


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
    from PIL import Image, ImageDraw  # noqa: PLC0415  slow to import

    wide, high = CARD_SIZE
    fill, ink, mark = (card.colours[name] for name in ("fill", "on-fill", "mark"))
    picture = Image.new("RGB", CARD_SIZE, fill)
    pen = ImageDraw.Draw(picture)
    if card.name != card.title:
        name_face, name = fitted(drawable(card.name), (40, 34, 28), wide - 2 * EDGE, most=1)
        pen.text((EDGE, EDGE), name[0], ink, name_face, anchor="lt")
    face, lines = fitted(drawable(card.title), TITLE_SIZES, wide - 2 * EDGE, TITLE_LINES)
    step = round(face.size * 1.14)
    for up, line in enumerate(reversed(lines)):
        pen.text((EDGE - 4, TITLE_BOTTOM - up * step), line, ink, face, anchor="ls")
    small = font("Regular", 30)
    label = drawable(card.label)
    pen.rectangle((EDGE, TITLE_BOTTOM + 42, EDGE + 96, TITLE_BOTTOM + 48), fill=ink)
    pen.text((EDGE, high - 56), label, ink, small, anchor="ls")
    room = wide - 2 * EDGE - small.getlength(label) - 48
    address = drawable(card.address)
    if small.getlength(address) <= room:
        pen.text((wide - EDGE, high - 56), address, ink, small, anchor="rs")
    pen.rectangle((0, 0, wide, 15), fill=mark)
    buffer = BytesIO()
    picture.quantize(SHADES).save(buffer, "PNG", optimize=True)
    return buffer.getvalue()
