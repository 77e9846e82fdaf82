"""Pictures of press releases, written anew without what a camera hid in them.

A photograph tells where and when it was taken, and by which device; none of that goes public.
"""

import hashlib
import io
from contextlib import suppress
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING

from sparetire.errors import ContentRefused
from sparetire.model.release import Release, Shot
from sparetire.workspace.pixels import decode_picture, jpeg_bytes, png_bytes

if TYPE_CHECKING:
    from PIL import Image

__all__ = ["PUBLISHABLE", "clean_picture", "picture_sizes", "read_picture", "small_picture"]

LARGEST = 30_000_000  # bytes
WIDEST = 1600  # pixels; search engines want 1200 at least
NARROW = 800  # the widest column of a page, on a screen of usual sharpness
_QUALITY, _SMALL_QUALITY = 84, 72
PUBLISHABLE = (".jpg", ".jpeg", ".png", ".webp", ".gif", ".avif", ".heic", ".heif")
_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "HEIF")
_OFFICE_FORMATS = (*_FORMATS, "BMP", "TIFF")
_DRAWN = (b"\x89PNG\r\n\x1a\n", b"GIF8", b"BM")  # flat colours, which JPEG would blur


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


def clean_picture(
    name: str, content: bytes, *, in_document: bool = False
) -> tuple[Shot, bytes]:
    """Return a picture as the public gets it: upright, at most 1600 pixels wide, no metadata.

    Args:
        name: What it is called, for messages.
        content: The bytes of its file.
        in_document: It is part of a document, where BMP and TIFF are usual, too.

    Raises:
        ContentRefused: It is no picture, or one that would fill the memory.
    """
    try:
        picture = decode_picture(content, _OFFICE_FORMATS if in_document else _FORMATS, WIDEST)
    except ValueError as error:
        raise _refused(name, f"It cannot be read as a picture: {error}.") from error
    clear = picture.mode == "RGBA" or content.startswith(_DRAWN)
    file, body = _written(picture, clear=clear, quality=_QUALITY)
    return Shot(file, picture.width, picture.height, len(body)), body


def small_picture(shot: Shot, body: bytes) -> tuple[Shot, bytes]:
    """Return a cleaned picture with its rendition for pages, and the bytes of that, if any.

    Pages show a column of about 40 characters; whoever wants it large, follows the feed or the
    media kit.
    """
    from PIL import Image  # noqa: PLC0415  as above

    if shot.width <= NARROW:
        return shot, b""
    with Image.open(io.BytesIO(body), formats=("JPEG", "PNG")) as picture:
        clear = picture.format == "PNG"
        small = picture.resize((NARROW, max(1, round(NARROW * shot.height / shot.width))))
    file, content = _written(small, clear=clear, quality=_SMALL_QUALITY)
    return replace(shot, small=file, small_width=NARROW), content


def _written(picture: "Image.Image", *, clear: bool, quality: int) -> tuple[str, bytes]:
    """Return the name and the bytes of a picture as the public gets it."""
    body = png_bytes(picture) if clear else jpeg_bytes(picture, quality)
    return f"{hashlib.sha256(body).hexdigest()[:16]}{'.png' if clear else '.jpg'}", body


def _refused(name: str, why: str) -> ContentRefused:
    return ContentRefused(
        f"The picture {name!r} cannot be published.",
        why=why,
        then="Choose another picture, or take it out of the text.",
    )
