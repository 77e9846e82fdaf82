"""Before anything is confirmed, all of the text that will be public is on the screen."""

import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from sparetire.workspace.incidents import read_incident
from tests.support.command import FRENCH, Team, refused

if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals", allow_module_level=True)

from tests.support.person import at_a_terminal

NAME = "panne-electricite"
LAST = "Nous reparlerons à 11 h."


def texts(folder: Path, **said: str) -> list[str]:
    """Write one text for each language and return the options that name them."""
    options = []
    for code, text in said.items():
        (folder / f"text.{code}.md").write_text(text, "utf-8")
        options += ["--content", f"{code}={folder / f'text.{code}.md'}"]
    return options


def test_a_launch_shows_its_text_to_the_last_line_before_the_confirmation(team: Team) -> None:
    with at_a_terminal(team, *team.launch("--next", "1h")) as person:
        person.wait_for("This is what will be public")
        for line in (line for line in FRENCH.splitlines() if line):
            person.wait_for(line)
        person.wait_for("We will speak again at 11 a.m.")
        person.wait_for("To publish, type")
        assert person.press_ctrl_c() == 130


def test_a_dry_run_shows_advice_and_questions_too(live: Team, tmp_path: Path) -> None:
    for name in ("advice", "questions"):
        for code in ("fr", "en"):
            link = f"https://www.boreal.example/{name}"
            body = f"## {name} {code}\n\nUne [adresse]({link}) à lire.\n"
            (tmp_path / f"{name}.{code}.md").write_text(body, "utf-8")
    words = [*texts(tmp_path, fr="Du nouveau en français.\n", en="News in English.\n")]
    for name in ("advice", "questions"):
        for code in ("fr", "en"):
            words += [f"--{name}", f"{code}={tmp_path / f'{name}.{code}.md'}"]
    shown = live.call("update", *words, "--dry-run")
    assert shown.code == 0, shown.err
    for told in ("Du nouveau en français.", "News in English.", "questions en", "advice fr"):
        assert told in shown.err
    assert "(https://www.boreal.example/advice)" in " ".join(shown.err.split())
    assert LAST not in shown.err  # what is public already is not new


def test_sheets_alone_show_nothing_of_the_statement(live: Team, tmp_path: Path) -> None:
    words = []
    for code in ("fr", "en"):
        (tmp_path / f"q.{code}.md").write_text(f"## Question {code}\n\nRéponse.\n", "utf-8")
        words += ["--questions", f"{code}={tmp_path / f'q.{code}.md'}"]
    shown = live.call("update", *words, "--dry-run")
    assert shown.code == 0, shown.err
    assert "Question en" in shown.err
    assert LAST not in shown.err


def test_a_long_text_is_shown_in_pages(team: Team) -> None:
    text = FRENCH + "".join(f"\n\nParagraphe {number}." for number in range(40))
    team.words("fr").write_text(text, "utf-8")
    with at_a_terminal(team, *team.launch("--next", "1h"), LINES="24", COLUMNS="80") as person:
        person.wait_for("more lines: Enter shows them")
        assert "Paragraphe 9." not in person.seen
        person.type("")
        person.wait_for("Paragraphe 9.")
        person.wait_for("more lines: Enter shows them")
        person.type("q")
        person.wait_for("To publish, type")
        assert "Paragraphe 39." not in person.seen
        assert person.press_ctrl_c() == 130


def test_a_word_for_a_number_is_asked_again_and_the_statement_is_quoted(
    live: Team, tmp_path: Path
) -> None:
    words = texts(tmp_path, fr="Du nouveau : 30 %.\n", en="News: 30%.\n")
    assert live.call("update", *words, "--yes").code == 0
    words = texts(tmp_path, fr="C’était 13 % et non 30 %.\n", en="It was 13%, not 30%.\n")
    with at_a_terminal(live, "correct", *words) as person:
        person.wait_for("Which statement is wrong")
        person.type("neuf")
        person.wait_for("'neuf' is not the number of a statement")
        person.wait_for("Which statement is wrong")
        person.type("9")
        person.wait_for("There is no statement 9")
        person.wait_for("Which statement is wrong")
        person.type("1")
        person.wait_for("Statement 1 of")
        person.wait_for(LAST)
        person.wait_for("C’était 13 %")
        person.wait_for(">")
        person.type(f"{urlsplit(live.url).netloc} live")
        assert person.end() == 0, person.seen
    assert read_incident(live.folder / "incidents" / NAME).statements[-1].corrects == 1


def test_a_number_that_names_no_statement_is_refused_before_anything_is_read(
    live: Team,
) -> None:
    error = refused(
        live.call(
            "correct", "--statement", "7", "--content", "fr=absent.md", "--yes", "--json"
        ),
        2,
    )
    assert error["what"] == "There is no statement 7."
