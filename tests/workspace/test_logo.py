"""A logo is safe to publish, or it is refused in words."""

import struct
import zlib
from io import BytesIO
from pathlib import Path

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image
from PIL.PngImagePlugin import PngInfo

from sparetire.errors import ConfigurationFault
from sparetire.model.brand import Logo
from sparetire.workspace.icons import monogram
from sparetire.workspace.logo import read_logo

SVG = 'xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"'
SHAPE = '<path id="p" d="M0 0h10v5z" fill="#0b3d66"/>'


def drawing(inside: str, *, root: str = 'viewBox="0 0 10 5"') -> bytes:
    return f"<svg {SVG} {root}>{inside}</svg>".encode()


@pytest.fixture
def logo_file(tmp_path: Path) -> Path:
    return tmp_path / "logo.svg"


def read(path: Path, content: bytes) -> Logo:
    path.write_bytes(content)
    return read_logo(path)


def refused(path: Path, content: bytes) -> str:
    with pytest.raises(ConfigurationFault) as caught:
        read(path, content)
    error = caught.value
    assert str(path) in error.what
    assert error.why
    assert error.public
    assert "sparetire.toml" in error.then
    return " ".join(error.why)


def png(size: tuple[int, int] = (20, 10), mode: str = "RGBA", **saved: object) -> bytes:
    buffer = BytesIO()
    colour = {"RGBA": (11, 61, 102, 128), "RGB": (11, 61, 102)}.get(mode, 40000)
    Image.new(mode, size, colour).save(buffer, "PNG", **saved)
    return buffer.getvalue()


# --- SVG: dropped without a word


@pytest.mark.parametrize(
    "hostile",
    [
        "<script>alert('EVIL')</script>",
        "<script xlink:href='https://EVIL.example/x.js'/>",
        "<g onclick='EVIL()' onload='EVIL()'/>",
        "<a href='javascript:EVIL()'><circle r='1'/></a>",
        "<a xlink:href='https://EVIL.example'><circle r='1'/></a>",
        "<foreignObject><iframe xmlns='urn:html' src='EVIL'/></foreignObject>",
        "<animate attributeName='href' values='javascript:EVIL()'/>",
        "<set attributeName='onmouseover' to='EVIL()'/>",
        "<!-- EVIL --><?EVIL?>",
        "<metadata>EVIL</metadata>",
        "<title>EVIL</title><desc>EVIL</desc>",
        "<style>/* EVIL */ path { fill: red }</style>",
        "<path d='M0 0' style='fill:red/* EVIL */'/>",
        "<g display='none'><text>EVIL</text></g>",
        "<g id='l2' style='fill:red; display: none'><text>EVIL</text></g>",
        "<e:layer xmlns:e='urn:editor' e:author='EVIL'>EVIL</e:layer>",
        "<path d='M0 0' data-author='EVIL'/>",
        "<script xmlns='http://www.w3.org/1999/xhtml'>EVIL</script>",
        "<e:path xmlns:e='urn:editor' d='EVIL'/>",
        "<g>EVIL</g>",
        "<handler type='text/javascript'>EVIL</handler>",
        "<path d='M0 0' href='EVIL'/>",
    ],
)
def test_what_runs_or_tells_is_not_in_the_published_logo(logo_file: Path, hostile: str) -> None:
    logo = read(logo_file, drawing(SHAPE + hostile))
    assert b"EVIL" not in logo.content
    assert b"script" not in logo.content
    assert b"M0 0h10v5z" in logo.content


def test_handlers_and_processing_instructions_around_the_root_are_dropped(
    logo_file: Path,
) -> None:
    root = 'viewBox="0 0 10 5" onload="EVIL()" xml:base="https://EVIL.example/"'
    content = b'<?xml-stylesheet href="EVIL.css"?><!--EVIL-->' + drawing(SHAPE, root=root)
    assert b"EVIL" not in read(logo_file, content).content


# --- SVG: refused, because somebody would miss it or because it is an attack


@pytest.mark.parametrize(
    ("hostile", "says"),
    [
        ("<image href='https://evil.example/pixel.png'/>", "<image>"),
        ("<image xlink:href='data:image/png;base64,AAAA'/>", "<image>"),
        ("<use href='https://evil.example/x.svg#a'/>", "<use>"),
        ("<use xlink:href='javascript:evil()'/>", "<use>"),
        ("<rect fill='url(https://evil.example/x#a)'/>", "fill"),
        ("<rect style='fill:red;background:url(//evil.example)'/>", "style"),
        ("<rect style='background:u\\72l(//evil.example)'/>", "style"),
        ("<svg style='background:URL( \"//evil.example\" )'/>", "style"),
        ("<rect style='fill:\\72 ed'/>", "style"),
        ("<style>@import '//evil.example/x.css';</style>", "style"),
        ("<style>@font-face{src:url(//evil.example)}</style>", "style"),
        ("<style>.a{background:image-set('//evil.example' 1x)}</style>", "style"),
        ('<style>.a{b:"/*";background:url(//evil.example);c:"*/"}</style>', "style"),
    ],
)
def test_what_loads_from_elsewhere_is_refused(logo_file: Path, hostile: str, says: str) -> None:
    assert says in refused(logo_file, drawing(SHAPE + hostile))


@pytest.mark.parametrize("depth", [100, 200_000])
def test_groups_without_end_are_refused(logo_file: Path, depth: int) -> None:
    content = drawing("<g>" * depth + SHAPE + "</g>" * depth)
    assert "deep" in refused(logo_file, content)


BOMB = "".join(f'<!ENTITY e{n} "{f"&e{n - 1};" * 10 if n else "ha"}">' for n in range(10))


@pytest.mark.parametrize(
    "prologue",
    [
        f"<!DOCTYPE svg [{BOMB}]>",
        '<!DOCTYPE svg [<!ENTITY x SYSTEM "file:///etc/passwd">]>',
        '<!DOCTYPE svg [<!ENTITY % x SYSTEM "http://127.0.0.1:9/x.dtd"> %x;]>',
        '<!DOCTYPE svg PUBLIC "-//W3C//DTD SVG 1.1//EN" "http://127.0.0.1:9/svg11.dtd">',
    ],
    ids=["bomb", "file", "parameter", "plain"],
)
@pytest.mark.parametrize("encoding", ["utf-8", "utf-16"])
def test_a_doctype_is_refused_with_a_way_out(
    logo_file: Path, prologue: str, encoding: str
) -> None:
    text = prologue + drawing(SHAPE + "<text>&e9;</text>").decode()
    why = refused(logo_file, text.encode(encoding))
    assert "DOCTYPE" in why
    assert "export it again" in why


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (drawing(""), "Nothing in it draws"),
        (drawing("<g/><defs/>"), "Nothing in it draws"),
        (drawing(SHAPE, root=""), "no size"),
        (drawing(SHAPE, root='width="100%" height="100%"'), "no size"),
        (drawing(SHAPE, root='width="1e999" height="5"'), "size cannot be"),
        (drawing(SHAPE, root='viewBox="0 0 0 0"'), "no size"),
        (drawing(SHAPE)[:-4], "damaged"),
        (drawing(f"<text>{'long ' * 20_000}</text>"), "still weighs 100 kB"),
        (b" " * 2_000_001, "larger than 2 MB"),
        (b"<svg " + b"a" * 3_000_000, "larger than 2 MB"),
    ],
)
def test_an_unusable_drawing_is_refused_with_the_reason(
    logo_file: Path, content: bytes, says: str
) -> None:
    assert says in refused(logo_file, content)


# --- SVG: kept


def test_what_designers_export_keeps_its_looks(logo_file: Path) -> None:
    inside = (
        "<style>.a{fill:url(#sky)} @media (prefers-color-scheme: dark){.a{fill:#fff}}</style>"
        '<switch><foreignObject requiredExtensions="x"/><g transform="translate(1 2)">'
        '<linearGradient id="sky"><stop offset="0" style="stop-color:rgb(1,2,3)"/>'
        f'</linearGradient>{SHAPE}<use xlink:href="#p" clip-path="url(#c)"/></g></switch>'
        '<text aria-label="Boréal (mines)">Bo<a href="x">ré</a>al <b>!</b>é</text>'
    )
    logo = read(logo_file, drawing(inside))
    for kept in (
        ".a{fill:url(#sky)}",
        "prefers-color-scheme",
        'transform="translate(1 2)"',
        "stop-color:rgb(1,2,3)",
        'href="#p"',
        'clip-path="url(#c)"',
        'aria-label="Boréal (mines)"',
        "Bo<tspan>ré</tspan>al é",
    ):
        assert kept in logo.content.decode()


def test_the_published_drawing_has_one_tidy_namespace(logo_file: Path) -> None:
    prefixed = (
        b'<s:svg xmlns:s="http://www.w3.org/2000/svg" viewBox="0 0 4 2"><s:rect/></s:svg>'
    )
    content = read(logo_file, prefixed).content
    assert content.startswith(b"<svg ")
    assert content.count(b"xmlns") == 1
    assert b"ns0" not in content
    assert fromstring(content).tag == "{http://www.w3.org/2000/svg}svg"


@pytest.mark.parametrize(
    ("root", "size"),
    [
        ('width="120" height="40"', (120, 40)),
        ('width="120px" height="40px" viewBox="0 0 3 1"', (120, 40)),
        ('viewBox="-5 -5 300,100"', (300, 100)),
        ('width="100%" viewBox="0 0 300 100"', (300, 100)),
        ('width="60" viewBox="0 0 300 100"', (60, 20)),
        ('height="60" viewBox="0 0 300 100"', (180, 60)),
        ('width="1in" height="25.4mm"', (96, 96)),
        ('width="0.2" height="0.1"', (1, 1)),
    ],
)
def test_the_size_is_read_as_a_browser_would(
    logo_file: Path, root: str, size: tuple[int, int]
) -> None:
    logo = read(logo_file, drawing(SHAPE, root=root))
    assert (logo.suffix, logo.width, logo.height) == (".svg", *size)
    assert b"viewBox" in logo.content


def test_cleaning_twice_changes_nothing(logo_file: Path) -> None:
    once = read(logo_file, drawing(SHAPE + "<text>a &lt;&amp; b</text>"))
    assert read(logo_file, once.content) == once


@given(st.data())
def test_no_damage_to_a_drawing_escapes_as_another_error(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    whole = drawing(f"<style>.a{{fill:red}}</style>{SHAPE}<text>x</text>")
    survives(tmp_path_factory, damaged(whole, data))


# --- PNG


def test_a_png_is_drawn_anew_without_what_it_tells(logo_file: Path) -> None:
    notes = PngInfo()
    notes.add_text("Author", "MARKER")
    notes.add_itxt("XML:com.adobe.xmp", "<x>MARKER</x>")
    notes.add_text("Comment", "MARKER" * 100, zip=True)
    exif = Image.Exif()
    exif[0x010E] = "MARKER"
    exif.get_ifd(0x8825)[1] = "N"
    content = png(pnginfo=notes, exif=exif, icc_profile=b"MARKER" * 30, dpi=(72, 72))
    logo = read(logo_file, content + b"MARKER after the end")
    assert b"MARKER" not in logo.content
    with Image.open(BytesIO(logo.content)) as opened:
        opened.load()
        assert opened.info == {}
        assert not opened.getexif()
        assert opened.getpixel((3, 3)) == (11, 61, 102, 128)
    chunks = {logo.content[at : at + 4] for at in range(8, len(logo.content))}
    assert not chunks & {b"tEXt", b"iTXt", b"zTXt", b"eXIf", b"iCCP", b"tIME"}
    assert (logo.suffix, logo.width, logo.height) == (".png", 20, 10)


def test_a_turned_picture_is_set_upright(logo_file: Path) -> None:
    exif = Image.Exif()
    exif[0x0112] = 6
    logo = read(logo_file, png((20, 10), exif=exif))
    assert (logo.width, logo.height) == (10, 20)


@pytest.mark.parametrize(
    ("size", "shown"), [((2400, 600), (800, 200)), ((100, 1600), (50, 800))]
)
def test_a_large_picture_is_made_smaller(
    logo_file: Path, size: tuple[int, int], shown: tuple[int, int]
) -> None:
    logo = read(logo_file, png(size))
    assert (logo.width, logo.height) == shown
    with Image.open(BytesIO(logo.content)) as opened:
        assert opened.size == shown


def test_a_small_picture_is_not_made_larger(logo_file: Path) -> None:
    assert read(logo_file, png((16, 16))).width == 16


def test_sixteen_bit_greys_keep_their_shade(logo_file: Path) -> None:
    logo = read(logo_file, png(mode="I;16"))
    with Image.open(BytesIO(logo.content)) as opened:
        assert opened.convert("RGB").getpixel((0, 0)) == (156, 156, 156)


def test_the_same_picture_gives_the_same_bytes(logo_file: Path) -> None:
    content = png((300, 100))
    assert read(logo_file, content) == read(logo_file, content)


def noise(width: int, height: int) -> bytes:
    buffer = BytesIO()
    Image.effect_noise((width, height), 90).convert("RGB").save(buffer, "PNG")
    return buffer.getvalue()


def test_a_busy_picture_gets_a_palette_and_fits(logo_file: Path) -> None:
    buffer = BytesIO()
    busy = Image.merge("RGB", [Image.effect_noise((200, 200), 60) for _ in range(3)])
    busy.save(buffer, "PNG")
    assert len(buffer.getvalue()) > 60_000
    assert len(read(logo_file, buffer.getvalue()).content) <= 60_000


def test_a_picture_that_stays_too_heavy_is_refused(logo_file: Path) -> None:
    assert "still weighs" in refused(logo_file, noise(800, 800))


def chunk(kind: bytes, body: bytes) -> bytes:
    checksum = struct.pack(">I", zlib.crc32(kind + body))
    return struct.pack(">I", len(body)) + kind + body + checksum


@pytest.mark.parametrize("side", [8_000, 12_000, 60_000, 2**31 - 1])
def test_a_picture_that_would_fill_the_memory_is_refused(logo_file: Path, side: int) -> None:
    header = struct.pack(">IIBBBBB", side, side, 8, 6, 0, 0, 0)
    bomb = b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header)
    bomb += chunk(b"IDAT", zlib.compress(bytes(1_000_000))) + chunk(b"IEND", b"")
    assert "unsafe" in refused(logo_file, bomb)


def test_even_a_sound_picture_may_not_be_immense(logo_file: Path) -> None:
    buffer = BytesIO()
    Image.new("1", (8_000, 8_000)).save(buffer, "PNG")
    assert "more than 60 megapixels (8000 by 8000)" in refused(logo_file, buffer.getvalue())


@pytest.mark.parametrize("left", [8, 20, 40, 60])
def test_a_torn_picture_is_refused(logo_file: Path, left: int) -> None:
    assert "damaged" in refused(logo_file, png()[:left])


@given(st.data())
def test_no_damage_to_a_picture_escapes_as_another_error(
    tmp_path_factory: pytest.TempPathFactory, data: st.DataObject
) -> None:
    notes = PngInfo()
    notes.add_text("Author", "x", zip=True)
    notes.add_itxt("Title", "x", "fr", "y", zip=True)
    whole = png(pnginfo=notes, exif=Image.Exif(), icc_profile=b"p" * 20, dpi=(72, 72))
    survives(tmp_path_factory, damaged(whole, data))


KINDS = [b"IHDR", b"PLTE", b"IDAT", b"IEND", b"tRNS", b"gAMA", b"cHRM", b"sRGB", b"iCCP"]
KINDS += [b"tEXt", b"zTXt", b"iTXt", b"eXIf", b"pHYs", b"acTL", b"fcTL", b"fdAT", b"abCD"]
BODIES = st.binary(max_size=40) | st.binary(max_size=40).map(
    lambda body: b"a\0\0" + zlib.compress(body)
)


@given(
    st.lists(st.tuples(st.sampled_from(KINDS), BODIES), max_size=4), st.sampled_from(range(7))
)
def test_no_hostile_chunk_escapes_as_another_error(
    tmp_path_factory: pytest.TempPathFactory, chunks: list[tuple[bytes, bytes]], kind: int
) -> None:
    header = chunk(b"IHDR", struct.pack(">IIBBBBB", 4, 4, 8, kind, 0, 0, 0))
    pixels = chunk(b"IDAT", zlib.compress(bytes(4 * 17))) + chunk(b"IEND", b"")
    hostile = b"".join(chunk(*each) for each in chunks)
    survives(tmp_path_factory, b"\x89PNG\r\n\x1a\n" + header + hostile + pixels)


# --- either


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("logo.png", b"This is a note, not a picture."),
        ("logo.svg", b"<!doctype html><title>x</title><script>alert(1)</script>"),
        ("logo.svg", b"<!DOCTYPE html><html><body onload='x()'/></html>"),
        ("logo.svg", b"<html xmlns='http://www.w3.org/1999/xhtml'><svg/></html>"),
        ("logo.svg", b""),
        ("logo.svg", bytes(range(256))),
        ("logo.svg", b"<svg xmlns='urn:other' viewBox='0 0 1 1'><path/></svg>"),
        ("logo.png", b"GIF89a" + bytes(40)),
        ("logo.png", b"\xff\xd8\xff\xe0" + bytes(40)),
        ("logo.svg", b"\x1f\x8b\x08" + bytes(40)),
        ("logo.svg", b"<?xml version='1.0' encoding='utf-7'?><p/>"),
    ],
)
def test_the_kind_is_decided_by_the_bytes_not_by_the_name(
    tmp_path: Path, name: str, content: bytes
) -> None:
    assert "neither an SVG nor a PNG" in refused(tmp_path / name, content)


def test_a_wrong_name_does_not_hurt_a_good_logo(tmp_path: Path) -> None:
    assert read(tmp_path / "logo.jpg", png()).suffix == ".png"
    assert read(tmp_path / "logo.png", drawing(SHAPE)).suffix == ".svg"


def test_a_missing_file_is_said_to_be_missing(tmp_path: Path) -> None:
    with pytest.raises(ConfigurationFault) as caught:
        read_logo(tmp_path / "gone.svg")
    assert caught.value.why == ("There is no such file.",)


@pytest.mark.parametrize("name", [".", "bad\0name"])
def test_a_place_that_cannot_be_read_is_refused(tmp_path: Path, name: str) -> None:
    with pytest.raises(ConfigurationFault):
        read_logo(tmp_path / name)


def test_the_icon_can_stand_in_for_a_logo(logo_file: Path) -> None:
    logo = read(logo_file, monogram("Boreal & Sons", "#0b3d66", "#ffffff"))
    assert (logo.suffix, logo.width, logo.height) == (".svg", 64, 64)
    assert b">BS<" in logo.content


def damaged(whole: bytes, data: st.DataObject) -> bytes:
    """Change, cut and repeat bytes."""
    content = bytearray(whole[: data.draw(st.integers(8, len(whole)))])
    for _ in range(data.draw(st.integers(0, 4))):
        content[data.draw(st.integers(0, len(content) - 1))] = data.draw(st.integers(0, 255))
    return bytes(content)


def survives(folders: pytest.TempPathFactory, content: bytes) -> None:
    path = folders.mktemp("logo") / "logo"
    path.write_bytes(content)
    published, refusal = b"", tuple[str, ...]()
    try:
        published = read_logo(path).content
    except ConfigurationFault as error:
        refusal = error.why
    assert refusal or 0 < len(published) <= 60_000
