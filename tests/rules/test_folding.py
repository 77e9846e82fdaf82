import pytest

from sparetire.rules.folding import count_words, fold, phrase_words


@pytest.mark.parametrize(
    ("text", "folded"),
    [
        ("Déversement", "deversement"),
        ("De\u0301versement", "deversement"),
        ("ŒUVRE", "oeuvre"),
        ("Ex æquo", "ex aequo"),
        ("chauf\u00adfe\u200b-eau", "chauffe-eau"),
        ("Lévis\u00a0:", "levis :"),
        ("Straße", "strasse"),
    ],
)
def test_folding_drops_what_readers_do_not_hear(text: str, folded: str) -> None:
    assert fold(text) == folded


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("Pannes de réseaux", ["panne", "reseau"]),
        ("l’eau, d'eau", ["eau", "eau"]),
        ("The outages in Levis", ["outage", "levi"]),
        ("gas, bus", ["gas", "bus"]),
    ],
)
def test_a_phrase_keeps_what_carries_it(text: str, words: list[str]) -> None:
    assert phrase_words(text) == words


@pytest.mark.parametrize(
    ("text", "count"), [("l’eau du Lac-Mégantic", 3), ("", 0), ("— 14 h 30 —", 3)]
)
def test_words_are_counted_as_an_editor_would(text: str, count: int) -> None:
    assert count_words(text) == count
