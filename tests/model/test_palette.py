"""Whatever the brand's colours, everybody can read the page."""

from hypothesis import given
from hypothesis import strategies as st

from sparetire.model.colour import Colour
from sparetire.model.palette import Palette, Tone, make_palette

CHANNEL = st.integers(0, 255)
COLOURS = st.builds(Colour, CHANNEL, CHANNEL, CHANNEL)
TONES = st.sampled_from(Tone)


@given(COLOURS, COLOURS, TONES)
def test_every_text_can_be_read_on_paper_and_panel_in_both_schemes(
    brand: Colour, accent: Colour, tone: Tone
) -> None:
    palette = make_palette(brand, accent, tone)
    for scheme in (palette.light, palette.dark):
        tokens = {name: Colour.parse(value) for name, value in scheme.items()}
        for ground in (tokens["paper"], tokens["panel"]):
            for text in ("ink", "soft", "link"):
                assert tokens[text].contrast(ground) >= 4.5, text
            for shape in ("mark", "underline"):
                assert tokens[shape].contrast(ground) >= 3.0, shape
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


def told(colour: str, scheme: str) -> tuple[Palette, str]:
    palette = make_palette(Colour.parse(colour), Colour.parse(colour))
    (words,) = (
        each.in_words()
        for each in palette.adjustments
        if (each.role, each.scheme) == ("Link colour", scheme)
    )
    return palette, words


def test_a_yellow_brand_underlines_links_rather_than_turn_to_mud() -> None:
    palette, words = told("#ffcc00", "light")
    assert palette.light["link"] == palette.light["ink"]
    assert palette.light["underline"] not in {palette.light["ink"], "#ffcc00"}
    assert "replaced by the text's" in words
    assert "underline" in words


def test_a_dark_brand_is_lightened_for_the_dark_scheme_and_stays_itself() -> None:
    palette, words = told("#0b3d66", "dark")
    assert palette.dark["link"] == palette.dark["underline"] != palette.dark["ink"]
    assert words.startswith("Link colour lightened from #0b3d66")


def test_a_slightly_pale_brand_is_darkened() -> None:
    palette, words = told("#00aeef", "light")
    assert palette.light["link"] == palette.light["underline"] != palette.light["ink"]
    assert words.startswith("Link colour darkened from #00aeef")


def test_every_tone_has_the_same_tokens_and_only_one_has_the_brands_colours() -> None:
    brand, accent = Colour.parse("#0b3d66"), Colour.parse("#f58220")
    palettes = {tone: make_palette(brand, accent, tone) for tone in Tone}
    assert len({tuple(each.light) for each in palettes.values()}) == 1
    assert [tone for tone, each in palettes.items() if each.light["fill"] == brand.hex] == [
        Tone.BRAND
    ]
