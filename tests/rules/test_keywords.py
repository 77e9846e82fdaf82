from dataclasses import replace

import pytest

from sparetire.model.finding import Finding
from tests.support.draft import WORDS, draft, draft_findings


def _findings(
    code: str, keyword: str, title: str, body: str, rule: str = "keyword-unused"
) -> list[Finding]:
    words = WORDS | {code: replace(WORDS[code], title=title, body=body)}
    return draft_findings(rule, draft(words, keywords={code: (keyword,)}))


@pytest.mark.parametrize(
    ("code", "keyword", "title"),
    [
        ("fr", "DEVERSEMENT", "Un déversement à Lévis"),
        ("fr", "panne réseau", "Pannes de réseau à Lévis"),
        ("fr", "prise d'eau", "La prise d’eau est fermée"),
        ("fr", "œufs rappelés", "Oeuf rappele"),
        ("fr", "réseaux", "Le réseau est rétabli"),
        ("en", "outage", "Outages in Lévis"),
        ("en", "oil-spill", "Oil spill in Levis"),
        ("en", "Lévis", "Outage in Levis"),
    ],
)
def test_accents_capitals_plurals_and_articles_make_no_difference(
    code: str, keyword: str, title: str
) -> None:
    assert not _findings(code, keyword, title, "Autre texte.")


@pytest.mark.parametrize(
    "body",
    [
        "## Panne à Lévis\n\nTexte.",
        "Panne à Lévis\n=====\n\nTexte.",
        "Une panne\ntouche Lévis.\n\nSuite.",
        "# Titre\nUne panne touche Lévis.\n\nSuite.",
        "Texte.\r\n\r\n## Panne\r\n\r\nSuite.",
    ],
)
def test_heading_and_first_paragraph_count(body: str) -> None:
    assert not _findings("fr", "panne", "Boréal", body)


@pytest.mark.parametrize(
    ("code", "keyword", "body"),
    [
        ("fr", "panne", "Bonjour.\n\nUne panne touche Lévis."),
        ("en", "outage", "## Power\n\nHello.\n\n## Outage\n\nAn outage."),
        ("en", "spill", "Spilling over."),
        ("en", "oil spill", "Oil from a spill."),
    ],
)
def test_a_keyword_that_comes_too_late_is_named(code: str, keyword: str, body: str) -> None:
    (finding,) = _findings(code, keyword, "Boréal", body)
    assert finding.place == f"keywords ({code})"
    assert repr(keyword) in finding.message


@pytest.mark.parametrize(("code", "keyword"), [("fr", "panne"), ("en", "power outage")])
def test_stuffing_is_seen_above_one_word_in_twenty(code: str, keyword: str) -> None:
    body = f"{keyword}. " * 4
    filler = "mot " * 80
    assert _findings(code, keyword, "Boréal", body, "keyword-stuffed")
    assert not _findings(code, keyword, "Boréal", body + filler, "keyword-stuffed")


def test_three_times_in_a_holding_statement_are_no_stuffing() -> None:
    assert not _findings("fr", "panne", "Panne", "Panne à Lévis. Panne.", "keyword-stuffed")


def test_a_keyword_without_letters_is_left_to_other_rules() -> None:
    assert not _findings("fr", "—", "Panne", "Panne.")
    assert not _findings("fr", "—", "Panne", "Panne.", "keyword-stuffed")
