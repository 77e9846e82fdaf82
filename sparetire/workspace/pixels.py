"""Decodes a picture of others to plain sRGB pixels, and writes them as a file of ours.

Every byte of a published picture is written here: nothing but pixels passes from one file to
the other. A JPEG may hold a comment, Exif, XMP, IPTC, a thumbnail of what was cut away, further
pictures (MPF) and data behind its end; a PNG texts, further frames and colours under
transparency; either a colour profile whose description names its owner.
"""

import io
import warnings
from contextlib import suppress
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.Image import Image

__all__ = ["crop_picture", "decode_picture", "jpeg_bytes", "png_bytes"]

CROPPED_FORMATS = ("JPEG", "PNG", "WEBP", "GIF", "AVIF", "HEIF", "BMP", "TIFF")
CROPPED_SIDE = 4000  # pixels: enough that a small part of a photograph stays sharp
CROPPED_QUALITY = 95  # it is written once more for publication
MOST_PIXELS = 60_000_000
UNSEEN = 8  # of 255: a colour with less opacity is not visible on any page
_SHRINKABLE = {"L", "LA", "RGB", "RGBA", "CMYK"}
# Brands of HEIC files (ISO/IEC 23008-12, annex B).
_HEIC = {b"heic", b"heix", b"heim", b"heis", b"hevc", b"hevx", b"mif1", b"msf1"}
_AVIF = {b"avif", b"avis"}
_SRGB_GAMMA = 0.45455  # what a PNG says that is meant as sRGB (ISO/IEC 15948, 11.3.3.5)


def decode_picture(content: bytes, formats: tuple[str, ...], side: int) -> "Image":
    """Return a picture as upright sRGB pixels: RGB, or RGBA where a part is transparent.

    The first frame of an animation and the first picture of several are taken.

    Args:
        content: The bytes of the file.
        formats: Names of the formats that are accepted, as Pillow knows them.
        side: The most pixels that it may be wide or high; a larger one is shrunk.

    Raises:
        ValueError: It is none of these formats, damaged, or too large.
    """
    from PIL import Image, ImageOps, UnidentifiedImageError  # noqa: PLC0415  slow to import

    known = _known(content, formats)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # about metadata that is not taken over
            with Image.open(io.BytesIO(content), formats=known) as opened:
                opened.draft(None, (2 * side, 2 * side))  # a large JPEG is unpacked smaller
                _refuse_immense(opened.size)
                ImageOps.exif_transpose(opened, in_place=True)
                return _plain(opened, side)
    except UnidentifiedImageError as error:
        raise ValueError(f"it is none of {', '.join(formats)}") from error
    except Exception as error:  # of any kind: the file caused it
        raise ValueError(str(error) or type(error).__name__) from error


def _known(content: bytes, formats: tuple[str, ...]) -> tuple[str, ...]:
    """Return the formats to ask Pillow for: it fails on one that it does not know."""
    from PIL import features  # noqa: PLC0415  slow to import

    known = set(formats) - {"HEIF", "AVIF"}
    brand = content[8:12] if content[4:8] == b"ftyp" else b""
    if brand in _HEIC and "HEIF" in formats:
        _learn_heic()
        known = {"HEIF"}
    elif brand in _AVIF and "AVIF" in formats and features.check("avif"):
        known = {"AVIF"}
    return tuple(one for one in formats if one in known)


def _learn_heic() -> None:
    """Teach Pillow the format of iPhones, where its library is installed.

    Raises:
        ValueError: It is not.
    """
    try:
        from pillow_heif import register_heif_opener  # noqa: PLC0415  an extra
    except ImportError as error:
        raise ValueError(
            "it is a HEIC picture, as an iPhone takes it: export it as JPEG, or have Python "
            "install sparetire[heic], which reads them"
        ) from error
    register_heif_opener()


def crop_picture(
    content: bytes, cut: tuple[float, float, float, float], *, ellipse: bool = False
) -> bytes:
    """Return a part of a picture as a file of its own.

    Args:
        content: The bytes of the file.
        cut: How much is cut off at the left, top, right and bottom, from 0 to 1.
        ellipse: Only the ellipse within the rest is kept.

    Raises:
        ValueError: It is no picture, or nothing of it is left.
    """
    from PIL import Image, ImageChops, ImageDraw  # noqa: PLC0415  slow to import

    whole = decode_picture(content, CROPPED_FORMATS, CROPPED_SIDE)
    left, top = round(cut[0] * whole.width), round(cut[1] * whole.height)
    right = whole.width - round(cut[2] * whole.width)
    bottom = whole.height - round(cut[3] * whole.height)
    if right <= left or bottom <= top:
        raise ValueError("nothing of it is shown")
    part = whole.crop((left, top, right, bottom))
    if ellipse:
        mask = Image.new("L", part.size)
        ImageDraw.Draw(mask).ellipse((0, 0, part.width - 1, part.height - 1), fill=255)
        opaque = part.convert("RGBA").getchannel("A")
        part.putalpha(ImageChops.darker(mask, opaque))
    is_photo = part.mode == "RGB" and content.startswith(b"\xff\xd8")
    return jpeg_bytes(part, CROPPED_QUALITY) if is_photo else png_bytes(part)


def png_bytes(picture: "Image") -> bytes:
    """Return pixels as a PNG, without the colours under full transparency."""
    written = io.BytesIO()
    _bare(picture).save(written, "PNG", optimize=True)
    return written.getvalue()


def jpeg_bytes(picture: "Image", quality: int) -> bytes:
    """Return opaque pixels as a JPEG."""
    written = io.BytesIO()
    _bare(picture).save(written, "JPEG", quality=quality, optimize=True, progressive=True)
    return written.getvalue()


def _refuse_immense(size: tuple[int, int]) -> None:
    width, height = size
    if width * height > MOST_PIXELS:
        most = MOST_PIXELS // 1_000_000
        raise ValueError(f"it has more than {most} megapixels ({width} by {height})")


def _plain(picture: "Image", side: int) -> "Image":
    """Return 8-bit sRGB pixels of a picture of any mode."""
    facts = dict(picture.info)
    if picture.mode in _SHRINKABLE and "transparency" not in facts:
        picture.thumbnail((side, side))  # first, where it can be: the rest takes less memory
    alpha = _alpha(picture)
    colours = _as_srgb(_eight_bits(picture), facts.get("icc_profile"))
    if "gamma" in facts and not facts.keys() & {"icc_profile", "srgb"}:
        colours = _regamma(colours, facts["gamma"])
    if alpha is not None:
        colours.putalpha(alpha)
    colours.thumbnail((side, side))
    return _bare(colours)


def _alpha(picture: "Image") -> "Image | None":
    """Return how opaque each pixel is, or None where all are fully opaque."""
    if not picture.has_transparency_data:
        return None
    alpha = picture.convert("RGBA").getchannel("A")
    opaque = alpha.histogram()[-1]
    return alpha if opaque < alpha.width * alpha.height else None


def _eight_bits(picture: "Image") -> "Image":
    """Return a picture whose channels have 8 bits and no palette; alpha is left out."""
    if picture.mode == "F":
        raise ValueError("its greys are floating-point numbers")
    if picture.mode.startswith("I"):  # 16-bit greys: Pillow would turn nearly all white
        return picture.point(lambda level: level / 256).convert("L")
    if picture.mode in {"L", "RGB", "CMYK", "LAB"}:
        return picture
    return picture.convert("L" if picture.mode in {"LA", "La", "1"} else "RGB")


def _as_srgb(picture: "Image", profile: bytes | None) -> "Image":
    """Return a picture in the colours of sRGB; a profile that cannot be read is ignored."""
    from PIL import ImageCms  # noqa: PLC0415  slow to import

    rgb = picture.convert("RGB")
    for given in (picture, rgb) if profile else ():  # a grey JPEG may carry a profile for RGB
        with suppress(ImageCms.PyCMSError, OSError, ValueError, TypeError):
            converted = ImageCms.profileToProfile(
                given,
                ImageCms.ImageCmsProfile(io.BytesIO(profile or b"")),
                ImageCms.createProfile("sRGB"),
                renderingIntent=ImageCms.Intent.RELATIVE_COLORIMETRIC,
                outputMode="RGB",
            )
            return converted or rgb  # nothing where it was converted in place
    return rgb


def _regamma(picture: "Image", gamma: float) -> "Image":
    """Return RGB pixels of a PNG with another gamma as sRGB means them."""
    ratio = _SRGB_GAMMA / gamma
    if not 0.1 < ratio < 10 or abs(ratio - 1) < 0.05:  # noqa: PLR2004  no gamma, or sRGB's
        return picture
    table = [round(255 * (level / 255) ** ratio) for level in range(256)]
    return picture.point(table * 3)


def _bare(picture: "Image") -> "Image":
    """Return the pixels alone, with no colour where nothing is visible."""
    from PIL import Image  # noqa: PLC0415  slow to import

    if picture.mode == "P":  # quantised from pixels that were bare
        picture.info = {}
        return picture
    bare = Image.frombytes(picture.mode, picture.size, picture.tobytes())
    if picture.mode == "RGBA":
        unseen = bare.getchannel("A").point([255] * UNSEEN + [0] * (256 - UNSEEN))
        bare.paste((0, 0, 0, 0), mask=unseen)
    return bare
