from dataclasses import replace
from pathlib import Path

import pytest

from tests.support.draft import WORDS, draft, draft_findings, spoilt
from tests.support.site import INCIDENT_PAGES, built, built_findings, clean_site


@pytest.mark.parametrize("code", ["fr", "en"])
def test_an_open_blank_is_named_with_its_line(code: str) -> None:
    (finding,) = draft_findings("blank-open", spoilt(code, body="Un.\n\nAppelez {{ phone }}."))
    assert "{{ phone }}" in finding.message
    assert "line 3" in finding.place
    assert "--set 'phone=" in finding.remedy


@pytest.mark.parametrize("text", ["{{nom}}", "{{ lieu de l’incident }}", "{{ nom", "nom }}"])
def test_every_form_of_a_blank_is_seen(text: str) -> None:
    assert draft_findings("blank-open", spoilt("fr", title=f"Panne à {text}"))


def test_a_blank_in_the_keywords_is_seen() -> None:
    words = draft(keywords={"fr": ("panne", "{{ lieu }}"), "en": ("outage",)})
    (finding,) = draft_findings("blank-open", words)
    assert finding.place == "keywords (fr)"


def test_a_blank_that_body_and_summary_share_is_told_once() -> None:
    words = spoilt("en", body="Call {{ phone }} now.", summary="Call {{ phone }} now.")
    assert len(draft_findings("blank-open", words)) == 1


def test_a_blank_in_the_summary_alone_is_told() -> None:
    (finding,) = draft_findings("blank-open", spoilt("en", summary="Call {{ phone }} now."))
    assert finding.place == "summary (en)"


@pytest.mark.parametrize("text", ["L’ensemble {1, 2} et } ou {", "A set {a} of { b }"])
def test_single_braces_pass(text: str) -> None:
    assert not draft_findings("blank-open", spoilt("fr", body=text))


@pytest.mark.parametrize(
    "text",
    [
        "Le [DATE], nos équipes ont agi.",
        "Selon [NOM DU PORTE-PAROLE], tout va bien.",
        "Statut : [À COMPLÉTER]",
        "Statut : [à compléter]",
        "Blessés : à compléter",
        "Blessés (à compléter)",
        "- À compléter",
        "À COMPLÉTER AVANT ENVOI",
        "[Insérer le nom de la ville]",
        "[votre nom]",
        "[nom], directrice",
        "insérer la citation de la directrice ici",
        "Inserer texte ici",
        "Le XX novembre 2026",
        "Le ____ novembre 2026",
        "Appelez le 418 XXX-XXXX.",
        "Combien de blessés ???",
        "Lorem ipsum dolor sit amet",
    ],
)
def test_a_french_placeholder_is_seen(text: str) -> None:
    assert draft_findings("placeholder-left", spoilt("fr", body=text))


@pytest.mark.parametrize(
    "text",
    [
        "On [DATE], our teams acted.",
        "“Quote,” said [NAME OF CEO].",
        "Call [PHONE NUMBER 1].",
        "[FILL IN ALARMIST FACTOID HERE]",
        "[insert the name of the town]",
        "PENDING LARRY QUOTE TK",
        "Insert quote here.",
        "The spokesperson, XYZ, said",
        "Call 418-555-XXXX.",
        "Dial xxx-xxx-xxxx",
        "TODO: confirm",
        "Time: TBD",
        "FIXME",
        "TKTK",
        "How many were hurt????",
        "[your name], [time]",
        "lorem dolor",
    ],
)
def test_an_english_placeholder_is_seen(text: str) -> None:
    assert draft_findings("placeholder-left", spoilt("en", body=text))


@pytest.mark.parametrize(
    "text",
    [
        "Il faut insérer la clé dans la serrure. Nous sommes ici pour vous.",
        "Vous pouvez insérer la carte à nouveau.",
        "Un formulaire à compléter est offert en ligne.",
        "Remplissez le formulaire à compléter.",
        "Lisez [ATTENTION](https://www.boreal.example/attention).",
        "Lisez la note[^1] et la consigne [SIMDUT][1].",
        "Lisez [SIMDUT].\n\n[SIMDUT]: https://www.boreal.example/simdut",
        "« Nous [la direction] sommes désolés [...]. »",
        "Quoi ? Que s’est-il passé ?",
        "Au XXe siècle, sous Jean XXIII, l’usine fut bâtie.",
        "L’URGENCE EST TERMINÉE.",
        "Un\n\n____\n\nDeux",
        "Prochaine mise à jour : à confirmer.",
    ],
)
def test_ordinary_french_passes(text: str) -> None:
    assert not draft_findings("placeholder-left", spoilt("fr", body=text))


@pytest.mark.parametrize(
    "text",
    [
        "Please insert the card again. We are here for you.",
        "Read [WHMIS](https://www.boreal.example/whmis) or ![MAP](map.png).",
        "“We [the board] are sorry [sic].”",
        "TK Elevator has been informed.",
        "What should you do? Where to go?",
        "Tell your doctor what to do.",
        "- [x] Evacuated",
        "Use flight AC123 or file name_of_file.",
    ],
)
def test_ordinary_english_passes(text: str) -> None:
    assert not draft_findings("placeholder-left", spoilt("en", body=text))


def test_a_placeholder_in_title_or_keywords_is_seen() -> None:
    words = draft(
        WORDS | {"fr": replace(WORDS["fr"], title="Panne à [LIEU]")},
        keywords={"fr": ("XYZ",), "en": ("oil spill",)},
    )
    places = [finding.place for finding in draft_findings("placeholder-left", words)]
    assert places == ["title (fr)", "keywords (fr)"]


@pytest.mark.parametrize("path", list(INCIDENT_PAGES.values()))
def test_a_blank_on_a_page_is_seen(path: str, tmp_path: Path) -> None:
    files = clean_site()
    files[path] = files[path].replace("<main", "<p>{{ hours }}</p><main")
    (finding,) = built_findings("blank-shown", built(tmp_path, files))
    assert finding.place == path
    assert "{{ hours }}" in finding.message
