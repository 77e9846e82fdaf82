"""Whatever the brand's colours, everybody can read the page."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparetire.model.colour import Colour, make_palette

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


@given(COLOURS, COLOURS)
def test_every_text_can_be_read_on_paper_and_panel_in_both_schemes(
    brand: Colour, accent: Colour
) -> None:
    palette = make_palette(brand, accent)
    for scheme in (palette.light, palette.dark):
        tokens = {name: Colour.parse(value) for name, value in scheme.items()}
        for ground in (tokens["paper"], tokens["panel"]):
            for text in ("ink", "soft", "link"):
                assert tokens[text].contrast(ground) >= 4.5, text
            assert tokens["mark"].contrast(ground) >= 3.0
        assert tokens["on-fill"].contrast(tokens["fill"]) >= 4.5


@given(COLOURS, COLOURS)
def test_a_colour_moves_only_where_it_could_not_be_read(brand: Colour, accent: Colour) -> None:
    palette = make_palette(brand, accent)
    moved = {(each.role, each.scheme) for each in palette.adjustments}
    for scheme, tokens in (("light", palette.light), ("dark", palette.dark)):
        panel = Colour.parse(tokens["panel"])
        for role, token, given_, least in (
            ("Link colour", "link", brand, 4.5),
            ("Accent", "mark", accent, 3.0),
        ):
            assert ((role, scheme) in moved) == (given_.contrast(panel) < least)
            assert (tokens[token] == given_.hex) == ((role, scheme) not in moved)
        assert tokens["fill"] == brand.hex


@given(COLOURS, COLOURS)
def test_a_change_is_told_with_both_colours_and_both_contrasts(
    brand: Colour, accent: Colour
) -> None:
    for change in make_palette(brand, accent).adjustments:
        words = change.in_words()
        assert change.given.hex in words
        assert change.used.hex in words
        before, after = words.split("contrast ")[1].split(";")[0].split(" to ")
        least = 4.5 if change.role == "Link colour" else 3.0
        assert float(before.removesuffix(":1")) < least <= float(after.removesuffix(":1"))


@pytest.mark.parametrize(
    ("colour", "scheme", "word", "advice"),
    [
        ("#ffee00", "light", "darkened", "a darker one"),
        ("#0b3d66", "dark", "lightened", "a lighter one"),
    ],
)
def test_the_advice_points_the_way_the_colour_had_to_move(
    colour: str, scheme: str, word: str, advice: str
) -> None:
    brand = Colour.parse(colour)
    (words,) = (
        each.in_words()
        for each in make_palette(brand, brand).adjustments
        if (each.role, each.scheme) == ("Link colour", scheme)
    )
    assert word in words
    assert advice in words


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
