"""A scenario and a brief make the words of a launch, or name the blank that is missing."""

from pathlib import Path

import pytest

from sparetire.errors import ContentRefused
from sparetire.stages.fill.brief import Brief
from sparetire.stages.fill.documents import Document
from sparetire.stages.fill.scenario import fill_scenario, promise_in, read_facts, unanswered
from sparetire.workspace.scenarios import Scenario, read_scenario
from tests.support.scenarios import ASKED, BOTH, write_scenario

OUTLINE = """
name = { fr = "Panne", en = "Outage" }
about = { fr = "Rien ne va.", en = "Nothing works." }
review_by = 2027-01-01
title = { fr = "{{ service.bare }} en panne à {{ town }}", en = "{{ service.bare }} down" }
keywords = { fr = "panne, {{ town }}, {{ cause }}", en = "outage, {{ town }}" }
[blanks.service]
type = "text"
ask = { fr = "Quel service?", en = "Which service?" }
example = { fr = "le réseau", en = "the network" }
[blanks.town]
type = "name"
ask = { fr = "Où?", en = "Where?" }
example = "Alma"
[blanks.cause]
type = "text"
ask = { fr = "Pourquoi?", en = "Why?" }
required = false
[blanks.next_update]
type = "moment"
when = "future"
ask = { fr = "Quand?", en = "When?" }
example = "15:00"
"""
BRIEF: Brief = {
    "service": {"fr": "le réseau", "en": "the network"},
    "town": "*Alma*",
    "next_update": "15:00",
}


@pytest.fixture
def scenario(tmp_path: Path) -> Scenario:
    return read_scenario(
        write_scenario(
            tmp_path / "panne",
            OUTLINE,
            fr="La ville de {{ town }} est en panne : {{ service }}.\n\n{{ cause }}",
            en="{{ town }} has an outage: {{ service }}.",
        )
    )


def fill(scenario: Scenario, brief: Brief) -> dict[str, Document]:
    return fill_scenario(scenario, read_facts(scenario, brief, ASKED), BOTH).documents


def test_the_words_of_every_language_are_filled(scenario: Scenario) -> None:
    documents = fill(scenario, BRIEF)
    assert documents["fr"].body == "La ville de \\*Alma\\* est en panne : le réseau.\n"
    assert documents["fr"].fields == {
        "title": "Réseau en panne à *Alma*",
        "keywords": "panne, *Alma*",
    }
    assert documents["en"].fields["title"] == "Network down"


def test_the_promise_is_known(scenario: Scenario) -> None:
    promise = promise_in(read_facts(scenario, BRIEF, ASKED))
    assert promise is not None
    assert promise.astimezone(ASKED.zone).hour == 15


def test_every_problem_is_told_at_once(scenario: Scenario) -> None:
    brief: Brief = {"service": "le réseau", "next_update": "13:00 hier", "twon": "Alma"}
    with pytest.raises(ContentRefused, match="'panne' cannot be filled in") as refused:
        read_facts(scenario, brief, ASKED)
    assert [line.split(";")[0] for line in refused.value.why] == [
        "The scenario has no blank 'twon'",
        "The blank service needs its words in every language: .fr and .en.",
        "The blank town has no answer.",
        "The blank next_update '13:00 hier' is no moment, such as 13:30 or 2026-11-24 13:30.",
    ]
    assert "did you mean town?" in refused.value.why[0]
    assert refused.value.then == (
        "--set service.fr=… --set service.en=… --set town=… --set next_update=…"
    )


@pytest.mark.parametrize("empty", [None, "", {}])
def test_an_empty_answer_is_none(scenario: Scenario, empty: object) -> None:
    with pytest.raises(ContentRefused) as refused:
        read_facts(scenario, BRIEF | {"town": empty}, ASKED)
    assert refused.value.why == ("The blank town has no answer.",)


def test_what_is_open_is_asked_for_in_order_the_required_first(scenario: Scenario) -> None:
    assert unanswered(scenario, {"town": "Alma"}) == ("service", "next_update", "cause")


def test_a_language_without_a_text_is_refused(tmp_path: Path) -> None:
    half = read_scenario(write_scenario(tmp_path / "half", OUTLINE, fr="{{ town }}"))
    with pytest.raises(ContentRefused, match="says nothing in 'en'") as refused:
        fill(half, BRIEF)
    assert "en/statement.md" in refused.value.why[0]


def test_sheets_are_filled_and_one_with_nothing_to_say_is_left_out(tmp_path: Path) -> None:
    folder = write_scenario(tmp_path / "panne", OUTLINE, fr="{{ town }}", en="{{ town }}")
    for code in ("fr", "en"):
        (folder / code / "advice.md").write_text("1. {{ cause }}\n2. {{ town }}\n")
        (folder / code / "questions.md").write_text("### Q\n\n{{ cause }}\n")
    facts = read_facts(read_scenario(folder), BRIEF, ASKED)
    assert fill_scenario(read_scenario(folder), facts, BOTH).sheets == {
        "advice": {"fr": "1. \\*Alma\\*\n", "en": "1. \\*Alma\\*\n"}
    }
