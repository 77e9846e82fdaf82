"""What is added to an incident: said twice it stands once, and nothing said before changes."""

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from sparetire.errors import ContentRefused, UsageFault
from sparetire.model.incident import Incident, Kind, Label, State
from sparetire.stages.fill.answers import Answers
from sparetire.stages.fill.documents import Document
from sparetire.stages.fill.statement import Saying, add_statement
from tests.support.draft import incident

ZONE = ZoneInfo("America/Toronto")
LATER = datetime(2026, 11, 23, 15, 0, tzinfo=UTC)
FRENCH = "La fuite est colmatée depuis 9 h 40. La prise d’eau reste fermée.\n"
ENGLISH = "The leak has been plugged since 9:40 a.m. The intake stays closed.\n"


def answers(**texts: str) -> Answers:
    return Answers(
        documents={code: Document(f"{code}.md", text) for code, text in texts.items()}
    )


def said(kind: Kind = Kind.UPDATE, *, corrects: int | None = None, promise: str = "") -> Saying:
    return Saying(kind, answers(fr=FRENCH, en=ENGLISH), None, promise, corrects)


def after(before: Incident, saying: Saying, minutes: int = 0) -> Incident:
    return add_statement(before, saying, LATER + timedelta(minutes=minutes), ZONE)


def test_an_update_stands_at_the_end_under_the_title_of_its_incident() -> None:
    now = after(incident(), replace(said(promise="30m"), label=Label.VERIFIED))

    assert now.statements[:1] == incident().statements
    update = now.statements[1]
    assert (update.number, update.kind, update.label) == (2, Kind.UPDATE, Label.VERIFIED)
    assert update.published == LATER
    assert update.promise == LATER + timedelta(minutes=30)
    assert update.words["fr"].title == incident().statements[0].words["fr"].title
    assert update.words["en"].body == ENGLISH


def test_the_same_update_again_is_the_one_that_stands_there() -> None:
    first = after(incident(), said(promise="30m"))

    assert after(first, said(promise="30m"), minutes=7) == first
    assert after(first, said(), minutes=7) == first


def test_a_new_promise_under_the_same_words_moves_the_promise_alone() -> None:
    first = after(incident(), said(promise="30m"))

    moved = after(first, said(promise="2h"), minutes=7)

    assert moved.promise == LATER + timedelta(hours=2)
    assert moved.updated == first.updated


def test_the_same_words_as_an_older_statement_are_said_again() -> None:
    first = after(incident(), said())
    second = add_statement(
        first, Saying(Kind.UPDATE, answers(fr="Rien de neuf à 10 h."), None), LATER, ZONE
    )
    assert len(after(second, said()).statements) == 4


def test_a_language_that_comes_later_brings_its_keywords() -> None:
    clean = incident()
    first = replace(clean.statements[0], words={"fr": clean.statements[0].words["fr"]})
    gap = replace(clean, statements=(first,), keywords={"fr": clean.keywords["fr"]})
    given = Answers(
        keywords={"en": "oil spill, river"},
        titles={"en": "Oil spill in the Chaudière River"},
        documents={"en": Document("en.md", ENGLISH)},
    )

    now = add_statement(gap, Saying(Kind.UPDATE, given), LATER, ZONE)

    assert gap.title("en") is None
    assert now.title("en") == "Oil spill in the Chaudière River"
    assert now.title("fr") == gap.title("fr")
    assert now.keywords == {**gap.keywords, "en": ("oil spill", "river")}


def test_without_a_text_there_is_nothing_to_say() -> None:
    with pytest.raises(UsageFault, match="--content is missing"):
        add_statement(incident(), Saying(Kind.UPDATE, Answers()), LATER, ZONE)
    with pytest.raises(ContentRefused, match="no text"):
        add_statement(
            incident(), Saying(Kind.UPDATE, Answers(titles={"fr": "Suite"})), LATER, ZONE
        )


def test_a_correction_names_the_newest_statement_or_the_one_that_is_meant() -> None:
    two = after(incident(), said())
    right = Saying(Kind.CORRECTION, answers(fr="C’est 9 h 20 et non 9 h 40."))

    assert add_statement(two, right, LATER, ZONE).statements[-1].corrects == 2
    named = add_statement(two, replace(right, corrects=1), LATER, ZONE)
    assert named.statements[-1].corrects == 1
    again = add_statement(named, replace(right, corrects=1), LATER, ZONE)
    assert again == named
    with pytest.raises(UsageFault, match="no statement 7") as refusal:
        add_statement(two, replace(right, corrects=7), LATER, ZONE)
    assert "--statement 2" in refusal.value.then


@pytest.mark.parametrize(
    ("kinds", "state"),
    [
        ([], State.OPEN),
        ([Kind.UPDATE, Kind.CLOSING], State.CLOSED),
        ([Kind.CLOSING, Kind.CORRECTION], State.CLOSED),
        ([Kind.CLOSING, Kind.UPDATE], State.OPEN),
        ([Kind.WITHDRAWAL], State.WITHDRAWN),
        ([Kind.WITHDRAWAL, Kind.UPDATE], State.OPEN),
    ],
)
def test_the_last_word_that_is_no_correction_says_where_it_stands(
    kinds: list[Kind], state: State
) -> None:
    now = incident()
    for number, kind in enumerate(kinds):
        words = answers(fr=f"Point {number} : rien de plus.")
        now = add_statement(now, Saying(kind, words), LATER, ZONE)
    assert now.state is state


def test_after_a_withdrawal_nothing_said_before_is_public() -> None:
    gone = after(incident(), said(Kind.WITHDRAWAL))

    assert [one.kind for one in gone.public.statements] == [Kind.WITHDRAWAL]
    assert gone.public.started == incident().started
    assert gone.public.public == gone.public
    assert len(gone.statements) == 2

    more = add_statement(
        gone, Saying(Kind.UPDATE, answers(fr="# Vrai\n\nCeci est vrai.")), LATER, ZONE
    )
    assert [one.number for one in more.public.statements] == [2, 3]
    assert more.title("fr") == "Vrai"
