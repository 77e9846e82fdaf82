"""Reads the brand folder: the cleaned logo, the icon, and colours that everybody can read."""

from dataclasses import dataclass
from pathlib import Path

from sparetire.config.schema import Settings
from sparetire.model.brand import Logo
from sparetire.model.colour import Colour, Palette, make_palette
from sparetire.workspace.logo import monogram, read_logo

__all__ = ["Brand", "read_brand"]


@dataclass(frozen=True, slots=True)
class Brand:
    """How the organisation looks, ready to be published.

    Attributes:
        logo: None when the settings name none; pages then carry the name in letters.
        icon: An SVG for browser tabs.
    """

    logo: Logo | None
    icon: bytes
    palette: Palette


def read_brand(settings: Settings, root: Path) -> Brand:
    """Return the brand of a workspace.

    Raises:
        ConfigurationFault: The logo cannot be published as it is.
    """
    colours = settings.brand.colours
    fill = Colour.parse(colours.brand)
    palette = make_palette(fill, Colour.parse(colours.accent or colours.brand))
    name = settings.say(settings.organisation.name, settings.languages[0].code)
    return Brand(
        logo=read_logo(root / settings.brand.logo) if settings.brand.logo else None,
        icon=monogram(name, palette.light["fill"], palette.light["on-fill"]),
        palette=palette,
    )
