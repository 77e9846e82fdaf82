"""Colours, their contrast and their lightness.

Contrast is WCAG 2.2's (relative luminance); lightness is moved in OKLCH, so that the hue stays
the brand's own (CSS Color Module Level 4, section 9).
"""

import re
from dataclasses import dataclass
from math import atan2, cos, hypot, pi, sin

__all__ = ["BLACK", "WHITE", "Colour"]

_HEX = re.compile(r"#([0-9a-fA-F]{3}|[0-9a-fA-F]{6})")


@dataclass(frozen=True, slots=True)
class Colour:
    """An sRGB colour, each channel from 0 to 255."""

    red: int
    green: int
    blue: int

    @classmethod
    def parse(cls, text: str) -> "Colour":
        """Read ``#0b3d66`` or ``#03f``.

        Raises:
            ValueError: The text is not such a colour.
        """
        if not _HEX.fullmatch(text):
            message = "must be a colour such as #0b3d66"
            raise ValueError(message)
        digits = text[1:]
        if len(digits) == 3:  # noqa: PLR2004  the short form doubles each digit
            digits = "".join(digit * 2 for digit in digits)
        return cls(*(int(digits[i : i + 2], 16) for i in (0, 2, 4)))

    @property
    def hex(self) -> str:
        """The colour as CSS writes it."""
        return f"#{self.red:02x}{self.green:02x}{self.blue:02x}"

    @property
    def luminance(self) -> float:
        """Relative luminance, from 0 for black to 1 for white."""
        red, green, blue = (_linear(channel) for channel in (self.red, self.green, self.blue))
        return 0.2126 * red + 0.7152 * green + 0.0722 * blue

    def contrast(self, other: "Colour") -> float:
        """Return the contrast ratio with another colour, from 1 to 21."""
        high, low = sorted((self.luminance, other.luminance), reverse=True)
        return (high + 0.05) / (low + 0.05)

    def lightness(self) -> float:
        """Return the OKLCH lightness, from 0 to 1."""
        return _to_oklch(self)[0]

    def chroma(self) -> float:
        """Return the OKLCH chroma: near 0 for a grey, well above for a colour."""
        return _to_oklch(self)[1]

    def hue_from(self, other: "Colour") -> float:
        """Return how far apart two hues are on the colour wheel, from 0 to pi."""
        apart = abs(_to_oklch(self)[2] - _to_oklch(other)[2])
        return min(apart, 2 * pi - apart)

    def with_lightness(self, lightness: float) -> "Colour":
        """Return the same hue at another lightness, its chroma cut until sRGB can show it."""
        _, chroma, hue = _to_oklch(self)
        low, high = 0.0, chroma
        if _from_oklch(lightness, chroma, hue) is None:
            for _ in range(24):
                middle = (low + high) / 2
                if _from_oklch(lightness, middle, hue) is None:
                    high = middle
                else:
                    low = middle
            chroma = low
        return _from_oklch(lightness, chroma, hue) or _from_oklch(lightness, 0, 0) or WHITE


WHITE = Colour(255, 255, 255)
BLACK = Colour(0, 0, 0)


def _linear(channel: int) -> float:
    share = channel / 255
    return share / 12.92 if share <= 0.04045 else ((share + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  from the standard


def _gamma(share: float) -> float:
    return share * 12.92 if share <= 0.0031308 else 1.055 * share ** (1 / 2.4) - 0.055  # noqa: PLR2004  from the standard


def _to_oklch(colour: Colour) -> tuple[float, float, float]:
    red, green, blue = (_linear(c) for c in (colour.red, colour.green, colour.blue))
    long = (0.4122214708 * red + 0.5363325363 * green + 0.0514459929 * blue) ** (1 / 3)
    medium = (0.2119034982 * red + 0.6806995451 * green + 0.1073969566 * blue) ** (1 / 3)
    short = (0.0883024619 * red + 0.2817188376 * green + 0.6299787005 * blue) ** (1 / 3)
    lightness = 0.2104542553 * long + 0.7936177850 * medium - 0.0040720468 * short
    a = 1.9779984951 * long - 2.4285922050 * medium + 0.4505937099 * short
    b = 0.0259040371 * long + 0.7827717662 * medium - 0.8086757660 * short
    return lightness, hypot(a, b), atan2(b, a)


def _from_oklch(lightness: float, chroma: float, hue: float) -> Colour | None:
    """Return the colour, or None where sRGB has none."""
    a, b = chroma * cos(hue), chroma * sin(hue)
    long = (lightness + 0.3963377774 * a + 0.2158037573 * b) ** 3
    medium = (lightness - 0.1055613458 * a - 0.0638541728 * b) ** 3
    short = (lightness - 0.0894841775 * a - 1.2914855480 * b) ** 3
    channels = (
        4.0767416621 * long - 3.3077115913 * medium + 0.2309699292 * short,
        -1.2684380046 * long + 2.6097574011 * medium - 0.3413193965 * short,
        -0.0041960863 * long - 0.7034186147 * medium + 1.7076147010 * short,
    )
    if any(not -0.0005 <= channel <= 1.0005 for channel in channels):  # noqa: PLR2004  from the standard
        return None
    return Colour(*(round(_gamma(min(max(channel, 0.0), 1.0)) * 255) for channel in channels))
