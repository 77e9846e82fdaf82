"""The shipped font shows French and English, and no text leaves its frame."""

from hypothesis import given, settings
from hypothesis import strategies as st

from sparetire.workspace.lettering import drawable, fitted, font, wrapped

FRENCH = "ÀÂÆÇÉÈÊËÎÏÔŒÙÛÜàâæçéèêëîïôœùûüÿ «\u00a0»\u202f’“”–—…°€\u2011"


def test_the_font_has_a_shape_for_every_letter_that_is_kept() -> None:
    face = font("Bold", 40)
    empty = face.getmask("\U000f0000").getbbox()  # what it draws for a letter it lacks
    for letter in FRENCH + "Montréal, 1er mars: 100 % & “yes”":
        assert drawable(f"a{letter}a") == f"a{letter}a"
        if not letter.isspace():
            box = face.getmask(letter).getbbox()
            assert box not in {None, empty}, letter


def test_a_letter_it_lacks_loses_its_accent_rather_than_become_a_box() -> None:
    assert drawable("Łódź, Škoda 🚒 \u200bNunavik\u00ad") == "ódz, Skoda  Nunavik"


@given(text=st.text(max_size=200))
@settings(max_examples=60, deadline=None)
def test_every_line_stays_within_its_width_and_no_word_is_lost(text: str) -> None:
    shown = drawable(text)
    face, lines = fitted(shown, (40, 24), width=300, most=400)
    assert all(face.getlength(line) <= 300 for line in lines)
    assert "".join("".join(lines).split()) == "".join(shown.split())


@given(text=st.text(st.characters(max_codepoint=0x17F)), size=st.integers(16, 104))
@settings(max_examples=60, deadline=None)
def test_a_line_is_as_long_as_its_letters(text: str, size: int) -> None:
    shown, face = drawable(text), font("Bold", size)
    assert face.getlength(shown) == sum(face.getlength(letter) for letter in shown)


def test_a_text_that_does_not_fit_is_cut_and_says_so() -> None:
    face, lines = fitted("mot " * 80, (40, 24), width=300, most=3)
    assert len(lines) == 3
    assert lines[-1].endswith("…")
    assert all(face.getlength(line) <= 300 for line in lines)


def test_a_word_wider_than_a_line_is_cut_rather_than_left_to_stick_out() -> None:
    face = font("Bold", 40)
    lines = wrapped("anticonstitutionnellement", face.getlength, 200)
    assert len(lines) > 1
    assert "".join(lines) == "anticonstitutionnellement"
