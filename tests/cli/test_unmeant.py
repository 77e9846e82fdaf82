"""What an author did not mean to publish: stopped, or shown before the confirmation."""

from pathlib import Path

import pytest

from tests.support.command import Team, refused
from tests.support.newsroom import LONG, write_ready

STOPPED = {
    "CONFIDENTIEL": "hold-mark",
    "ÉBAUCHE – NE PAS DIFFUSER": "hold-mark",
    "HOLD FOR RELEASE": "hold-mark",
    "For internal use only.": "hold-mark",
    "AKIA" + "QYLPMN5HNM7XW2OZ": "secret-shown",
    "-----BEGIN " + "PRIVATE KEY-----": "secret-shown",
}
WARNED = {
    "Lieu : Cliquez ici pour entrer du texte.": "prompt-shown",
    "Status: draft\nDate: 2099-01-01\nSlug: panne": "head-shown",
    "De : Marie T.\nÀ : Luc\nObjet : Panne": "mail-shown",
    "[Le plan](https://boreal.example/plan?utm_source=courriel)": "link-tracked",
    "[Le plan](file:///C:/plan.pdf)": "link-private",
}


def with_line(team: Team, line: str) -> None:
    file = team.words("fr")
    file.write_text(f"{file.read_text('utf-8')}\n{line}\n", "utf-8")


@pytest.mark.parametrize("line", STOPPED)
def test_a_mark_or_a_secret_stops_a_launch_with_its_line(team: Team, line: str) -> None:
    with_line(team, line)
    error = refused(team.call(*team.launch("--yes", "--json")), 3)
    (why,) = error["why"]
    assert why.endswith(f"[{STOPPED[line]}]")
    assert f"{team.words('fr')}, line 6" in why
    assert not (team.folder / ".sparetire/site/current/fr").exists()


@pytest.mark.parametrize("line", WARNED)
def test_the_rest_is_shown_with_its_line_before_the_confirmation(team: Team, line: str) -> None:
    with_line(team, line)
    told = team.call(*team.launch("--dry-run", "--json"))
    assert told.code == 0, told.out
    found = [one for one in told.json["findings"] if one["rule"] == WARNED[line]]
    assert found[0]["place"] == f"{team.words('fr')}, line 6"
    assert found[0]["severity"] == "warning"


def test_a_text_that_is_a_link_to_somewhere_else_is_told_of(
    team: Team, tmp_path_factory: pytest.TempPathFactory
) -> None:
    secret = tmp_path_factory.mktemp("elsewhere") / "private.md"
    secret.write_text(team.words("fr").read_text("utf-8"), "utf-8")
    team.words("fr").unlink()
    team.words("fr").symlink_to(secret)
    told = team.call(*team.launch("--dry-run", "--json"))
    (found,) = [one for one in told.json["findings"] if one["rule"] == "link-out"]
    assert str(secret) in found["message"]
    assert found["place"] == str(team.words("fr"))


def test_releases_are_held_to_the_same(team: Team, tmp_path: Path) -> None:
    folder = team.folder / "releases"
    write_ready(folder, body_fr=f"{LONG['fr']}\n\nÉBAUCHE – NE PAS DIFFUSER")
    elsewhere = tmp_path / "private.md"
    file = folder / "port-agrandi.en.md"
    elsewhere.write_bytes(file.read_bytes())
    file.unlink()
    file.symlink_to(elsewhere)
    told = team.call("newsroom", "lint", "--json")
    assert told.code == 3
    assert {"hold-mark", "link-out"} <= {one["rule"] for one in told.json["findings"]}
