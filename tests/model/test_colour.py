"""Colours are read, compared and lightened as the standards say."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparetire.model.colour import Colour

CHANNEL = st.integers(0, 255)
COLOURS = st.builds(Colour, CHANNEL, CHANNEL, CHANNEL)


@pytest.mark.parametrize(
    ("one", "other", "ratio"),
    [
        ("#000000", "#ffffff", 21.0),
        ("#fff", "#777777", 4.48),
        ("#ffffff", "#767676", 4.54),
        ("#ffffff", "#ffffff", 1.0),
        ("#ff0000", "#ffffff", 4.0),
    ],
)
def test_contrast_is_the_one_of_wcag(one: str, other: str, ratio: float) -> None:
    a, b = Colour.parse(one), Colour.parse(other)
    assert a.contrast(b) == pytest.approx(ratio, abs=0.005)
    assert b.contrast(a) == a.contrast(b)


@pytest.mark.parametrize(
    ("text", "colour"), [("#03F", (0, 51, 255)), ("#0b3d66", (11, 61, 102))]
)
def test_both_ways_of_writing_a_colour_are_read(
    text: str, colour: tuple[int, int, int]
) -> None:
    assert Colour.parse(text) == Colour(*colour)


@pytest.mark.parametrize(
    "text", ["", "0b3d66", "#0b3d6", "#0b3d66 ", "red", "#ggg", "#12345678"]
)
def test_anything_else_is_refused_with_an_example(text: str) -> None:
    with pytest.raises(ValueError, match="such as #0b3d66"):
        Colour.parse(text)


@given(COLOURS)
def test_a_colour_written_is_the_colour_read(colour: Colour) -> None:
    assert Colour.parse(colour.hex) == colour


@given(COLOURS, st.floats(0, 1))
def test_lightness_can_be_set_to_anything_that_srgb_can_show(
    colour: Colour, lightness: float
) -> None:
    moved = colour.with_lightness(lightness)
    assert all(0 <= channel <= 255 for channel in (moved.red, moved.green, moved.blue))
    # Near black one step of a channel is a large step of lightness.
    assert moved.lightness() == pytest.approx(lightness, abs=0.02 if lightness > 0.2 else 0.08)


@given(COLOURS)
def test_the_same_lightness_gives_the_same_colour(colour: Colour) -> None:
    same = colour.with_lightness(colour.lightness())
    for before, after in zip(
        (colour.red, colour.green, colour.blue), (same.red, same.green, same.blue), strict=True
    ):
        assert abs(before - after) <= 1


def test_a_grey_stays_grey() -> None:
    moved = Colour(120, 120, 120).with_lightness(0.3)
    assert moved.red == moved.green == moved.blue
