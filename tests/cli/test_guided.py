"""After the launch, too, whoever types only the command is asked for the rest."""

import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from sparetire.workspace.incidents import read_incident
from tests.support.command import Team

if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals", allow_module_level=True)

from tests.support.launched import Launched
from tests.support.person import at_a_terminal

NAME = "panne-electricite"
FRENCH = "Le courant est rétabli dans la moitié de la raffinerie.\n"
ENGLISH = "Power is back in half of the refinery.\n"


@pytest.fixture
def live(tmp_path: Path, launched: Launched) -> Team:
    team = launched.copy(tmp_path / "live")
    for code, text in (("fr", FRENCH), ("en", ENGLISH)):
        (team.folder.parent / f"more.{code}.md").write_text(text, "utf-8")
    return team


def answer(team: Team, command: str, *steps: tuple[str, str]) -> str:
    """Answer each question, confirm, and return what was on the screen."""
    with at_a_terminal(team, command) as person:
        for question, words in steps:
            person.wait_for(question)
            person.type(words)
        person.wait_for("To publish, type")
        person.wait_for(">")
        person.type(f"{urlsplit(team.url).netloc} LIVE")
        assert person.end() == 0, person.seen
    return person.seen


def files(team: Team) -> tuple[tuple[str, str], tuple[str, str]]:
    beside = team.folder.parent
    return ("Content in fr", f"{beside}/more.fr.md"), ("Content in en", f"{beside}/more.en.md")


def test_an_update_asks_for_both_texts_and_for_the_next_promise(live: Team) -> None:
    seen = answer(live, "update", *files(live), ("When will the next", "45m"))

    assert "update: Power outage in Sept-Îles" in seen
    assert "Power is back in half of the refinery." in seen
    kept = read_incident(live.folder / "incidents" / NAME)
    assert kept.promise is not None
    assert (kept.promise - kept.updated).total_seconds() == 45 * 60


def test_a_correction_asks_which_statement_is_wrong(live: Team) -> None:
    answer(live, "update", *files(live), ("When will the next", ""))
    for code in ("fr", "en"):
        path = live.folder.parent / f"more.{code}.md"
        path.write_text("12 %, 21 % et non 22 %.\n", "utf-8")

    answer(live, "correct", ("Which statement", "1"), *files(live))

    assert read_incident(live.folder / "incidents" / NAME).statements[2].corrects == 1


def test_a_withdrawal_asks_why_and_has_the_notice_ready(live: Team) -> None:
    seen = answer(live, "withdraw", ("Why", "error"))
    assert "Message published by mistake" in seen


def test_a_last_word_asks_for_both_texts(live: Team) -> None:
    answer(live, "close", *files(live))
    assert read_incident(live.folder / "incidents" / NAME).state == "closed"
