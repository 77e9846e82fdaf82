import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparetire.stages.fill.slugs import slugify


@pytest.mark.parametrize(
    ("text", "slug"),
    [
        ("Déversement, rivière Chaudière", "deversement-riviere-chaudiere"),
        ("Œuvre au cœur de l’été", "oeuvre-au-coeur-de-l-ete"),
        ("ÇA & ÎLE — 2027 !", "ca-ile-2027"),
        (
            "one two three four five six seven eight nine",
            "one-two-three-four-five-six-seven-eight",
        ),
        ("a" * 70, "a" * 60),
        ("b" * 40 + " " + "c" * 40, "b" * 40),
        ("火事", ""),
        ("🔥🔥", ""),
        ("../../etc/passwd", "etc-passwd"),
        ("", ""),
    ],
)
def test_words_become_an_address(text: str, slug: str) -> None:
    assert slugify(text) == slug


@given(st.text())
def test_an_address_is_short_plain_and_stays_as_it_is(text: str) -> None:
    slug = slugify(text)
    assert re.fullmatch(r"([a-z0-9]+(-[a-z0-9]+)*)?", slug)
    assert len(slug) <= 60
    assert slugify(slug) == slug
