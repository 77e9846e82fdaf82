"""What happens on a real terminal: questions, the typed confirmation, colours."""

import sys
from pathlib import Path
from urllib.parse import urlsplit

import pytest

from sparetire.cli.prompts import TRIES
from tests.support.command import Team
from tests.support.person import at_a_terminal

if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals", allow_module_level=True)

COLOUR = "\x1b["
PROMISED = ("--next", "2h")  # else it is asked for


@pytest.mark.parametrize(
    ("answer", "reason"),
    [
        ("yes", "does not begin with the site's name"),
        ("LIVE", "does not begin with the site's name"),
        ("", "Nothing was typed"),
        ("127.0.0.1 live", "does not begin with the site's name"),
        ("{site} EXERCISE", "does not end with LIVE or EN LIGNE"),
    ],
)
def test_anything_but_the_name_and_live_is_asked_again_and_sends_nothing(
    team: Team, answer: str, reason: str
) -> None:
    typed = answer.format(site=urlsplit(team.url).netloc)
    with at_a_terminal(team, *team.launch(*PROMISED)) as person:
        for _ in range(TRIES):
            person.wait_for("EN LIGNE")
            person.wait_for(">")
            person.type(typed)
            person.wait_for(reason)
        code = person.end()

    assert code == 10, person.seen
    assert "Nothing has changed for the public" in person.seen
    assert team.public() == {}


def test_who_wants_quiet_sees_what_they_are_asked_about(team: Team) -> None:
    with at_a_terminal(team, "--quiet", *team.launch(*PROMISED)) as person:
        person.wait_for("Power outage in Sept-Îles")
        person.wait_for("To publish, type")
        assert person.press_ctrl_c() == 130


@pytest.mark.parametrize(
    "word", ["LIVE", "  live ", "En  Ligne", "en ligne"], ids=["", "lower", "French", "case"]
)
def test_the_name_and_live_publishes(team: Team, word: str) -> None:
    with at_a_terminal(team, *team.launch(*PROMISED)) as person:
        person.wait_for("LIVE")
        person.wait_for(">")
        person.type("127.0.0.1 live")  # a slip, which costs nothing
        person.wait_for("Type it again")
        person.wait_for(">")
        person.type(f"{urlsplit(team.url).netloc.upper()}  {word}")
        code = person.end()

    assert code == 0, person.seen
    assert f"{team.url}/en/outage-power/" in person.seen
    assert "en/outage-power/index.html" in team.public()


def test_what_is_missing_is_asked_for_and_published(team: Team) -> None:
    with at_a_terminal(team, "launch", "--yes") as person:
        for question, answer in (
            ("Content in fr", str(team.words("fr"))),
            ("Content in en", str(team.words("en"))),
            ("Keywords in fr", "panne"),
            ("Title in fr", "Panne à Sept-Îles"),
            ("Keywords in en", "outage"),
            ("Title in en", "Power outage in Sept-Îles"),
        ):
            person.wait_for(question)
            person.wait_for(":")
            person.type(answer)
        code = person.end()

    assert code == 0, person.seen
    page = team.folder / ".sparetire/site/current/en/outage/index.html"
    assert "Power outage in Sept-Îles" in page.read_text(encoding="utf-8")


def test_ctrl_c_at_the_question_ends_it_calmly(team: Team) -> None:
    with at_a_terminal(team, *team.launch(*PROMISED)) as person:
        person.wait_for("LIVE")
        person.wait_for(">")
        code = person.press_ctrl_c()

    assert code == 130, person.seen
    assert "Traceback" not in person.seen
    assert team.public() == {}


def test_without_a_terminal_somebody_must_have_said_yes(team: Team) -> None:
    outcome = team.run(*team.launch())

    assert outcome.code == 2
    assert "--yes" in outcome.err
    assert team.public() == {}


def test_a_terminal_gets_colours_unless_it_wants_none(team: Team) -> None:
    words = team.launch("--yes")
    with at_a_terminal(team, *words) as coloured:
        assert coloured.end() == 0
    with at_a_terminal(team, *words, NO_COLOR="1") as plain:
        assert plain.end() == 0

    codes = [f"{COLOUR}{code}m" for code in ("31", "32", "33", "1;32")]
    assert any(code in coloured.seen for code in codes)
    assert [code for code in codes if code in plain.seen] == []


def test_a_pipe_gets_no_colour_codes(team: Team) -> None:
    outcomes = [
        team.run(*team.launch("--yes")),
        team.run("check"),
        team.run("history"),
        team.run(*team.launch("--only", "xx")),
    ]

    assert [one.code for one in outcomes] == [0, 0, 0, 2]
    assert COLOUR not in "".join(one.out + one.err for one in outcomes)


def test_a_new_workspace_asks_who_it_is_for_first_and_again_for_a_wrong_colour(
    tmp_path: Path,
) -> None:
    folder = tmp_path / "boreal"
    with at_a_terminal(Team(tmp_path), "init", str(folder)) as person:
        for question, answer in (
            ("name, in Français:", "Minéraux Boréal"),
            ("name, in English:", "Boreal Minerals"),
            ("Brand colour (Enter takes #0b3d66):", "dark blue"),
            ("must be a colour such as #0b3d66", ""),
            ("Your main site", "boreal"),
            ("must be a web address", ""),
            ("Phone for journalists", "urgence"),
            ("is not a phone number", "418 555-0142, poste 12"),
            ("Email for journalists", "média.exemple.ca"),
            ("is not an e-mail address", "média@exemple.ca"),
            ("Phone for the public", "retour"),
            ("Email for journalists", "medias@boréal.example"),
            ("Phone for the public", ""),
        ):
            person.wait_for(question)
            person.type(answer)
        code = person.end()

    assert code == 0, person.seen
    text = (folder / "sparetire.toml").read_text("utf-8")
    assert "medias@boréal.example" in text
    assert "418 555-0142, poste 12" in text
    assert not (folder / ".sparetire/drafts/init.json").exists()
    assert "Minéraux Boréal" in text
    assert "#0b3d66" in text
