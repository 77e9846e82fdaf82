"""Finds the colours that make a picture recognisable."""

import re
import warnings
from collections import Counter
from io import BytesIO

from sparetire.model.colour import Colour

__all__ = ["hues_of"]

LIVELY = 0.045  # OKLCH chroma; below, people say grey, black or white
PAPER = 0.95  # OKLCH lightness; above, a grey is what the picture stands on
DIFFERENT = 0.6  # radians on the colour wheel; an accent closer than this is a shade
MOST_PIXELS = 40_000_000
LEAST_SHARE = 0.02  # of the coloured area; less is a fringe or a shadow
SIDE = 96
_TOO_LARGE = "it has too many pixels"
_FILL = re.compile(
    rb"(?:fill|stroke|stop-color)\s*[:=]\s*[\"']?\s*(#[0-9a-fA-F]{6}|#[0-9a-fA-F]{3})\b"
)


def hues_of(picture: bytes) -> tuple[Colour, ...]:
    """Return the strongest colour of a picture and, if there is one, a second of another hue.

    A picture of greys alone gives its commonest grey that is not paper.

    Raises:
        ValueError: It is neither SVG, PNG, JPEG nor WebP, or it is damaged.
    """
    weights = _drawn(picture) if b"<svg" in picture[:4096] else _painted(picture)
    ranked = [colour for colour, _ in weights.most_common()]
    lively = [colour for colour in ranked if colour.chroma() >= LIVELY]
    if not lively:
        return tuple(colour for colour in ranked if colour.lightness() < PAPER)[:1]
    total = sum(weights[colour] for colour in lively)
    first = lively[0]
    others = (
        colour
        for colour in lively[1:]
        if weights[colour] >= LEAST_SHARE * total and colour.hue_from(first) >= DIFFERENT
    )
    return (first, *(colour for colour in [next(others, None)] if colour))


def _drawn(svg: bytes) -> Counter[Colour]:
    return Counter(Colour.parse(found.decode()) for found in _FILL.findall(svg))


def _painted(picture: bytes) -> Counter[Colour]:
    from PIL import Image  # noqa: PLC0415  slow to import

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(BytesIO(picture), formats=["PNG", "JPEG", "WEBP"]) as opened:
                if opened.width * opened.height > MOST_PIXELS:
                    raise ValueError(_TOO_LARGE)  # noqa: TRY301  told with the others
                small = opened.convert("RGBA")
    except (OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        raise ValueError(f"it is no picture that can be read ({error})") from error
    small.thumbnail((SIDE, SIDE))
    white = Image.new("RGBA", small.size, "white")
    flat = Image.alpha_composite(white, small).convert("RGB").quantize(24)
    palette = flat.getpalette() or []
    return Counter(
        {
            Colour(*palette[3 * index : 3 * index + 3]): count
            for count, index in flat.getcolors() or []
            if isinstance(index, int)
        }
    )
