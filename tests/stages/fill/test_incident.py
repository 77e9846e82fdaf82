"""Answers become an incident, or the one that is missing is named."""

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sparetire.errors import ContentRefused, UsageFault
from sparetire.model.incident import Incident
from sparetire.model.language import Language
from sparetire.rules.base import Draft
from sparetire.stages.fill.answers import Answers
from sparetire.stages.fill.documents import Document
from sparetire.stages.fill.incident import fill_incident, missing_answers
from sparetire.stages.inspect import FindingsRefused, inspect_draft
from tests.support.draft import BODIES

SITE = (Language("fr-CA"), Language("en-CA"))
AT = datetime(2026, 11, 23, 14, 0, tzinfo=UTC)
TITLES = {"fr": "Déversement à Lac-Mégantic", "en": "Spill at Lac-Mégantic"}
KEYWORDS = {"fr": "déversement, rivière", "en": "spill, river"}


def document(body: str, **fields: str) -> Document:
    return Document("a.md", body, fields)


def documents(**bodies: str) -> dict[str, Document]:
    return {code: document(body) for code, body in bodies.items()}


def fill(
    bodies: dict[str, Document] | None = None,
    *,
    titles: dict[str, str] | None = None,
    keywords: dict[str, str] | None = None,
    slugs: dict[str, str] | None = None,
) -> Incident:
    answers = Answers(
        keywords=KEYWORDS if keywords is None else keywords,
        titles=TITLES if titles is None else titles,
        documents=documents(**BODIES) if bodies is None else bodies,
        slugs=slugs or {},
    )
    return fill_incident(answers, SITE, AT)


def french(body: str, title: str = "Titre", **fields: str) -> Incident:
    return fill({"fr": document(body, **fields)}, titles={"fr": title} if title else {})


def test_both_languages_make_one_incident() -> None:
    incident = fill()
    assert incident.name == incident.slugs["fr"] == "deversement-riviere"
    assert incident.slugs["en"] == "spill-river"
    assert incident.keywords == {"fr": ("déversement", "rivière"), "en": ("spill", "river")}
    (statement,) = incident.statements
    assert (statement.number, statement.published) == (1, AT)
    assert {code: words.title for code, words in statement.words.items()} == TITLES


def test_a_document_may_bring_its_own_answers() -> None:
    fields = {"title": "Un titre", "keywords": "incendie, usine", "summary": "En  bref."}
    incident = fill({"fr": document("Le texte.\n", **fields)}, titles={}, keywords={})
    words = incident.statements[0].words["fr"]
    assert (words.title, words.summary) == ("Un titre", "En bref.")
    assert incident.name == "incendie-usine"


def test_what_is_typed_wins_over_what_is_written() -> None:
    incident = french("Texte.\n", title="Tapé", keywords="autre")
    assert incident.title("fr") == "Tapé"
    assert incident.keywords["fr"] == ("déversement", "rivière")


@pytest.mark.parametrize("heading", ["# Le titre", "#  Le   titre #", "#\tLe titre ##"])
@pytest.mark.parametrize("given_title", ["", "Le titre"])
def test_a_first_heading_is_the_title_and_not_said_twice(
    heading: str, given_title: str
) -> None:
    words = french(f"{heading}\n\nLe texte.\n", title=given_title).statements[0].words["fr"]
    assert (words.title, words.body) == ("Le titre", "Le texte.\n")


def test_another_first_heading_stays_in_the_text() -> None:
    words = french("# Faits\n\nLe texte.\n", title="Le titre").statements[0].words["fr"]
    assert (words.title, words.body) == ("Le titre", "# Faits\n\nLe texte.\n")


def test_a_title_is_one_line() -> None:
    assert french("Texte.\n", title=" Un\n titre\t long ").title("fr") == "Un titre long"


@pytest.mark.parametrize(
    ("answers", "missing"),
    [
        (Answers(), ("content",)),
        (Answers(documents=documents(fr="x")), ("keywords", "title")),
        (Answers(documents=documents(fr="x"), titles=TITLES), ("keywords",)),
        (Answers(documents=documents(fr="# T\n\nx"), keywords={"fr": " , "}), ("keywords",)),
        (Answers(documents=documents(fr="# T\n\nx"), keywords=KEYWORDS), ()),
        (
            Answers(documents=documents(fr="x", en="y"), keywords=KEYWORDS, titles={"fr": "T"}),
            ("title",),
        ),
    ],
)
def test_what_is_missing_is_named(answers: Answers, missing: tuple[str, ...]) -> None:
    assert missing_answers(answers, [each.code for each in SITE]) == missing
    if missing:
        with pytest.raises(UsageFault, match=f"--{missing[0]} is missing"):
            fill_incident(answers, SITE, AT)


def test_a_title_without_a_text_is_refused() -> None:
    with pytest.raises(ContentRefused, match="title in 'en', but no text") as refused:
        fill(documents(fr="Texte."))
    assert refused.value.then == "Add --content en=FILE"


def test_a_language_without_words_borrows_the_address() -> None:
    incident = french("Texte.")
    assert incident.slugs == {"fr": "deversement-riviere", "en": "deversement-riviere"}
    assert incident.title("en") is None


@pytest.mark.parametrize("slug", ["spill-2", "a"])
def test_an_address_may_be_given(slug: str) -> None:
    assert fill(slugs={"fr": slug}).name == slug


@pytest.mark.parametrize("slug", ["Spill", "été", "a/b", "a--b", "", "../x", "x" * 61])
def test_an_address_that_would_change_is_refused(slug: str) -> None:
    with pytest.raises(UsageFault, match="makes no address in 'fr'") as refused:
        fill(slugs={"fr": slug})
    assert "--slug fr=" in refused.value.then


def test_keywords_that_make_no_address_ask_for_one() -> None:
    keywords = {"fr": "🔥", "en": "fire"}
    with pytest.raises(UsageFault, match="🔥") as refused:
        fill(keywords=keywords)
    assert refused.value.then == "Give one yourself: --slug fr=short-name"
    assert fill(keywords=keywords, slugs={"fr": "incendie"}).name == "incendie"


@given(st.lists(st.sampled_from(["mot", "usine.", "a", "eau,", "x" * 30]), min_size=1))
def test_a_summary_is_short_and_cut_at_a_whole_word(words: list[str]) -> None:
    paragraph = " ".join(words)
    summary = french(paragraph).statements[0].words["fr"].summary
    assert len(summary) <= 160
    if len(paragraph) <= 160:
        assert summary == paragraph
    else:
        # A word is cut nowhere but before a space: only its last comma or stop may be gone.
        rest = paragraph.removeprefix(summary.rstrip("….")).lstrip(".,")
        assert rest.startswith(" ")


def test_a_summary_ends_with_a_whole_sentence_where_one_fits() -> None:
    sentence = "Le feu est maîtrisé depuis neuf heures et personne n’est blessé."
    assert french(f"{sentence} {'mot ' * 50}").statements[0].words["fr"].summary == sentence


def test_a_summary_is_the_title_where_there_is_no_paragraph() -> None:
    assert french("- un\n- deux\n", title="Titre").statements[0].words["fr"].summary == "Titre"


def draft(incident: Incident, only: tuple[str, ...] | None) -> Draft:
    return Draft(incident, ("fr", "en"), only, {"fr": "fr.md"})


def test_one_language_alone_must_be_asked_for() -> None:
    incident = fill({"fr": document(BODIES["fr"])}, titles={"fr": TITLES["fr"]})
    with pytest.raises(FindingsRefused) as refused:
        inspect_draft(draft(incident, None))
    assert "--only" in refused.value.then
    assert [
        one for one in inspect_draft(draft(incident, ("fr",))) if "--only" in one.remedy
    ] == []
