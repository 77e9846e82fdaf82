"""A person at a terminal is asked for what is missing, unclear or long overdue."""

import sys
from urllib.parse import urlsplit

import pytest

from sparetire.workspace.releases import read_shelf
from tests.support.command import Team
from tests.support.newsroom import settings_of, write_ready

if sys.platform == "win32":
    pytest.skip("there are no pseudo-terminals", allow_module_level=True)

from tests.support.person import at_a_terminal


def written(team: Team, *steps: tuple[str, str]) -> str:
    """Answer the questions, and return when the release is to go out."""
    answers = (
        ("Title in fr", "Le port s’agrandit"),
        ("Title in en", "The port grows"),
        ("Category", "operations"),
        ("Dated from", "Sept-Îles"),
        *steps,
    )
    with at_a_terminal(team, "newsroom", "new") as person:
        for question, words in answers:
            person.wait_for(question)
            person.type(words)
        assert person.end() == 0, person.seen
    shelf = read_shelf(team.folder / "releases", settings_of())
    assert shelf.problems == ()
    (release,) = shelf.releases
    assert release.category == "operations"
    return release.due.isoformat() if release.due else ""


@pytest.mark.parametrize(
    ("typed", "told", "chosen", "due"),
    [
        ("2026-11-01 01:30", "exists twice", "1", "2026-11-01T05:30:00+00:00"),
        ("2026-11-01 01:30", "exists twice", "2", "2026-11-01T06:30:00+00:00"),
        ("2027-03-14 02:30", "does not exist", "2", "2027-03-14T07:30:00+00:00"),
        ("2027-03-14 02:30", "does not exist", "2027-03-14 09:00", "2027-03-14T13:00:00+00:00"),
        ("demain", "not a day and an hour", "2026-12-01 09:00", "2026-12-01T14:00:00+00:00"),
        ("2026-12-01", "not a day and an hour", "", ""),
    ],
)
def test_an_hour_that_names_no_instant_or_two_is_asked_about(
    team: Team, typed: str, told: str, chosen: str, due: str
) -> None:
    assert written(team, ("publication):", typed), (told, chosen)) == due


@pytest.mark.parametrize("stopped", [True, False], ids=["by Ctrl-C", "by no approval"])
def test_what_went_out_first_is_told_however_the_question_ends(
    team: Team, *, stopped: bool
) -> None:
    write_ready(
        team.folder / "releases",
        "bridge",
        seed=2,
        publish_at="2026-01-05 09:00",
        title_fr="Le pont de Fermont ouvre ses voies",
        slug_fr="pont-fermont",
        title_en="The bridge of Fermont opens",
        slug_en="bridge-fermont",
        summary_fr="Le pont ouvre lundi.",
        summary_en="The bridge opens on Monday.",
    )
    write_ready(team.folder / "releases")
    with at_a_terminal(team, "newsroom", "publish") as person:
        person.wait_for("To publish, type")
        person.wait_for(">")
        person.type(f"{urlsplit(team.url).netloc} LIVE")
        person.wait_for("Published port-agrandi.")
        person.wait_for("Type yes:")
        if stopped:
            assert person.press_ctrl_c() == 130
        else:
            person.type("yes")
            person.wait_for("To publish, type")
            person.type("no")
            assert person.end() == 10
    assert "port-agrandi went public" in person.seen
    assert "Nothing has changed" not in person.seen


@pytest.mark.parametrize(("answer", "code"), [("OUI", 0), ("No", 10)], ids=["yes", "no"])
def test_what_is_long_overdue_is_asked_about(team: Team, answer: str, code: int) -> None:
    write_ready(team.folder / "releases", publish_at="2026-01-05 09:00")
    with at_a_terminal(team, "newsroom", "publish") as person:
        person.wait_for("port-agrandi was due 2026-01-05T14:00:00+00:00.")
        person.wait_for("Type yes:")
        person.type(answer)
        if code == 0:
            person.wait_for("To publish, type")
            person.wait_for(">")
            person.type(f"{urlsplit(team.url).netloc} LIVE")
        assert person.end() == code, person.seen
    page = "en/news/2026/port-sept-iles-growing/index.html"
    assert (page in team.public()) == (code == 0)
