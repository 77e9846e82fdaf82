"""Words of a drill carry their mark, once, in every part that could be copied alone."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from sparetire.errors import ContentRefused
from sparetire.model.attachment import Attachment
from sparetire.resources import skeleton_folder
from sparetire.stages.fill.answers import Answers
from sparetire.stages.fill.documents import Document
from sparetire.stages.fill.exercise import example_brief, mark_of, marked
from sparetire.stages.fill.scenario import read_facts
from sparetire.workspace.scenarios import Scenario
from tests.support.draft import WORDS, draft_findings, spoilt
from tests.support.scenarios import ASKED, SCENARIOS

TEXTS = sorted(skeleton_folder("exercise").glob("*.md"))


def told(body: str, **fields: str) -> Document:
    answers = Answers(documents={"fr": Document("x", body, fields)})
    return marked(answers).documents["fr"]


def test_title_and_text_are_marked_wherever_they_stand() -> None:
    assert (
        told("# Panne\n\nUn avis.\n").body == "# EXERCICE\u00a0: Panne\n\nEXERCICE. Un avis.\n"
    )
    assert told("Un avis.\n", title="Panne").fields["title"] == "EXERCICE\u00a0: Panne"
    answers = Answers(titles={"en": "Outage"}, sheets={"facts": {"de": "Drei."}})
    assert marked(answers).titles == {"en": "EXERCISE: Outage"}
    assert marked(answers).sheets["facts"]["de"] == "EXERCISE.\n\nDrei."


def test_a_text_that_is_marked_is_left_as_it_is() -> None:
    assert told("EXERCICE. Un avis.\n").body == "EXERCICE. Un avis.\n"


@pytest.mark.parametrize("path", TEXTS, ids=lambda path: path.name)
def test_the_texts_of_drills_cannot_be_launched(path: Path) -> None:
    code = path.name.rsplit(".", 2)[1]
    body = path.read_text("utf-8")
    assert body.startswith(f"{mark_of(code)}. ")
    assert draft_findings("exercise-word", spoilt(code, title=WORDS[code].title, body=body))


def test_every_text_of_drills_is_there_in_both_languages() -> None:
    names = {path.name.rsplit(".", 2)[0] for path in TEXTS}
    assert {path.name for path in TEXTS} == {
        f"{n}.{code}.md" for n in names for code in ("fr", "en")
    }


@pytest.mark.parametrize("scenario", SCENARIOS, ids=lambda scenario: scenario.name)
def test_every_scenario_can_be_rehearsed_at_any_hour(scenario: Scenario) -> None:
    for minutes in (5, 725, 1435):
        asked = replace(
            ASKED, now=datetime(2026, 3, 8, tzinfo=UTC) + timedelta(minutes=minutes)
        )
        assert read_facts(scenario, example_brief(scenario, asked), asked)


def test_files_cannot_carry_the_mark_and_stay_out_of_a_drill() -> None:
    plan = Attachment.of(b"%PDF-", ".pdf")
    words = Answers(documents={"fr": Document("x", "Texte.\n", attached=(plan,))})
    with pytest.raises(ContentRefused, match="A drill publishes no"):
        marked(words)
