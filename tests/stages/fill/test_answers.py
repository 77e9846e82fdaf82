"""What was typed after an option finds its language, or is refused."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparetire.errors import UsageFault
from sparetire.model.language import Language
from sparetire.stages.fill.answers import by_language, split_keywords

SITE = (Language("fr-CA"), Language("en-CA"))


def sort(*values: str) -> dict[str, str]:
    return by_language("--title", values, SITE)


@pytest.mark.parametrize("prefix", ["fr", "FR", "fr-CA", "fr-ca", " fr "])
def test_a_language_is_known_by_its_code_and_its_tag(prefix: str) -> None:
    assert sort(f"{prefix}=Déversement", "en=Spill") == {"fr": "Déversement", "en": "Spill"}


@pytest.mark.parametrize("title", ["E=mc2", "a=b", "pH = 7 dans la rivière", "=", "Risk = low"])
def test_an_equals_sign_in_a_plain_title_is_part_of_it(title: str) -> None:
    assert sort(f"fr={title}") == {"fr": title}
    if not title.lower().startswith("ph"):
        assert sort(title) == {"": title}


@pytest.mark.parametrize("value", ["de=Unfall", "en-US=Spill", "es-419=Derrame"])
def test_a_language_that_the_site_does_not_speak_is_refused(value: str) -> None:
    with pytest.raises(UsageFault, match="does not speak") as refused:
        sort(value)
    assert value in refused.value.what
    assert "fr-ca" in refused.value.why[0]


@pytest.mark.parametrize("twice", [("fr=a", "fr-CA=b"), ("a", "b"), ("fr=a", "fr=a")])
def test_two_answers_for_one_language_are_refused(twice: tuple[str, str]) -> None:
    with pytest.raises(UsageFault, match="--title was given twice") as refused:
        sort(*twice)
    assert refused.value.then == "Give one value a language: --title fr=… --title en=…"


@given(st.text())
def test_whatever_stands_behind_a_language_is_kept_as_it_is(value: str) -> None:
    assert sort(f"en={value}") == {"en": value}


def test_nothing_given_is_nothing() -> None:
    assert sort() == {}


def test_keywords_are_told_once_in_their_order() -> None:
    assert split_keywords(" oil  spill, river,,oil spill , , Mégantic") == (
        "oil spill",
        "river",
        "Mégantic",
    )
    assert split_keywords(" , ;") == ()
    assert split_keywords("panne; gaz ;panne,Alma") == ("panne", "gaz", "Alma")
