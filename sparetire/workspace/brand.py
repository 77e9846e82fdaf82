"""Reads the brand folder: the cleaned logo, the icon, and colours that everybody can read."""

from dataclasses import dataclass
from pathlib import Path

from sparetire.config.schema import Settings
from sparetire.model.brand import Logo
from sparetire.model.colour import Colour
from sparetire.model.palette import Palette, Tone, make_palette
from sparetire.workspace.icons import monogram
from sparetire.workspace.logo import read_logo

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


def read_brand(settings: Settings, root: Path, tone: Tone | None = None) -> Brand:
    """Return the brand of a workspace.

    Args:
        settings: What the workspace says.
        root: Its folder.
        tone: In which tone to look, where it is not for the settings to say.

    Raises:
        ConfigurationFault: The logo cannot be published as it is.
    """
    colours = settings.brand.colours
    fill = Colour.parse(colours.brand)
    accent = Colour.parse(colours.accent or colours.brand)
    palette = make_palette(fill, accent, tone or Tone(settings.brand.tone))
    name = settings.say(settings.organisation.name, settings.languages[0].code)
    return Brand(
        logo=read_logo(root / settings.brand.logo) if settings.brand.logo else None,
        icon=monogram(name, palette.light["fill"], palette.light["on-fill"]),
        palette=palette,
    )
