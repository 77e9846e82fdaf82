"""A PNG of ours is one that others can read, pixel for pixel."""

from io import BytesIO

from hypothesis import given
from hypothesis import strategies as st
from PIL import Image

from sparetire.workspace.png import COLOURS, palette_png

PALETTE = [(number, 255 - number, 7 * number) for number in range(COLOURS)]


@given(half=st.integers(1, 9), high=st.integers(1, 9), drawn=st.data())
def test_every_pixel_has_the_colour_that_was_given(
    half: int, high: int, drawn: st.DataObject
) -> None:
    pixels = drawn.draw(st.binary(min_size=half * high, max_size=half * high))
    with Image.open(BytesIO(palette_png((2 * half, high), pixels, PALETTE))) as picture:
        assert (picture.format, picture.size) == ("PNG", (2 * half, high))
        numbers = [number for byte in pixels for number in divmod(byte, COLOURS)]
        expected = bytes(part for number in numbers for part in PALETTE[number])
        assert picture.convert("RGB").tobytes() == expected
