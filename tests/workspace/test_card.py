"""A shared link shows who speaks and about what, whatever the words and the colours."""

from dataclasses import replace
from io import BytesIO

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image

from sparetire.workspace.card import CARD_SIZE, Card, draw_card

CARD = Card(
    name="Minéraux Boréal",
    label="Information officielle",
    title="Déversement de carburant diesel près de la rivière aux Outardes",
    address="info.boreal.example",
    colours={"fill": "#0b3d66", "on-fill": "#ffffff", "mark": "#f58220"},
)
BORDER = 40  # pixels that stay empty, for platforms that round or cut the edges


def ink(card: Card) -> tuple[int, int, int, int] | None:
    """Return the box around all that is written on a card."""
    with Image.open(BytesIO(draw_card(card))) as picture:
        grey = picture.convert("L").crop((0, 20, *CARD_SIZE))
        return grey.point(lambda level: 255 if level > 160 else 0).getbbox()


def test_a_card_has_the_size_that_readers_ask_for_and_weighs_little() -> None:
    card = draw_card(CARD)
    with Image.open(BytesIO(card)) as picture:
        assert (picture.format, picture.size) == ("PNG", CARD_SIZE)
    assert len(card) < 30_000


def test_the_same_words_are_the_same_bytes_and_others_are_not() -> None:
    assert draw_card(CARD) == draw_card(replace(CARD))
    assert draw_card(CARD) != draw_card(replace(CARD, title="Panne"))
    assert draw_card(CARD) != draw_card(replace(CARD, label="Official information"))


def test_a_card_shows_nothing_of_the_one_drawn_before() -> None:
    first = draw_card(CARD)
    draw_card(replace(CARD, title="Panne"))
    assert draw_card(CARD) == first


@given(title=st.text(max_size=300), name=st.text(max_size=120))
@settings(max_examples=25, deadline=None)
def test_nothing_leaves_the_card_whatever_is_written(title: str, name: str) -> None:
    left, top, right, bottom = ink(replace(CARD, title=title, name=name)) or (0, 0, 0, 0)
    assert left >= BORDER
    assert top + 20 >= BORDER
    assert right <= CARD_SIZE[0] - BORDER
    assert bottom + 20 <= CARD_SIZE[1] - BORDER


@pytest.mark.parametrize("address", ["a" * 200 + ".example", ""])
def test_an_address_that_has_no_room_is_left_out(address: str) -> None:
    assert draw_card(replace(CARD, address=address)) == draw_card(replace(CARD, address=""))


def test_a_name_that_is_the_title_is_not_said_twice() -> None:
    _, top, _, _ = ink(replace(CARD, title=CARD.name)) or (0, 0, 0, 0)
    assert top > 200


def test_the_ground_the_ink_and_the_mark_have_their_very_colours() -> None:
    with Image.open(BytesIO(draw_card(CARD))) as picture:
        shown = picture.convert("RGB")
        assert shown.getpixel((600, 8)) == (0xF5, 0x82, 0x20)
        assert shown.getpixel((600, 150)) == (0x0B, 0x3D, 0x66)
        assert shown.getpixel((100, 514)) == (0xFF, 0xFF, 0xFF)
