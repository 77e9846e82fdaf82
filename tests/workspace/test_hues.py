"""A picture's colours are those that people would name."""

from contextlib import suppress
from io import BytesIO

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PIL import Image, ImageDraw

from sparetire.model.colour import Colour
from sparetire.workspace.hues import hues_of


def painted(*areas: tuple[str, int], kind: str = "PNG") -> bytes:
    """Paint stripes of the given widths on white."""
    picture = Image.new("RGB", (100, 40), "white")
    left = 0
    for colour, width in areas:
        ImageDraw.Draw(picture).rectangle((left, 0, left + width - 1, 40), fill=colour)
        left += width
    buffer = BytesIO()
    picture.save(buffer, kind)
    return buffer.getvalue()


@pytest.mark.parametrize(
    ("picture", "hues"),
    [
        (painted(("#0b3d66", 40), ("#f58220", 10)), ["#0b3d66", "#f58220"]),
        (painted(("#0b3d66", 10), ("#f58220", 40)), ["#f58220", "#0b3d66"]),
        (painted(("#0b3d66", 40), ("#114a7a", 10)), ["#0b3d66"]),
        (painted(("#000000", 60), ("#e31837", 10)), ["#e31837"]),
        (painted(("#555555", 60)), ["#555555"]),
        (b'<svg><path fill="#0B3D66"/><g stroke="#f58220"/><path fill="#0b3d66"/></svg>',
         ["#0b3d66", "#f58220"]),
        (b'<svg><style>.a{fill:#e31837}</style><path fill="#fff"/></svg>', ["#e31837"]),
        (b"<svg></svg>", []),
    ],
)  # fmt: skip
def test_the_strongest_colours_are_found(picture: bytes, hues: list[str]) -> None:
    assert [hue.hex for hue in hues_of(picture)] == hues


def test_a_photograph_gives_a_colour_near_its_own() -> None:
    (hue,) = hues_of(painted(("#e31837", 60), kind="JPEG"))
    assert hue.hue_from(Colour.parse("#e31837")) < 0.1


@pytest.mark.parametrize("content", [b"", b"GIF89a", b"\x89PNG\r\n\x1a\nnothing"])
def test_what_is_no_picture_is_refused(content: bytes) -> None:
    with pytest.raises(ValueError, match="picture"):
        hues_of(content)


@given(st.binary(max_size=300))
def test_no_bytes_break_it(content: bytes) -> None:
    with suppress(ValueError):
        assert len(hues_of(content)) <= 2
