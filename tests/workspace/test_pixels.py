"""Every byte of a published picture is one that we wrote: metadata carriers by formats."""

import io
import struct
import sys
import zlib
from collections.abc import Callable
from pathlib import Path

import pytest
from PIL import Image, ImageCms, PngImagePlugin
from pillow_heif import register_heif_opener

from sparetire.errors import ContentRefused
from sparetire.stages.fill.attaching import attach
from sparetire.workspace.logo import clean_logo
from sparetire.workspace.pixels import decode_picture
from sparetire.workspace.releases_pictures import clean_picture, small_picture
from tests.support.picture_parts import (
    assert_bare,
    jpeg_segments,
    png_chunks,
    with_chunk,
    with_riff,
    with_segment,
)

SECRET = b"MARKER Vu par Marie T., 12 rue Secrete; NE PAS DIFFUSER"
WORDS = SECRET.decode()
FORMATS = ("JPEG", "PNG", "WEBP")
XMP = b"http://ns.adobe.com/xap/1.0/\0<x:xmpmeta>" + SECRET + b"</x:xmpmeta>"
IPTC = b"Photoshop 3.0\x008BIM\x04\x04\0\0" + struct.pack(">I", len(SECRET)) + SECRET


def picture(mode: str = "RGB", size: tuple[int, int] = (1000, 60)) -> Image.Image:
    drawn = Image.new(mode, size, (10, 90, 30, 255)[: len(mode)])
    drawn.paste((200, 60, 40, 255)[: len(mode)], (0, 0, 300, 30))
    return drawn


def saved(kind: str, drawn: Image.Image | None = None, **settings: object) -> bytes:
    written = io.BytesIO()
    (drawn or picture()).save(written, kind, **settings)
    return written.getvalue()


def exif() -> bytes:
    facts = Image.Exif()
    facts[0x013B] = WORDS
    return facts.tobytes()


def thumbnailed() -> bytes:
    """Return Exif with a thumbnail, as a camera writes it, of what was cut away later."""
    inner = with_segment(saved("JPEG", picture(size=(16, 16))), 0xFE, SECRET)
    head = b"MM\0*\0\0\0\x08\0\0\0\0\0\x0e\0\x02"
    rows = struct.pack(">HHIIHHII", 0x0201, 4, 1, 44, 0x0202, 4, 1, len(inner))
    return b"Exif\0\0" + head + rows + b"\0\0\0\0" + inner


def profile(red: tuple[float, float, float] | None = None) -> bytes:
    """Return an sRGB profile whose description names a person; with P3's red on request."""
    made = bytearray(ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes())
    (count,) = struct.unpack(">I", made[128:132])
    colorants = {b"rXYZ": red} if red else {}
    for number in range(count):
        row = made[132 + 12 * number : 144 + 12 * number]
        name, start, length = struct.unpack(">4sII", row)
        if name in colorants:
            parts = [round(part * 65536) for part in colorants[name]]
            made[start + 8 : start + 20] = struct.pack(">iii", *parts)
        if name == b"cprt":
            room = length - 28
            text = "MARKER Marie".encode("utf-16-be")[:room]
            made[start + 28 : start + 28 + len(text)] = text
    return bytes(made)


def heic(**settings: bytes) -> bytes:
    """Return a picture as an iPhone takes it."""
    register_heif_opener()
    return saved("HEIF", None, **settings)


def hidden(kind: str, alpha: int) -> bytes:
    """Return a picture with a colour that nobody sees, in the shape of a secret."""
    drawn = picture("RGBA")
    drawn.paste((255, 7, 9, alpha), (400, 0, 1000, 60))
    settings = {"lossless": True, "exact": True} if kind == "WEBP" else {}
    return saved(kind, drawn, **settings)


def animated(kind: str) -> bytes:
    return saved(kind, save_all=True, append_images=[Image.new("RGB", (1000, 60), "#EE0077")])


def padded_data() -> bytes:
    """Return a PNG that hides bytes behind the end of its compressed data."""
    drawn = saved("PNG")
    parts = dict(png_chunks(drawn))
    at = drawn.index(b"IDAT") - 4
    return drawn[:at] + b"".join((
        struct.pack(">I", len(parts["IDAT"]) + len(SECRET)), b"IDAT", parts["IDAT"], SECRET,
        struct.pack(">I", zlib.crc32(b"IDAT" + parts["IDAT"] + SECRET)),
    )) + drawn[at + 12 + len(parts["IDAT"]) :]  # fmt: skip


def texts(name: str) -> bytes:
    info = PngImagePlugin.PngInfo()
    getattr(info, name)("Comment", WORDS)
    return saved("PNG", pnginfo=info)


CARRIERS: dict[tuple[str, str], Callable[[], bytes]] = {
    ("comment", "JPEG"): lambda: saved("JPEG", comment=SECRET),
    ("second comment", "JPEG"): lambda: with_segment(
        saved("JPEG", comment=SECRET), 0xFE, SECRET
    ),
    ("Exif", "JPEG"): lambda: saved("JPEG", exif=exif()),
    ("Exif thumbnail", "JPEG"): lambda: with_segment(saved("JPEG"), 0xE1, thumbnailed()),
    ("XMP", "JPEG"): lambda: with_segment(saved("JPEG"), 0xE1, XMP),
    ("IPTC", "JPEG"): lambda: with_segment(saved("JPEG"), 0xED, IPTC),
    ("JFXX thumbnail", "JPEG"): lambda: with_segment(
        saved("JPEG"), 0xE0, b"JFXX\0\x13\x04\x04" + SECRET[:48]
    ),
    ("ICC description", "JPEG"): lambda: saved("JPEG", icc_profile=profile()),
    ("vendor segment", "JPEG"): lambda: with_segment(saved("JPEG"), 0xEB, SECRET),
    ("further pictures (MPF)", "JPEG"): lambda: animated("MPO"),
    ("behind the end", "JPEG"): lambda: saved("JPEG") + SECRET,
    ("whole file behind the end", "JPEG"): lambda: saved("JPEG") + saved("PNG") + SECRET,
    ("tEXt", "PNG"): lambda: texts("add_text"),
    ("iTXt", "PNG"): lambda: texts("add_itxt"),
    ("zTXt", "PNG"): lambda: with_chunk(
        saved("PNG"), b"zTXt", b"Comment\0\0" + zlib.compress(SECRET)
    ),
    ("Exif", "PNG"): lambda: saved("PNG", exif=exif()),
    ("XMP", "PNG"): lambda: with_chunk(
        saved("PNG"), b"iTXt", b"XML:com.adobe.xmp\0\0\0\0\0" + SECRET
    ),
    ("tIME", "PNG"): lambda: with_chunk(saved("PNG"), b"tIME", b"\x07\xea\x0b\x1e\0\0\0"),
    ("pHYs", "PNG"): lambda: saved("PNG", dpi=(301, 301)),
    ("sPLT", "PNG"): lambda: with_chunk(saved("PNG"), b"sPLT", SECRET + b"\0\x08"),
    ("private chunk", "PNG"): lambda: with_chunk(saved("PNG"), b"prVt", SECRET),
    ("ICC description", "PNG"): lambda: saved("PNG", icc_profile=profile()),
    ("ICC name", "PNG"): lambda: with_chunk(
        saved("PNG"), b"iCCP", b"MARKER Marie\0\0" + zlib.compress(profile())
    ),
    ("behind the end", "PNG"): lambda: saved("PNG") + SECRET,
    ("behind the compressed data", "PNG"): padded_data,
    ("further frames", "PNG"): lambda: animated("PNG"),
    ("colour under alpha 0", "PNG"): lambda: hidden("PNG", 0),
    ("colour under alpha 3", "PNG"): lambda: hidden("PNG", 3),
    ("comment", "GIF"): lambda: saved("GIF", comment=SECRET),
    ("XMP", "GIF"): lambda: saved("GIF")[:-1] + b"!\xff\x0bXMP DataXMP" + SECRET + b"\0;",
    ("behind the end", "GIF"): lambda: saved("GIF") + SECRET,
    ("further frames", "GIF"): lambda: animated("GIF"),
    ("Exif", "AVIF"): lambda: saved("AVIF", exif=exif()),
    ("XMP", "AVIF"): lambda: saved("AVIF", xmp=SECRET),
    ("ICC description", "AVIF"): lambda: saved("AVIF", icc_profile=profile()),
    ("further frames", "AVIF"): lambda: animated("AVIF"),
    ("Exif", "HEIF"): lambda: heic(exif=exif()),
    ("XMP", "HEIF"): lambda: heic(xmp=SECRET),
    ("Exif", "WEBP"): lambda: saved("WEBP", exif=exif()),
    ("XMP", "WEBP"): lambda: saved("WEBP", xmp=SECRET),
    ("ICC description", "WEBP"): lambda: saved("WEBP", icc_profile=profile()),
    ("further frames", "WEBP"): lambda: animated("WEBP"),
    ("private chunk", "WEBP"): lambda: with_riff(saved("WEBP"), b"MARK", SECRET),
    ("behind the end", "WEBP"): lambda: saved("WEBP") + SECRET,
    ("colour under alpha 0", "WEBP"): lambda: hidden("WEBP", 0),
    ("colour under alpha 3", "WEBP"): lambda: hidden("WEBP", 3),
}


def published(content: bytes) -> list[bytes]:
    """Return every form in which a picture goes public."""
    shot, large = clean_picture("given", content)
    _, small = small_picture(shot, large)
    _, (attached,) = attach("![Un quai](given.png)", "fr", lambda _: content)
    logos = []
    if content.startswith(b"\x89PNG"):
        logos.append(clean_logo(content, Path("logo.png")).content)
    return [large, small, attached.content, *logos]


@pytest.mark.parametrize(("carrier", "kind"), CARRIERS)
def test_only_pixels_go_public(carrier: str, kind: str) -> None:
    for body in published(CARRIERS[carrier, kind]()):
        assert_bare(body)
        assert b"MARKER" not in body
        with Image.open(io.BytesIO(body)) as shown:
            colours = {
                colour for _, colour in shown.convert("RGBA").getcolors(1 << 20) or []
                if isinstance(colour, tuple)
            }  # fmt: skip
        assert not [each for each in colours if each[3] < 8 and each != (0, 0, 0, 0)]
        assert not [each for each in colours if each[0] > 230 and each[1] < 20]  # other frames


def test_the_independent_reader_finds_each_carrier_in_what_was_given() -> None:
    for (carrier, kind), make in CARRIERS.items():
        content = make()
        if (
            kind in {"JPEG", "PNG"}
            and "alpha" not in carrier
            and "behind the comp" not in carrier
        ):
            with pytest.raises(AssertionError):
                assert_bare(content)
    assert [marker for marker, _ in jpeg_segments(CARRIERS["comment", "JPEG"]())].count(0xFE)


P3_RED = (0.51512, 0.24120, -0.00105)


@pytest.mark.parametrize("kind", FORMATS)
def test_colours_of_another_profile_are_converted(kind: str) -> None:
    drawn = Image.new("RGB", (40, 40), (200, 120, 110))
    lossless = {"lossless": True} if kind == "WEBP" else {}
    wide = saved(kind, drawn, icc_profile=profile(P3_RED), **lossless)
    plain = saved(kind, drawn, icc_profile=profile(), **lossless)

    def shown(content: bytes) -> tuple[int, ...]:
        _, body = clean_picture("given", content)
        pixel = decode_picture(body, FORMATS, 100).getpixel((20, 20))
        assert isinstance(pixel, tuple)
        return pixel

    assert max(abs(a - b) for a, b in zip(shown(plain), (200, 120, 110), strict=True)) <= 3
    assert shown(wide)[0] > shown(plain)[0] + 5  # the same number is a stronger red in P3


def test_a_profile_that_cannot_be_read_loses_no_picture() -> None:
    for content in (
        saved("JPEG", icc_profile=b"no profile"),
        saved("JPEG", picture().convert("L"), icc_profile=profile()),
        saved("JPEG", picture().convert("CMYK"), icc_profile=profile()),
    ):
        assert clean_picture("given", content)[0].width == 1000


def test_transparency_stays_whatever_the_format() -> None:
    drawn = Image.new("RGBA", (40, 40), (0, 0, 0, 0))
    drawn.paste((10, 20, 30, 255), (0, 0, 20, 40))
    for content in (
        saved("WEBP", drawn, lossless=True),
        saved("PNG", drawn),
        saved("PNG", drawn.quantize(8)),
    ):
        shot, body = clean_picture("given", content)
        assert shot.file.endswith(".png")
        with Image.open(io.BytesIO(body)) as shown:
            assert shown.getpixel((30, 20)) == (0, 0, 0, 0)
            assert shown.getpixel((10, 20)) == (10, 20, 30, 255)


def test_greys_of_16_bits_keep_their_shades() -> None:
    drawn = Image.new("I;16", (256, 2))
    for level in range(256):
        for line in (0, 1):
            drawn.putpixel((level, line), level * 257)
    _, body = clean_picture("given", saved("PNG", drawn))
    with Image.open(io.BytesIO(body)) as shown:
        assert [shown.convert("L").getpixel((at, 0)) for at in (0, 64, 128, 255)] == [
            *(0, 64, 128, 255)
        ]


def test_a_gamma_of_its_own_is_taken_into_account() -> None:
    drawn = saved("PNG", Image.new("RGB", (4, 4), (55, 55, 55)))
    dark = with_chunk(drawn, b"gAMA", struct.pack(">I", 100_000))
    assert decode_picture(dark, FORMATS, 100).getpixel((0, 0)) == (127, 127, 127)


def test_a_photograph_of_many_megapixels_is_shrunk_and_a_bomb_refused() -> None:
    large = saved("JPEG", Image.new("RGB", (9000, 7000), (3, 3, 3)), quality=30)
    assert clean_picture("given", large)[0].width == 1600
    with pytest.raises(ValueError, match="megapixels"):
        decode_picture(saved("PNG", Image.new("1", (9000, 7000))), FORMATS, 1600)


def test_a_picture_of_an_iphone_is_converted_or_refused_with_the_right_advice(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    given = heic()
    shot, body = clean_picture("photo.heic", given)
    assert (shot.width, shot.file[-4:]) == (1000, ".jpg")
    assert_bare(body)
    monkeypatch.setitem(sys.modules, "pillow_heif", None)  # as where the extra is missing
    for name in ("photo.heic", "photo.jpg"):
        with pytest.raises(ContentRefused) as refusal:
            clean_picture(name, given)
        assert "export it as JPEG" in refusal.value.why[0]
        assert "sparetire[heic]" in refusal.value.why[0]


@pytest.mark.parametrize(
    "content", [b"<svg/>", b"", b"GIF89a", b"\0\0\0\x18ftypmp42" + b"\0" * 40]
)
def test_what_is_no_picture_is_refused_with_the_formats_that_are_known(content: bytes) -> None:
    with pytest.raises(ContentRefused) as refusal:
        clean_picture("given.jpg", content)
    assert "JPEG, PNG, WEBP" in refusal.value.why[0] or content == b"GIF89a"
