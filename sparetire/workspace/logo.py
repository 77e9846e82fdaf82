"""Reads the brand's logo as bytes that are safe to publish.

The kind of picture is decided by its bytes, never by its name.
"""

from pathlib import Path

from sparetire.errors import ConfigurationFault
from sparetire.model.brand import Logo
from sparetire.workspace.pixels import decode_picture, png_bytes
from sparetire.workspace.svg import NotSvg, clean_svg

__all__ = ["clean_logo", "read_logo"]

MOST_READ = 2_000_000
MOST_PUBLISHED = 60_000  # page-weight budget: a crisis page is read on poor networks
LONGEST_SIDE = 800  # sharp at 400 CSS pixels on a screen of double density

_PNG = b"\x89PNG\r\n\x1a\n"
_WAY_OUT = "Give another file as brand.logo in sparetire.toml, or take that line out."


def read_logo(path: Path) -> Logo:
    """Return the logo without anything that runs, loads, or tells about its makers.

    Raises:
        ConfigurationFault: The file is missing or too big, or cannot be made safe.
    """
    return clean_logo(_read(path), path)


def clean_logo(content: bytes, path: Path) -> Logo:
    """Return a logo from its bytes; ``path`` names it in messages.

    Raises:
        ConfigurationFault: It cannot be made safe.
    """
    try:
        logo = _clean_png(content) if content.startswith(_PNG) else _clean_svg(content)
    except NotSvg as error:
        raise _refusal(
            path, "it is neither an SVG nor a PNG picture, whatever its name says"
        ) from error
    except ValueError as error:
        raise _refusal(path, str(error)) from error
    if len(logo.content) > MOST_PUBLISHED:
        raise _refusal(
            path,
            f"it still weighs {len(logo.content) // 1000} kB once cleaned, and a page for slow "
            f"networks has room for {MOST_PUBLISHED // 1000} kB",
        )
    return logo


def _read(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            raise _refusal(path, "it is not a file")
        with path.open("rb") as file:
            content = file.read(MOST_READ + 1)
    except FileNotFoundError as error:
        raise _refusal(path, "there is no such file") from error
    except (OSError, ValueError) as error:
        raise _refusal(path, str(error)) from error
    if len(content) > MOST_READ:
        raise _refusal(path, f"it is larger than {MOST_READ // 1_000_000} MB")
    return content


def _refusal(path: Path, why: str) -> ConfigurationFault:
    return ConfigurationFault(
        f"The logo {path} cannot be used.", why=f"{why[:1].upper()}{why[1:]}.", then=_WAY_OUT
    )


def _clean_svg(content: bytes) -> Logo:
    cleaned, width, height = clean_svg(content)
    return Logo(cleaned, ".svg", width, height)


def _clean_png(content: bytes) -> Logo:
    """Draw the picture anew: only its pixels survive.

    Raises:
        ValueError: It is damaged, or far too large once unpacked.
    """
    try:
        picture = decode_picture(content, ("PNG",), LONGEST_SIDE)
    except ValueError as error:
        raise ValueError(f"it is damaged or unsafe ({error})") from error
    saved = png_bytes(picture)
    if len(saved) > MOST_PUBLISHED:  # a palette is far smaller, but bends the brand's colours
        saved = png_bytes(picture.quantize(256))
    return Logo(saved, ".png", picture.width, picture.height)
