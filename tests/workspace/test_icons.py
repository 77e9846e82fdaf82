"""A sign for every name, in every form that is asked for."""

import subprocess
import sys
from io import BytesIO

import pytest
from defusedxml.ElementTree import fromstring
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from sparetire.model.brand import Logo
from sparetire.workspace.icons import draw_icons, monogram


def pixels(width: int, height: int, colour: str) -> Logo:
    buffer = BytesIO()
    Image.new("RGBA", (width, height), colour).save(buffer, "PNG")
    return Logo(buffer.getvalue(), ".png", width, height)


@given(st.text(), st.text("#0123456789abcdef\"'<>&"), st.sampled_from(["#fff", "#000"]))
def test_any_name_gives_a_well_formed_icon(name: str, fill: str, ink: str) -> None:
    icon = monogram(name, fill, ink)
    rectangle, letters = fromstring(icon)
    assert rectangle.get("fill") == fill
    assert letters.get("fill") == ink
    assert len(letters.text or "") <= 2
    assert icon == monogram(name, fill, ink)


@pytest.mark.parametrize(
    ("name", "letters"),
    [
        ("Boreal Minerals", "BM"),
        ("Minéraux Boréal du Nord", "MB"),
        ("électricité", "É"),
        ("e\u0301nergie", "É"),
        ("  <Acme> & Sons  ", "AS"),
        ("3M", "3"),
        ("—", None),
        ("", None),
        ("ßtraße", "S"),
    ],
)
def test_the_icon_shows_at_most_two_initials(name: str, letters: str | None) -> None:
    assert fromstring(monogram(name, "#0b3d66", "#ffffff"))[1].text == letters


@pytest.mark.parametrize("name", ["Minéraux Boréal", "3M", "", "河"])
def test_every_form_is_drawn_the_same_each_time(name: str) -> None:
    icons = draw_icons(name, "#0b3d66", "#ffffff")
    assert icons == draw_icons(name, "#0b3d66", "#ffffff")
    with Image.open(BytesIO(icons.tab)) as tab, Image.open(BytesIO(icons.touch)) as touch:
        assert tab.format == "ICO"
        assert tab.info["sizes"] == {(16, 16), (32, 32), (48, 48)}
        assert touch.size == (180, 180)
        assert touch.convert("RGB").getpixel((3, 3)) == (0x0B, 0x3D, 0x66)
    assert len(icons.tab) + len(icons.touch) < 8000


def test_the_letters_are_on_the_sign() -> None:
    with Image.open(BytesIO(draw_icons("Boréal", "#000000", "#ffffff").touch)) as touch:
        box = touch.convert("L").point(lambda level: 255 if level > 128 else 0).getbbox()
    assert box is not None
    left, top, right, bottom = box
    assert abs(left - (180 - right)) <= 4, "not in the middle"
    assert abs(top - (180 - bottom)) <= 4, "not in the middle"


@pytest.mark.parametrize(("wide", "high", "shown"), [(90, 90, True), (300, 90, False)])
def test_a_square_logo_is_the_sign(wide: int, high: int, *, shown: bool) -> None:
    icons = draw_icons("Boréal", "#0b3d66", "#ffffff", pixels(wide, high, "#00ff00"))
    with Image.open(BytesIO(icons.touch)) as touch:
        colours = {colour for _, colour in touch.convert("RGB").getcolors() or []}
    assert ((0, 255, 0) in colours) == shown


def test_to_draw_loads_none_of_the_formats_that_are_not_written() -> None:
    script = """
import sys
from sparetire.workspace.icons import draw_icons
draw_icons("Boréal", "#0b3d66", "#ffffff")
sys.exit("PIL.TiffImagePlugin" in sys.modules)
"""
    subprocess.run([sys.executable, "-c", script], check=True)
