"""The colours of a Word file: its theme's, mixed and shaded, and whether two can be told apart.

ECMA-376, part 1: 17.3.2.6 (color), 17.3.5 (shd), 17.3.2.15 (highlight), 20.1.6.2 (clrScheme).
"""

import colorsys
import re
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from sparetire.stages.intake.wordml import attribute, local, under

__all__ = ["AUTO", "HIGHLIGHTS", "Theme", "is_dark", "look_alike"]

AUTO = "auto"
HIGHLIGHTS = {
    "black": "000000",
    "white": "FFFFFF",
    "yellow": "FFFF00",
    "red": "FF0000",
    "blue": "0000FF",
    "green": "00FF00",
    "cyan": "00FFFF",
    "magenta": "FF00FF",
    "darkBlue": "000080",
    "darkCyan": "008080",
    "darkGreen": "008000",
    "darkMagenta": "800080",
    "darkRed": "800000",
    "darkYellow": "808000",
    "darkGray": "808080",
    "lightGray": "C0C0C0",
}
_OFFICE = {
    "dk1": "000000",
    "lt1": "FFFFFF",
    "dk2": "44546A",
    "lt2": "E7E6E6",
    "accent1": "4472C4",
    "accent2": "ED7D31",
    "accent3": "A5A5A5",
    "accent4": "FFC000",
    "accent5": "5B9BD5",
    "accent6": "70AD47",
    "hlink": "0563C1",
    "folHlink": "954F72",
}
_SLOTS = {
    "background1": "lt1",
    "text1": "dk1",
    "background2": "lt2",
    "text2": "dk2",
    "bg1": "lt1",
    "tx1": "dk1",
    "bg2": "lt2",
    "tx2": "dk2",
    "light1": "lt1",
    "dark1": "dk1",
    "light2": "lt2",
    "dark2": "dk2",
    "hyperlink": "hlink",
    "followedHyperlink": "folHlink",
}
_MAPPED = {"bg1": "background1", "t1": "text1", "bg2": "background2", "t2": "text2"}
_HEX = re.compile(r"[0-9A-Fa-f]{6}")
_NEAR = 48  # of 255: the largest difference of one channel
_CONTRAST = 1.3  # WCAG 2.2: 1 is the same colour, 21 is black on white


@dataclass(frozen=True)
class Theme:
    """The colours that a document names by their place in its theme.

    Attributes:
        colours: A colour by the name of its slot, such as ``dk1`` or ``accent1``.
        slots: The slot by the name that texts use, such as ``background1``.
    """

    colours: dict[str, str] = field(default_factory=lambda: dict(_OFFICE))
    slots: dict[str, str] = field(default_factory=lambda: dict(_SLOTS))

    @classmethod
    def of(cls, theme: Element | None, settings: Element | None) -> "Theme":
        """Return the colours of a theme as the settings of its document map them."""
        made = cls()
        for scheme in under(theme, "clrScheme") if theme is not None else ():
            for slot in scheme:
                for value in slot:
                    found = attribute(value, "lastClr") or attribute(value, "val")
                    if _HEX.fullmatch(found):
                        made.colours[local(slot)] = found.upper()
        for mapping in under(settings, "clrSchemeMapping") if settings is not None else ():
            for short, name in _MAPPED.items():
                if place := _SLOTS.get(attribute(mapping, short)):
                    made.slots[name] = place
        return made

    def colour(self, element: Element, prefix: str = "", plain: str = "val") -> str:
        """Return a colour that an element gives directly or by the theme, or ``auto``."""
        theme = f"theme{prefix}" if prefix else "themeColor"
        base = self.named(attribute(element, theme))
        if base:
            tint = attribute(element, f"theme{prefix}Tint")
            shade = attribute(element, f"theme{prefix}Shade")
            return _shaded(base, tint, shade)
        given = attribute(element, plain)
        return given.upper() if _HEX.fullmatch(given) else AUTO

    def named(self, name: str) -> str:
        """Return a colour by its name in the theme, or nothing."""
        return self.colours.get(self.slots.get(name, name), "")

    def fill(self, shading: Element) -> str:
        """Return the colour of a shading, or nothing where one sees what is behind it."""
        pattern = attribute(shading, "val") or "clear"
        behind = self.colour(shading, "Fill", "fill")
        front = self.colour(shading, "", "color")
        if pattern == "nil":
            return ""
        share = {"solid": 100, "clear": 0}.get(pattern)
        if share is None:
            share = int(found[1]) if (found := re.fullmatch(r"pct(\d+)", pattern)) else 50
        if behind == AUTO and share == 0:
            return ""
        return _mixed(
            "000000" if front == AUTO else front, "FFFFFF" if behind == AUTO else behind, share
        )

    def solid(self, parent: Element) -> str:
        """Return the one colour that fills a shape (``spPr``), or nothing."""
        for filled in (each for each in parent if local(each) == "solidFill"):
            for given in filled:
                if local(given) == "srgbClr" and _HEX.fullmatch(attribute(given, "val")):
                    return attribute(given, "val").upper()
                if local(given) == "schemeClr":
                    return _modified(self.named(attribute(given, "val")), given)
        return ""


def look_alike(one: str, other: str) -> bool:
    """Tell whether letters of one colour cannot be read on the other."""
    a, b = _channels(one), _channels(other)
    if max(abs(x - y) for x, y in zip(a, b, strict=True)) >= _NEAR:
        return False
    light, dark = sorted((_luminance(a), _luminance(b)), reverse=True)
    return (light + 0.05) / (dark + 0.05) < _CONTRAST


def is_dark(colour: str) -> bool:
    """Tell whether Word sets letters without a colour of their own in white on it."""
    red, green, blue = _channels(colour)
    return 299 * red + 587 * green + 114 * blue < 60 * 1000


def _channels(colour: str) -> tuple[int, int, int]:
    red, green, blue = bytes.fromhex(colour)
    return red, green, blue


def _luminance(channels: tuple[int, int, int]) -> float:
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4  # noqa: PLR2004  sRGB
        for part in (channel / 255 for channel in channels)
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _shaded(colour: str, tint: str, shade: str) -> str:
    """Return a theme's colour made lighter or darker (17.18.40: in parts of 255)."""
    red, green, blue = (channel / 255 for channel in _channels(colour))
    hue, light, strength = colorsys.rgb_to_hls(red, green, blue)
    if re.fullmatch("[0-9A-Fa-f]{1,2}", tint):
        light = light * int(tint, 16) / 255 + 1 - int(tint, 16) / 255
    if re.fullmatch("[0-9A-Fa-f]{1,2}", shade):
        light *= int(shade, 16) / 255
    mixed = colorsys.hls_to_rgb(hue, light, strength)
    return "".join(f"{round(255 * channel):02X}" for channel in mixed)


def _modified(colour: str, given: Element) -> str:
    """Return a colour with the changes of lightness that DrawingML asks for (20.1.2.3.20)."""
    if not colour:
        return ""
    hue, light, strength = colorsys.rgb_to_hls(*(part / 255 for part in _channels(colour)))
    for change in given:
        share = int(found) / 100_000 if (found := attribute(change, "val")).isdecimal() else 1
        match local(change):
            case "lumMod" | "shade":
                light *= share
            case "lumOff":
                light += share
            case "tint":
                light = 1 - (1 - light) * share
            case _:
                pass  # of the hue, or of how opaque it is
    mixed = colorsys.hls_to_rgb(hue, min(max(light, 0), 1), strength)
    return "".join(f"{round(255 * channel):02X}" for channel in mixed)


def _mixed(front: str, behind: str, share: int) -> str:
    return "".join(
        f"{round((a * share + b * (100 - share)) / 100):02X}"
        for a, b in zip(_channels(front), _channels(behind), strict=True)
    )
