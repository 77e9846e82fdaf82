import pytest

from sparetire.rules.figures import phone_digits
from tests.support.draft import WORDS, draft, draft_findings, spoilt


def findings(french: str, english: str) -> list[str]:
    words = {
        "fr": spoilt("fr", body=french).incident.statements[0].words["fr"],
        "en": spoilt("en", body=english).incident.statements[0].words["en"],
    }
    return [one.message for one in draft_findings("figures-differ", draft(words))]


@pytest.mark.parametrize(
    ("french", "english"),
    [
        ("À 9 h 12, 1 200 litres.", "At 9:12 a.m., 1,200 litres."),
        ("À 14 h.", "At 2 p.m."),
        ("À midi, 12 h.", "At noon, 12 p.m."),
        ("À minuit, 0 h.", "At midnight, 12 a.m."),
        ("Il faut 2 h de plus.", "It takes 2 hours more."),
        ("Une dose de 3,5 mg.", "A dose of 3.5 mg."),
        ("Deux personnes et 4 camions.", "2 people and four trucks."),
        ("Le 24 novembre 2026.", "November 24, 2026."),
        ("Composez le 418 555-0142.", "Call 418-555-0142."),
        ("Composez le 1 800 555-0142.", "Call +1 800 555 0142."),
        ("Voir https://info.example/12 et [la carte](https://a.example/3).", "See the map."),
        ("La hausse est de 50 %.", "It rose by 50%."),
        ("L’autoroute 40, sortie 220.", "Exit 220 on highway 40."),
        ("Rien à 6 h ni à 18 h 05.", "Nothing at 6 a.m., nor at 18:05."),
    ],
)
def test_the_same_figures_in_two_hands_are_the_same(french: str, english: str) -> None:
    assert findings(french, english) == []


@pytest.mark.parametrize(
    ("french", "english", "told"),
    [
        ("12 personnes.", "21 people.", ("12", "21")),
        ("À 9 h 12.", "At 9:12 p.m.", ("9 h 12", "9:12 p.m")),
        ("1 200 litres.", "12,000 litres.", ("1 200", "12,000")),
        ("Composez le 418 555-0142.", "Call 418 555-0143.", ("555-0142", "555-0143")),
        ("Deux blessés.", "3 injured.", ("3",)),
        ("1,5 million.", "15 million.", ("1,5", "15")),
    ],
)
def test_another_figure_is_told_with_both(
    french: str, english: str, told: tuple[str, ...]
) -> None:
    (message,) = findings(french, english)
    assert all(text in message for text in told)


def test_one_language_alone_has_nothing_to_differ_from() -> None:
    assert not draft_findings("figures-differ", draft({"fr": WORDS["fr"]}, only=("fr",)))


def test_phone_numbers_are_told_by_their_ten_digits() -> None:
    text = "1 418 555-0142, (418) 555\u20110143 et 911, le 24 novembre 2026"
    assert list(phone_digits(text)) == ["4185550142", "4185550143"]
