"""Draws what stands for the organisation in a tab, on a phone's home screen and in a reader.

A square logo in pixels is that sign; without one, the initials on the brand's colour are.
"""

import html
import unicodedata
from dataclasses import dataclass
from io import BytesIO
from typing import TYPE_CHECKING

from sparetire.model.brand import Logo
from sparetire.workspace.lettering import drawable, font

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["Icons", "draw_icons", "initials", "monogram"]

TAB_SIZES = (16, 32, 48)  # feed readers ask for /favicon.ico without being told of it
TOUCH_SIZE = 180  # what iOS puts on a home screen; it rounds the corners itself


@dataclass(frozen=True, slots=True)
class Icons:
    """The same sign in the three forms that are asked for.

    Attributes:
        scalable: An SVG for browser tabs.
        tab: An ICO, for whoever asks at the root of the site.
        touch: A PNG for home screens.
    """

    scalable: bytes
    tab: bytes
    touch: bytes


def draw_icons(name: str, fill: str, ink: str, logo: Logo | None = None) -> Icons:
    """Return the icons of an organisation."""
    # With the format at hand, Pillow does not look for it among all forty that it knows.
    from PIL import IcoImagePlugin, Image  # noqa: PLC0415  slow to import

    letters = initials(name)
    square = logo is not None and logo.suffix == ".png" and logo.width == logo.height
    if logo is not None and square:
        with Image.open(BytesIO(logo.content)) as given:
            sign = Image.new("RGB", (TOUCH_SIZE, TOUCH_SIZE), "white")
            shrunk = given.convert("RGBA").resize((TOUCH_SIZE - 20, TOUCH_SIZE - 20))
            sign.paste(shrunk, (10, 10), shrunk)
    else:
        sign = _lettered(letters, fill, ink)
    tab, touch = BytesIO(), BytesIO()
    sides = [(side, side) for side in TAB_SIZES]
    sign.save(tab, IcoImagePlugin.IcoImageFile.format, sizes=sides)
    sign.quantize(64).save(touch, "PNG", optimize=True)
    return Icons(monogram(name, fill, ink), tab.getvalue(), touch.getvalue())


def initials(name: str) -> str:
    """Return the first letters of a name, at most two of them."""
    words = (filter(str.isalnum, word) for word in unicodedata.normalize("NFC", name).split())
    return "".join([first.upper()[:1] for word in words if (first := next(word, ""))][:2])


def monogram(name: str, fill: str, ink: str) -> bytes:
    """Draw a square SVG icon from a name's initials."""
    letters = initials(name)
    size = 36 if len(letters) == 1 else 28
    back, front = html.escape(fill), html.escape(ink)
    return (
        '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64" width="64" height="64">'
        f'<rect width="64" height="64" rx="12" fill="{back}"/>'
        f'<text x="32" y="33" fill="{front}" font-family="system-ui, sans-serif" '
        f'font-size="{size}" font-weight="700" text-anchor="middle" '
        f'dominant-baseline="central">{html.escape(letters)}</text></svg>\n'
    ).encode()


def _lettered(letters: str, fill: str, ink: str) -> "Image":
    from PIL import Image, ImageDraw  # noqa: PLC0415  slow to import

    sign = Image.new("RGB", (TOUCH_SIZE, TOUCH_SIZE), fill)
    shown = drawable(letters)
    face = font("Bold", 104 if len(shown) == 1 else 84)
    left, top, right, bottom = face.getbbox(shown)
    place = ((TOUCH_SIZE - left - right) / 2, (TOUCH_SIZE - top - bottom) / 2)
    ImageDraw.Draw(sign).text(place, shown, ink, face)
    return sign
