from dataclasses import replace
from pathlib import Path

import pytest

from sparetire.rules.base import Draft
from sparetire.rules.catalogue import DRAFT_RULES
from tests.support.draft import WORDS, draft, draft_findings, spoilt
from tests.support.site import INCIDENT_PAGES, built, built_findings, clean_site

MARKED_FRENCH = [
    "EXERCICE – Déversement",
    "Exercice : déversement",
    "[Exercice] Déversement",
    "Ceci est un exercice.",
    "Ceci n’est qu’un exercice.",
    "C'est un exercice.",
    "Exercice seulement",
    "SIMULATION de panne",
    "Ceci est un test du système.",
]
MARKED_ENGLISH = [
    "EXERCISE EXERCISE EXERCISE",
    "Drill: oil spill",
    "(drill) Oil spill",
    "This is a test.",
    "THIS IS A DRILL",
    "This is only a test of the emergency system.",
    "For exercise purposes only",
    "DRILL",
    "Simulation - power outage",
    "EXERCISE. This is not a drill.",
]
CLEAN_FRENCH = [
    "L’exercice financier 2026 n’est pas touché.",
    "L’EXERCICE FINANCIER 2026 N’EST PAS TOUCHÉ.",
    "Vous pouvez exercer vos droits.",
    "Un exercice d’évacuation a eu lieu en mai.",
    "Ceci n’est pas un exercice.",
    "Une simulation par ordinateur a montré la fuite.",
]
CLEAN_ENGLISH = [
    "Please exercise caution near the river.",
    "PLEASE EXERCISE CAUTION",
    "The crew was drilling at the time; the drill has stopped.",
    "This is not a drill.",
    "THIS IS NOT A DRILL.",
    "This is a test of our values.",
    "A fire drill took place in May.",
    "An exercise-related injury",
]


@pytest.mark.parametrize("text", MARKED_FRENCH)
def test_a_french_mark_stops_a_launch(text: str) -> None:
    assert draft_findings("exercise-word", spoilt("fr", title=text))
    assert draft_findings("exercise-word", spoilt("fr", body=f"Un.\n\n{text}"))


@pytest.mark.parametrize("text", MARKED_ENGLISH)
def test_an_english_mark_stops_a_launch(text: str) -> None:
    assert draft_findings("exercise-word", spoilt("en", title=text))
    assert draft_findings("exercise-word", spoilt("en", body=f"One.\n\n{text}"))


@pytest.mark.parametrize("text", CLEAN_FRENCH)
def test_ordinary_french_passes(text: str) -> None:
    assert not draft_findings("exercise-word", spoilt("fr", body=text))


@pytest.mark.parametrize("text", CLEAN_ENGLISH)
def test_ordinary_english_passes(text: str) -> None:
    assert not draft_findings("exercise-word", spoilt("en", body=text))


@pytest.mark.parametrize(
    ("code", "text"), [("fr", text) for text in MARKED_FRENCH] + [("en", MARKED_ENGLISH[0])]
)
def test_a_mark_shown_on_a_page_is_seen(code: str, text: str, tmp_path: Path) -> None:
    files, path = clean_site(), INCIDENT_PAGES[code]
    files[path] = files[path].replace("<main", f"<p>{text}</p><main")
    found = built_findings("exercise-shown", built(tmp_path, files))
    assert {finding.place for finding in found} == {path}


@pytest.mark.parametrize("text", CLEAN_FRENCH + CLEAN_ENGLISH)
def test_ordinary_words_on_a_page_pass(text: str, tmp_path: Path) -> None:
    files, path = clean_site(), INCIDENT_PAGES["fr"]
    files[path] = files[path].replace("<main", f"<p>{text}</p><main")
    assert not built_findings("exercise-shown", built(tmp_path, files))


def test_marks_in_scripts_and_styles_are_not_shown(tmp_path: Path) -> None:
    files = clean_site()
    files["404.html"] = files["404.html"].replace(
        "</head>", "<style>/* DRILL */</style></head>"
    )
    assert not built_findings("exercise-shown", built(tmp_path, files))


def marked(code: str, mark: str) -> Draft:
    words = WORDS[code]
    said = replace(words, title=f"{mark} : {words.title}", body=f"{mark}. {words.body}")
    return replace(draft({**WORDS, code: said}, only=(code,)), exercise=True)


@pytest.mark.parametrize(("code", "mark"), [("fr", "EXERCICE"), ("en", "EXERCISE")])
def test_in_a_drill_the_mark_is_asked_for_in_title_and_text(code: str, mark: str) -> None:
    rule = next(rule for rule in DRAFT_RULES if rule.id == "exercise-unmarked")
    places = [found.place for found in rule.findings(marked(code, mark))]
    assert not [place for place in places if f"({code})" in place]
    bare = [found.place for found in rule.findings(replace(draft(), exercise=True))]
    assert f"title ({code})" in bare
    assert f"content ({code})" in bare
    assert not list(rule.findings(draft()))


@pytest.mark.parametrize(("code", "mark"), [("fr", "EXERCICE"), ("en", "EXERCISE")])
def test_a_mark_is_no_fault_of_a_drill(code: str, mark: str) -> None:
    rule = next(rule for rule in DRAFT_RULES if rule.id == "exercise-word")
    assert list(rule.findings(replace(marked(code, mark), exercise=False)))
    assert not list(rule.findings(marked(code, mark)))
