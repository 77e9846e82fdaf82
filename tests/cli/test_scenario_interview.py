"""The guided interview: one question a fact, and the statement that grows with the answers."""

import sys

import pytest

from tests.support.command import Team
from tests.support.person import Person, at_a_terminal

if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals", allow_module_level=True)

LAUNCH = ("launch", "--scenario", "general", "--yes")


def answer(person: Person, question: str, *lines: str) -> None:
    person.wait_for(question)
    for line in lines:
        person.wait_for(">")
        person.type(line)


def required(person: Person) -> None:
    """Answer what must be answered, with a mistake on the way."""
    answer(person, "De quoi s’agit-il", "une panne", "an outage")
    person.wait_for("Panne à […]")
    person.wait_for("au courant d’une panne à […]")
    answer(person, "Dans quelle ville", "Les Escoumins")
    person.wait_for("Panne aux Escoumins")
    answer(person, "Quand est-ce arrivé", "bientôt")
    person.wait_for("is no moment")
    person.wait_for(">")
    person.type("2026-11-01 13:30")
    answer(person, "À quelle heure paraîtra", "30m")


def skip_the_rest(person: Person) -> None:
    for question in ("ce qui est confirmé", "Qui est touché", "Une consigne", "Quel numéro"):
        answer(person, question, "")
    answer(person, "Qui parle en notre nom", "Anne Roy")
    for code, role in (("fr", "présidente"), ("en", "president")):
        person.wait_for(f"titre ({code}")
        person.wait_for(":")
        person.type(role)
    answer(person, "Ses mots", "Je suis avec vous.", "I am with you.")
    person.wait_for("> — Anne Roy, présidente")


def test_a_scenario_is_asked_for_and_published(team: Team) -> None:
    with at_a_terminal(team, *LAUNCH) as person:
        person.wait_for("10 questions")
        required(person)
        skip_the_rest(person)
        person.wait_for("This is what will be public")
        person.wait_for("Anne Roy, president")
        person.wait_for("Questions and answers")
        code = person.end()

    assert code == 0, person.seen
    assert list((team.folder / ".sparetire/briefs").iterdir()) == []
    page = team.folder / ".sparetire/site/current/en/outage-les-escoumins-boreal-minerals"
    assert "I am with you." in (page / "index.html").read_text(encoding="utf-8")


def test_a_stopped_interview_goes_on_where_it_was(team: Team) -> None:
    with at_a_terminal(team, *LAUNCH) as person:
        required(person)
        person.wait_for("ce qui est confirmé")
        assert person.press_ctrl_c() == 130
    assert team.public() == {}

    with at_a_terminal(team, *LAUNCH) as person:
        person.wait_for("Reprendre vos réponses du")
        person.wait_for("(o/n)")
        person.type("o")
        person.wait_for("1/6")
        skip_the_rest(person)
        code = person.end()
    assert code == 0, person.seen


def test_with_a_brief_only_what_is_needed_is_asked(team: Team) -> None:
    given = [
        *("--set", "situation.fr=une panne", "--set", "situation.en=an outage"),
        *("--set", "start=2026-11-01 13:30", "--set", "next_update=30m"),
    ]
    with at_a_terminal(team, *LAUNCH, *given) as person:
        person.wait_for("1/1")
        person.wait_for(">")
        person.type("Alma")
        code = person.end()
    assert code == 0, person.seen


def test_a_terminal_that_answers_nothing_is_not_asked_for_ever(team: Team) -> None:
    with at_a_terminal(team, *LAUNCH) as person:
        person.wait_for("De quoi s’agit-il")
        for _ in range(5):
            person.wait_for(">")
            person.type("")
        code = person.end()
    assert code == 2, person.seen
    assert "The blank situation is still open" in person.seen


def test_a_launch_without_words_offers_the_scenarios(team: Team) -> None:
    with at_a_terminal(team, "launch", "--dry-run") as person:
        person.wait_for(" 4  general: Déclaration générale")
        person.wait_for("propre texte)")
        person.type("4")
        person.wait_for("10 questions")
        assert person.press_ctrl_c() == 130


def test_answers_that_were_kept_survive_options_that_answer_one_blank(team: Team) -> None:
    with at_a_terminal(team, *LAUNCH) as person:
        required(person)
        person.wait_for("ce qui est confirmé")
        assert person.press_ctrl_c() == 130
    assert "it offers the answers" in person.seen
    kept = team.folder / ".sparetire/briefs/general.toml"
    before = kept.read_text("utf-8")

    with at_a_terminal(team, *LAUNCH, "--only", "fr", "--set", "town=Alma") as person:
        person.wait_for("Reprendre vos réponses du")
        assert person.press_ctrl_c() == 130
    assert kept.read_text("utf-8") == before

    with at_a_terminal(team, *LAUNCH, "--set", "town=Alma") as person:
        person.wait_for("Reprendre vos réponses du")
        person.type("peut-être")
        person.wait_for("neither yes (oui) nor no (non)")
        person.type("non")
        answer(person, "De quoi s’agit-il", "retour")
        assert person.press_ctrl_c() == 130
    assert kept.with_suffix(".before.toml").read_text("utf-8") == before


def test_a_saved_answer_gives_way_to_the_option_of_its_blank(team: Team) -> None:
    with at_a_terminal(team, *LAUNCH) as person:
        required(person)
        person.wait_for("ce qui est confirmé")
        assert person.press_ctrl_c() == 130
    with at_a_terminal(team, *LAUNCH, "--set", "town=Alma") as person:
        person.wait_for("Reprendre vos réponses du")
        person.type("Oui")
        assert person.end() == 0, person.seen
    assert "outage-alma-boreal-minerals" in " ".join(team.public())


def test_back_opens_the_question_before(team: Team) -> None:
    with at_a_terminal(team, *LAUNCH) as person:
        answer(person, "De quoi s’agit-il", "une panne", "an outage")
        answer(person, "Dans quelle ville", "Alma")
        answer(person, "Quand est-ce arrivé", "retour")
        answer(person, "Dans quelle ville", "Les Escoumins")
        person.wait_for("Panne aux Escoumins")
        assert person.press_ctrl_c() == 130


def test_enter_is_for_a_text_of_ones_own(team: Team) -> None:
    with at_a_terminal(team, "launch", "--dry-run") as person:
        person.wait_for("propre texte)")
        person.type("")
        person.wait_for("Content in fr")
        assert person.press_ctrl_c() == 130
