"""Blanks are replaced as text; what nobody answered is left out whole."""

import pytest

from sparetire.stages.fill.blanks import fill_line, fill_text

FACTS = {
    "town": "Alma",
    "village": "Les Escoumins",
    "bourg": "Le Bic",
    "count": "8",
    "ice": "le verglas",
    "fires": "des feux",
    "fuel": "de l’essence",
    "fire": "un feu",
}


def answer(name: str, part: str) -> str | None:
    return f"{FACTS[name]}{part}" if name in FACTS else None


def french(text: str) -> str | None:
    return fill_line(text, answer, "fr")


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("à {{ town }}", "à Alma"),
        ("la ville de {{ town }}", "la ville d’Alma"),
        ("De {{town}}", "D’Alma"),
        ("à {{ village }}", "aux Escoumins"),
        ("À {{ village }}", "Aux Escoumins"),
        ("près de {{ village }}", "près des Escoumins"),
        ("à {{ bourg }}, de {{ bourg }}", "au Bic, du Bic"),
        ("de {{ count }} personnes", "de 8 personnes"),
        ("à cause de {{ ice }}", "à cause du verglas"),
        ("à cause de {{ fires }}, de {{ fuel }}", "à cause de feux, d’essence"),
        ("à la suite de {{ fire }}", "à la suite d’un feu"),
        ("parade {{ town }}", "parade Alma"),
        ("l’aide que {{ town }} offre", "l’aide qu’Alma offre"),
    ],
)
def test_french_joins_its_small_words(text: str, told: str) -> None:
    assert french(text) == told


def test_english_joins_nothing() -> None:
    assert fill_line("de {{ village }}, à {{ town }}", answer, "en") == (
        "de Les Escoumins, à Alma"
    )


def test_a_part_is_asked_for_by_its_name() -> None:
    assert french("{{ count.day }}") == "8day"


def test_a_line_with_an_open_blank_is_none() -> None:
    assert french("{{ town }} et {{ nobody }}") is None


def test_what_is_open_leaves_with_its_paragraph_item_and_heading() -> None:
    text = """{{ town }} parle.

## Faits

- **Un :** {{ nobody }}
- **Deux :** {{ town }}

## Vide

- {{ nobody }}

### Vide aussi

{{ nobody }}

## Fin

> {{ nobody }}
>
> — {{ town }}

Dit à {{ town }}.

## Rien

{{ nobody }}
"""
    assert fill_text(text, answer, "fr") == (
        "Alma parle.\n\n## Faits\n\n- **Deux :** Alma\n\n## Fin\n\nDit à Alma."
    )


def test_a_list_counts_from_one_whatever_is_left_out() -> None:
    assert fill_text("1. {{ nobody }}\n2. {{ town }}\n3. fin", answer, "fr") == (
        "1. Alma\n2. fin"
    )


def test_a_heading_stays_above_a_smaller_one() -> None:
    assert fill_text("## A\n\n### B\n\nx", answer, "fr") == "## A\n\n### B\n\nx"
