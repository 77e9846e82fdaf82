"""French is set as in Quebec; nothing else moves, and nothing but spaces and quotes does."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparetire.stages.markdown import to_html
from sparetire.stages.typography import typeset, typeset_html

SPACES = re.compile("[ \u00a0\u202f]")
WORDS = st.sampled_from(
    [
        *("rue", "9", "000", "418", "555-0142", "h", "05", "13:05", "l’eau", "+1", "1er"),
        *(":", "«", "»", "!", "?", "%", "$", "km", "M.", "Roy", "mars", "2027"),
        "https://a.example/x?y=1",
    ]
)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("Attention : danger", "Attention_: danger"),
        ("Il a dit « oui » hier", "Il a dit «_oui_» hier"),
        ("à 16 h 05, de 8 h à 17 h", "à 16_h_05, de 8_h à 17_h"),
        ("9 000 litres, 1 240 000 $", "9_000_litres, 1_240_000_$"),
        ("en 2026, 300 personnes", "en 2026, 300 personnes"),
        ("le 12 mars 2026 300 personnes", "le 12_mars 2026 300 personnes"),
        ("le 1er mars 2027", "le 1er_mars 2027"),
        ("au 418 555-0142 ou 1 800 555-0199", "au 418_555-0142 ou 1_800_555-0199"),
        ("au +1 418 555-0142.", "au +1_418_555-0142."),
        ("45 % des gens, 42 km, 3 millions", "45_% des gens, 42_km, 3_millions"),
        ("la route 138 et Mme Roy", "la route_138 et Mme_Roy"),
        ("Vraiment ?", "Vraiment\u202f?"),
        ("Vraiment?", "Vraiment?"),
        ('Il dit "oui" et "non".', "Il dit «_oui_» et «_non_»."),
        ("l'eau d'ici", "l’eau d’ici"),
        ("à 13:05 sur https://a.example/x?y=1", "à 13:05 sur https://a.example/x?y=1"),
        ("Composez le 911", "Composez le 911"),
    ],
)
def test_french_is_set_as_the_oqlf_has_it(typed: str, shown: str) -> None:
    assert typeset(typed, "fr").replace("\u00a0", "_") == shown


def test_english_is_left_as_it_was_typed() -> None:
    text = 'At 16 h 05 : "yes" ! 9 000 it\'s'
    assert typeset(text, "en") == text
    assert typeset_html(f"<p>{text}</p>", "en") == f"<p>{text}</p>"


@pytest.mark.parametrize(
    ("code", "shown"), [("fr", "1\u00a0800\u00a0555-0199"), ("en", "1 800 555-0199")]
)
def test_a_phone_number_is_kept_whole_in_every_language(code: str, shown: str) -> None:
    said = typeset_html("<p>Info: <em>1 800 555-0199</em>, 1234 555-0199-1</p>", code)
    assert said == (
        f'<p>Info: <em><span class="whole">{shown}</span></em>, 1234 555-0199-1</p>'
    )


def test_code_addresses_and_tags_are_never_set() -> None:
    markup = to_html(
        "Voir : [page : 1](https://a.example/b?c=d%20:%20e)\n\n"
        "`a : b`\n\n```\nc : d 9 000\n```",
        top=2,
        anchor="s1",
    )
    shown = typeset_html(markup, "fr")
    assert "Voir\u00a0: " in shown
    assert 'href="https://a.example/b?c=d%20:%20e"' in shown
    assert "<code>a : b</code>" in shown
    assert "c : d 9 000" in shown


def test_no_rule_reaches_over_a_tag() -> None:
    markup = '<p>Un "mot <em>et</em> un" autre, 418 <em>555-0142</em> et le 9 <b>000</b></p>'
    assert typeset_html(markup, "fr") == markup
    assert typeset_html("<p>a\0 : b</p>", "fr") == "<p>a\u00a0: b</p>"


def test_a_sign_after_a_tag_keeps_to_it() -> None:
    assert typeset_html("<p><strong>Eau</strong> : non</p>", "fr") == (
        "<p><strong>Eau</strong>\u00a0: non</p>"
    )


@given(st.lists(WORDS, max_size=30).map(" ".join))
def test_only_the_kind_of_a_space_changes_and_once_is_enough(text: str) -> None:
    shown = typeset(text, "fr")
    assert SPACES.sub(" ", shown) == text
    assert typeset(shown, "fr") == shown


@given(st.text(max_size=300))
def test_any_text_comes_back_whole(text: str) -> None:
    bare = re.sub("[ \u00a0\u202f\"'«»’]", "", text)
    assert re.sub("[ \u00a0\u202f\"'«»’]", "", typeset(text, "fr")) == bare
