"""Back to what was live before, from whatever is left."""

import shutil
from pathlib import Path

import pytest

from tests.support.command import Team, new_team, refused

OTHER = ("--slug", "feu", "--slug", "en=fire", "--title", "Incendie", "--title", "en=Fire")


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return new_team(tmp_path / "team")


def relaunch(team: Team) -> dict[str, str]:
    """Launch twice, two incidents, and return the public tree after the first."""
    assert team.call(*team.launch("--yes")).code == 0
    first = team.public()
    again = [
        word for word in team.launch("--yes") if "Panne" not in word and "Power" not in word
    ]
    words = [word for word in again if word != "--title"]
    assert team.call(*words, *OTHER).code == 0
    assert team.public() != first
    return first


def test_the_edition_before_comes_back_byte_for_byte(team: Team) -> None:
    first = relaunch(team)

    back = team.call("rollback", "--yes", "--json")

    assert back.code == 0, back.out
    assert back.json["changed"] is True
    assert team.public() == first


@pytest.mark.parametrize("lost", [(), ("ledger.jsonl", "bodies", "rendered.db")])
def test_a_rollback_typed_again_goes_no_further(team: Team, lost: tuple[str, ...]) -> None:
    first = relaunch(team)
    assert team.call("rollback", "--yes").code == 0
    for name in lost:
        place = team.folder / ".sparetire" / name
        shutil.rmtree(place) if place.is_dir() else place.unlink()

    again = team.call("rollback", "--yes")

    assert again.code == 0, again.out
    told = " ".join(again.out.split())
    assert "by a rollback" in told
    assert "name a version: sparetire history" in told
    assert team.public() == first


def test_a_rollback_after_something_new_goes_back_once_more(team: Team) -> None:
    first = relaunch(team)
    assert team.call("rollback", "--yes").code == 0
    update = ("update", "--content", f"fr={team.words('fr')}")
    assert team.call(*update, "--content", f"en={team.words('en')}", "--yes").code == 0
    assert team.public() != first

    back = team.call("rollback", "--yes", "--json")

    assert back.json["changed"] is True
    assert {one["rule"] for one in back.json["findings"]} == {"going-back"}
    assert team.public() == first


def test_what_was_left_can_be_named_and_comes_back(team: Team) -> None:
    relaunch(team)
    second = team.public()
    edition = team.call("rollback", "--dry-run", "--json").json["edition"]
    left = next(
        one.name.partition("-")[2]
        for one in (team.folder / ".sparetire/site/releases").iterdir()
        if not one.name.endswith(edition)
    )
    assert team.call("rollback", "--yes").code == 0

    assert team.call("rollback", left, "--yes").code == 0

    assert team.public() == second


def test_a_new_laptop_can_roll_back(team: Team) -> None:
    first = relaunch(team)
    for name in ("builds", "bodies", "ledger.jsonl"):
        place = team.folder / ".sparetire" / name
        shutil.rmtree(place) if place.is_dir() else place.unlink()

    assert team.call("rollback", "--yes").code == 0
    assert team.public() == first


def test_what_was_rolled_back_does_not_return_with_the_next_launch(team: Team) -> None:
    relaunch(team)
    assert team.call("rollback", "--yes").code == 0

    assert team.call(*team.launch("--yes")).code == 0

    assert not [path for path in team.public() if "feu" in path]


def test_an_edition_can_be_named_by_its_first_letters(team: Team) -> None:
    edition = team.call(*team.launch("--yes", "--json")).json["edition"]
    relaunch(team)

    back = team.call("rollback", edition[:6], "--yes", "--json")

    assert back.json["edition"] == edition


def test_a_dry_run_leaves_the_public_alone(team: Team) -> None:
    relaunch(team)
    before = team.public()

    dry = team.call("rollback", "--dry-run", "--json")

    assert dry.json["dry_run"] is True
    assert team.public() == before


@pytest.mark.parametrize("words", [("rollback",), ("rollback", "abcdef")])
def test_there_must_be_something_to_go_back_to(team: Team, words: tuple[str, ...]) -> None:
    team.call(*team.launch("--yes"))

    error = refused(team.call(*words, "--yes", "--json"), 2)

    assert "local" in error["what"]


def test_a_damaged_past_is_refused(team: Team) -> None:
    relaunch(team)
    before = team.public()
    shutil.rmtree(team.folder / ".sparetire" / "bodies")
    oldest = min((team.folder / ".sparetire" / "site" / "releases").iterdir())
    page = oldest / "fr" / "index.html"
    page.unlink()  # it may be a second name of a file that is live
    page.write_text("somebody was here", encoding="utf-8")

    error = refused(team.call("rollback", "--yes", "--json"), 4)

    assert "fr/index.html" in error["what"] + " ".join(error["why"])
    assert team.public() == before
