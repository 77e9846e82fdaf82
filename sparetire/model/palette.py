"""How a brand's colours become a page's tokens, in both schemes, that everybody can read."""

from dataclasses import dataclass
from enum import StrEnum
from math import floor

from sparetire.model.colour import BLACK, WHITE, Colour

__all__ = ["Adjustment", "Palette", "Tone", "make_palette"]

TEXT_CONTRAST = 4.5  # WCAG 2.2 SC 1.4.3
SHAPE_CONTRAST = 3.0  # WCAG 2.2 SC 1.4.11
MUDDY = 0.22  # a colour darkened by more, as yellow is, no longer looks like the brand

PAPER_LIGHT = WHITE
PAPER_DARK = Colour(16, 22, 28)
INK_LIGHT = Colour(27, 31, 36)
INK_DARK = Colour(230, 234, 238)


class Tone(StrEnum):
    """In which voice the pages look at their reader."""

    BRAND = "brand"
    MOURNING = "mourning"
    EXERCISE = "exercise"


# Grief wears no company colours; an exercise wears some that no company has, so that nobody
# takes a picture of it for the real site.
_OTHER = {
    Tone.MOURNING: (Colour(30, 33, 38), Colour(118, 122, 128)),
    Tone.EXERCISE: (Colour(138, 15, 107), Colour(242, 194, 0)),
}


@dataclass(frozen=True, slots=True)
class Adjustment:
    """A colour that had to move, in one scheme.

    Attributes:
        role: What the colour is used for.
        scheme: ``light`` or ``dark``.
        given: The brand's own colour.
        used: The colour in its place.
        before: The contrast the brand's own colour had with the ground.
        after: The contrast of the colour in its place.
        replaced: Whether the text's colour stands in for one that would have turned to mud.
    """

    role: str
    scheme: str
    given: Colour
    used: Colour
    before: float
    after: float
    replaced: bool = False

    def in_words(self) -> str:
        """Tell the change as a person would."""
        if self.replaced:
            moved = "replaced by the text's"
        elif self.used.lightness() < self.given.lightness():
            moved = "darkened"
        else:
            moved = "lightened"
        told = (
            f"{self.role} {moved} from {self.given.hex} to {self.used.hex} in the "
            f"{self.scheme} scheme: contrast {_told(self.before)} to {_told(self.after)}"
        )
        if self.replaced:
            told += "; the underline keeps the brand's hue, which would be muddy as a text"
        return told


@dataclass(frozen=True, slots=True)
class Palette:
    """Design tokens for both schemes, and what had to change to make them readable."""

    light: dict[str, str]
    dark: dict[str, str]
    adjustments: tuple[Adjustment, ...]


def make_palette(brand: Colour, accent: Colour, tone: Tone = Tone.BRAND) -> Palette:
    """Derive every token from the two brand colours, or from those of another tone.

    ``fill`` keeps the brand's own colour; ``link`` and ``mark`` move until they can be read.
    """
    brand, accent = _OTHER.get(tone, (brand, accent))
    light, moved_in_light = _scheme("light", brand, accent)
    dark, moved_in_dark = _scheme("dark", brand, accent)
    return Palette(light, dark, (*moved_in_light, *moved_in_dark))


def _scheme(
    scheme: str, brand: Colour, accent: Colour
) -> tuple[dict[str, str], list[Adjustment]]:
    light = scheme == "light"
    paper, ink = (PAPER_LIGHT, INK_LIGHT) if light else (PAPER_DARK, INK_DARK)
    # The panel is the harder ground of the two: what reads there reads everywhere.
    panel = _mix(ink, paper, 0.045)
    link = _readable(brand, panel, TEXT_CONTRAST)
    muddy = brand.lightness() - link.lightness() > MUDDY
    link = ink if muddy else link
    mark = _readable(accent, panel, SHAPE_CONTRAST)
    moved = [
        Adjustment(
            role, scheme, given, used, given.contrast(panel), used.contrast(panel), replaced
        )
        for role, given, used, replaced in (
            ("Link colour", brand, link, muddy),
            ("Accent", accent, mark, False),
        )
        if used != given
    ]
    tokens = {
        "paper": paper,
        "ink": ink,
        "soft": _mix(ink, paper, 0.72),
        "line": _mix(ink, paper, 0.22),
        "panel": panel,
        "fill": brand,
        "on-fill": _ink_on(brand),
        "link": link,
        "underline": _readable(brand, panel, SHAPE_CONTRAST) if muddy else link,
        "mark": mark,
    }
    return {name: colour.hex for name, colour in tokens.items()}, moved


def _readable(colour: Colour, ground: Colour, ratio: float) -> Colour:
    """Return the nearest lightness of a colour that reaches a contrast with the ground."""
    if colour.contrast(ground) >= ratio:
        return colour
    towards = 0.0 if ground.luminance > 0.5 else 1.0  # noqa: PLR2004  light or dark
    near, far = colour.lightness(), towards
    for _ in range(24):
        middle = (near + far) / 2
        if colour.with_lightness(middle).contrast(ground) >= ratio:
            far = middle
        else:
            near = middle
    return colour.with_lightness(far)


def _told(ratio: float) -> str:
    # Cut, not rounded: 4.46:1 fails, and must not be told as the 4.5:1 that passes.
    return f"{floor(ratio * 10) / 10:.1f}:1"


def _ink_on(fill: Colour) -> Colour:
    # One of the two always reaches 4.58:1.
    return max((WHITE, BLACK), key=fill.contrast)


def _mix(over: Colour, under: Colour, share: float) -> Colour:
    pairs = zip(
        (over.red, over.green, over.blue), (under.red, under.green, under.blue), strict=True
    )
    return Colour(*(round(top * share + bottom * (1 - share)) for top, bottom in pairs))
