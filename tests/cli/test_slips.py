"""A slip at a question costs nothing: asked again with the reason, kept over Ctrl-C."""

import json
import stat
import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from sparetire.workspace.incidents import read_incident
from tests.support.command import Team, call, refused

if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals", allow_module_level=True)

from tests.support.person import Person, at_a_terminal


def steps(person: Person, *answers: tuple[str, str]) -> None:
    for question, answer in answers:
        person.wait_for(question)
        person.type(answer)


def confirm(person: Person, team: Team) -> int:
    person.wait_for("To publish, type")
    person.wait_for(">")
    person.type(f"{urlsplit(team.url).netloc} EN LIGNE")
    return person.end()


def test_a_launch_typed_with_slips_is_asked_again_at_once_and_published(team: Team) -> None:
    dragged = team.folder.parent / "mon avis.md"
    dragged.write_bytes(team.words("fr").read_bytes())
    with at_a_terminal(team, "launch") as person:
        steps(
            person,
            ("propre texte)", "99"),
            ("none of the numbers", ""),
            ("Content in fr", "absent.md"),
            ("cannot be read", f"'{dragged}'"),
            ("Content in en", f"file://{team.words('en')}"),
            ("Keywords in fr", ""),
            ("At least one keyword is needed", "panne; électricité"),
            ("Title in fr", ""),
            ("A title is needed", "Panne à Sept-Îles"),
            ("Keywords in en", "back"),
            ("Title in fr", "Panne de courant à Sept-Îles"),
            ("Keywords in en", "outage"),
            ("Title in en", "Power outage in Sept-Îles"),
            ("next update come", "demain"),
            ("is no time", "45m"),
        )
        assert confirm(person, team) == 0, person.seen
    said = read_incident(team.folder / "incidents" / "panne-electricite")
    assert said.title("fr") == "Panne de courant à Sept-Îles"
    assert said.keywords["fr"] == ("panne", "électricité")
    assert said.promise is not None
    assert list((team.folder / ".sparetire/drafts").iterdir()) == []


def test_ctrl_c_keeps_a_draft_that_the_next_run_offers(team: Team) -> None:
    with at_a_terminal(team, "launch", "--content", f"fr={team.words('fr')}") as person:
        steps(
            person, ("Content in en", str(team.words("en"))), ("Keywords in fr", "panne, gaz")
        )
        person.wait_for("Title in fr")
        assert person.press_ctrl_c() == 130
    assert "it offers the answers" in person.seen
    draft = team.folder / ".sparetire/drafts/launch.json"
    assert stat.S_IMODE(draft.parent.stat().st_mode) == 0o700
    assert json.loads(draft.read_text("utf-8"))["keywords.fr"] == "panne, gaz"

    with at_a_terminal(team, "launch", "--content", f"fr={team.words('fr')}") as person:
        steps(person, ("Go on with your answers of", "oui"))
        person.wait_for("Title in fr")
        assert person.press_ctrl_c() == 130
    assert person.seen.count("Keywords in fr") == 0

    with at_a_terminal(team, "launch", "--content", f"fr={team.words('fr')}") as person:
        steps(person, ("Go on with your answers of", "n"), ("Content in en", "back"))
        person.wait_for("This is the first question.")
        assert person.press_ctrl_c() == 130
    kept = draft.with_suffix(".before.json").read_text("utf-8")
    assert json.loads(kept)["keywords.fr"] == "panne, gaz"


def test_a_damaged_draft_counts_as_none(team: Team) -> None:
    draft = team.folder / ".sparetire/drafts/launch.json"
    draft.parent.mkdir(parents=True)
    draft.write_bytes(b'\xff{"content.fr": 3')
    with at_a_terminal(team, "launch", "--title", "Une panne à Sept-Îles") as person:
        person.wait_for("Content in fr")
        assert person.press_ctrl_c() == 130
    assert "Go on" not in person.seen


def test_an_input_that_ends_is_a_usage_error(team: Team) -> None:
    with at_a_terminal(team, *team.launch("--next", "1h")) as person:
        person.wait_for(">")
        person.type("\x04")
        assert person.end() == 2, person.seen
    assert "The input ended" in person.seen
    assert team.public() == {}


def test_back_at_the_confirmation_publishes_nothing(team: Team) -> None:
    with at_a_terminal(team, *team.launch("--next", "1h")) as person:
        person.wait_for(">")
        person.type("retour")
        assert person.end() == 10, person.seen
    assert team.public() == {}


def test_init_offers_the_answers_of_a_run_that_was_stopped(tmp_path: Path) -> None:
    folder = tmp_path / "boreal"
    with at_a_terminal(Team(tmp_path), "init", str(folder)) as person:
        steps(person, ("name, in Français:", "Boréal"), ("name, in English:", "Boreal"))
        person.wait_for("Brand colour")
        assert person.press_ctrl_c() == 130
    with at_a_terminal(Team(tmp_path), "init", str(folder), "--accent", "rouge") as person:
        steps(
            person,
            ("Go on with your answers of", "y"),
            ("Second colour", "#f00"),
            ("Brand colour", ""),
            ("main site", ""),
            ("Phone for journalists", ""),
            ("Email", ""),
            ("Phone for the public", ""),
        )
        assert person.end() == 0, person.seen
    text = (folder / "sparetire.toml").read_text("utf-8")
    assert 'fr = "Boréal"' in text
    assert 'accent = "#ff0000"' in text


@pytest.mark.parametrize(
    ("option", "value", "why"),
    [
        ("--colour", "bleu", "must be a colour"),
        ("--accent", "#12", "must be a colour"),
        ("--media-email", "média.exemple.ca", "not an e-mail address"),
        ("--media-email", "a b@boreal.ca", "not an e-mail address"),
        ("--media-email", "a@b@boreal.ca", "not an e-mail address"),
        ("--media-phone", "urgence", "not a phone number"),
        ("--public-phone", "12", "not a phone number"),
        ("--main-site", "boreal.ca", "must be a web address"),
        ("--time-zone", "Mars/Olympus", "must be a time zone"),
        ("--language", "français", "must be a language tag"),
    ],
)
def test_an_option_of_init_that_cannot_be_used_is_named(
    tmp_path: Path, option: str, value: str, why: str
) -> None:
    error = refused(call("init", str(tmp_path / "w"), "--yes", option, value, "--json"), 2)
    assert error["what"] == f"{option} {value!r} cannot be used."
    assert why in " ".join(error["why"])
    assert not (tmp_path / "w" / "sparetire.toml").exists()


def test_a_folder_that_is_a_workspace_is_refused_before_any_question(team: Team) -> None:
    with at_a_terminal(Team(team.folder.parent), "init", str(team.folder)) as person:
        assert person.end() == 2, person.seen
    assert "name, in" not in person.seen
