"""Pictures of press releases, written anew without what a camera hid in them.

A photograph tells where and when it was taken, and by which device; none of that goes public.
"""

import hashlib
import io
from contextlib import suppress
from pathlib import Path

from sparetire.errors import ContentRefused
from sparetire.model.release import Release, Shot

__all__ = ["PUBLISHABLE", "clean_picture", "picture_sizes", "read_picture"]

LARGEST = 30_000_000  # bytes
MOST_PIXELS = 60_000_000
WIDEST = 1600  # pixels; search engines want 1200 at least
_QUALITY = 84
PUBLISHABLE = (".jpg", ".jpeg", ".png", ".webp")


def read_picture(folder: Path, name: str) -> bytes:
    """Return the bytes of a picture that a release names.

    Raises:
        ContentRefused: It is not there, lies outside of the folder, or is too large.
    """
    path = (folder / name).resolve()
    if not path.is_relative_to(folder.resolve()) or path.suffix.lower() not in PUBLISHABLE:
        raise _refused(
            name, f"It must be a {', '.join(PUBLISHABLE)} file inside {folder.name}/."
        )
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise _refused(name, f"{error.strerror}.") from error
    if len(content) > LARGEST:
        raise _refused(name, f"It holds more than {LARGEST // 1_000_000} MB.")
    return content


def picture_sizes(folder: Path, release: Release) -> dict[str, int]:
    """Return how many bytes each picture's file holds, without opening it, by language code."""
    sizes = {}
    for code, wording in release.wordings.items():
        if wording.picture:
            with suppress(OSError):
                sizes[code] = (folder / wording.picture.file).stat().st_size
    return sizes


def clean_picture(name: str, content: bytes) -> tuple[Shot, bytes]:
    """Return a picture as the public gets it: upright, at most 1600 pixels wide, no metadata.

    Raises:
        ContentRefused: It is no picture, or one that would fill the memory.
    """
    from PIL import Image, ImageOps  # noqa: PLC0415  slow, and few runs have new pictures

    try:
        with Image.open(io.BytesIO(content), formats=("JPEG", "PNG", "WEBP")) as opened:
            if opened.width * opened.height > MOST_PIXELS:
                raise _refused(name, f"It has more than {MOST_PIXELS // 1_000_000} megapixels.")
            upright = ImageOps.exif_transpose(opened)
            clear = opened.format == "PNG"
            picture = upright.convert(
                "RGBA" if clear and upright.has_transparency_data else "RGB"
            )
    except (OSError, ValueError, SyntaxError, Image.DecompressionBombError) as error:
        raise _refused(name, f"It cannot be read as a picture: {error}.") from error
    picture.thumbnail((WIDEST, WIDEST))
    written = io.BytesIO()
    if clear:
        picture.save(written, "PNG", optimize=True)
    else:
        picture.save(written, "JPEG", quality=_QUALITY, optimize=True, progressive=True)
    body = written.getvalue()
    shot = Shot(
        file=f"{hashlib.sha256(body).hexdigest()[:16]}{'.png' if clear else '.jpg'}",
        width=picture.width,
        height=picture.height,
        size=len(body),
    )
    return shot, body


def _refused(name: str, why: str) -> ContentRefused:
    return ContentRefused(
        f"The picture {name!r} cannot be published.",
        why=why,
        then="Choose another picture, or take it out of the text.",
    )
