from dataclasses import replace

import pytest

from sparetire.model.incident import Sheet
from tests.support.draft import BODIES, WORDS, draft, draft_findings, spoilt


@pytest.mark.parametrize(("spoken", "silent"), [("fr", "en"), ("en", "fr")])
def test_a_missing_language_names_the_flag_that_declares_it(spoken: str, silent: str) -> None:
    (finding,) = draft_findings("language-missing", draft({spoken: WORDS[spoken]}))
    assert finding.place == f"language {silent}"
    assert f"--only {spoken}" in finding.remedy


@pytest.mark.parametrize("spoken", ["fr", "en"])
def test_a_declared_gap_passes(spoken: str) -> None:
    words = draft({spoken: WORDS[spoken]}, only=(spoken,))
    assert not draft_findings("language-missing", words)


def test_a_language_that_was_promised_must_be_there() -> None:
    (finding,) = draft_findings("language-missing", draft({"fr": WORDS["fr"]}, only=("en",)))
    assert finding.place == "language en"


def test_no_words_at_all_asks_for_words() -> None:
    findings = draft_findings("language-missing", draft({}))
    assert len(findings) == 2
    assert "--only" not in findings[0].remedy


@pytest.mark.parametrize(
    "keywords", [{"en": ("oil spill",)}, {"en": ("oil spill",), "fr": (" ",)}]
)
def test_missing_keywords_name_the_language(keywords: dict[str, tuple[str, ...]]) -> None:
    (finding,) = draft_findings("keywords-missing", draft(keywords=keywords))
    assert finding.place == "keywords (fr)"


def test_a_language_without_words_needs_no_keywords() -> None:
    words = draft({"fr": WORDS["fr"]}, keywords={"fr": ("panne",)}, only=("fr",))
    assert not draft_findings("keywords-missing", words)


@pytest.mark.parametrize(
    ("body", "missing"),
    [
        ({"fr": "- Un fait"}, ["facts (en)"]),
        ({"en": "- A fact"}, ["facts (fr)"]),
        ({"fr": "- Un fait", "en": "- A fact"}, []),
        ({}, ["facts (fr)", "facts (en)"]),
    ],
)
def test_the_facts_stand_in_every_language_that_is_told(
    body: dict[str, str], missing: list[str]
) -> None:
    clean = draft()
    sheets = {"facts": Sheet(body, clean.incident.started)}
    words = replace(clean, incident=replace(clean.incident, sheets=sheets))
    assert [one.place for one in draft_findings("sheet-missing", words)] == missing


def test_a_language_that_is_still_silent_needs_no_facts() -> None:
    clean = draft({"fr": WORDS["fr"]}, only=("fr",))
    sheets = {"facts": Sheet({"fr": "- Un fait"}, clean.incident.started)}
    words = replace(clean, incident=replace(clean.incident, sheets=sheets))
    assert not draft_findings("sheet-missing", words)


PLAN = f"[Plan](assets/{'0a' * 16}.pdf)"


@pytest.mark.parametrize(
    ("body", "places"),
    [
        ({"fr": PLAN, "en": PLAN}, []),
        ({"fr": f"{PLAN}, {PLAN}", "en": PLAN}, []),
        ({"fr": PLAN, "en": "Plan: on request."}, ["downloads"]),
    ],
)
def test_each_language_offers_as_many_files(body: dict[str, str], places: list[str]) -> None:
    clean = draft()
    sheets = {"downloads": Sheet(body, clean.incident.started)}
    words = replace(clean, incident=replace(clean.incident, sheets=sheets))
    assert [one.place for one in draft_findings("files-differ", words)] == places


def test_each_language_of_a_statement_shows_as_many_pictures() -> None:
    photo = f"![Gate 4](assets/{'0b' * 16}-64x64.jpg)"
    assert draft_findings("files-differ", spoilt("en", body=f"{BODIES['en']}\n\n{photo}"))
