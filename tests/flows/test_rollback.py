"""Back to what was live before, from whatever is left."""

import shutil

import pytest

from tests.support.command import Team, refused

OTHER = ("--slug", "feu", "--slug", "en=fire", "--title", "Incendie", "--title", "en=Fire")


def relaunch(team: Team) -> dict[str, str]:
    """Launch a second incident, and return the public tree after the first."""
    first = team.public()
    again = [
        word for word in team.launch("--yes") if "Panne" not in word and "Power" not in word
    ]
    words = [word for word in again if word != "--title"]
    assert team.call(*words, *OTHER).code == 0
    assert team.public() != first
    return first


def test_the_edition_before_comes_back_byte_for_byte(live: Team) -> None:
    first = relaunch(live)

    back = live.call("rollback", "--yes", "--json")

    assert back.code == 0, back.out
    assert back.json["changed"] is True
    assert live.public() == first


@pytest.mark.parametrize("lost", [(), ("ledger.jsonl", "bodies", "rendered.db")])
def test_a_rollback_typed_again_goes_no_further(live: Team, lost: tuple[str, ...]) -> None:
    first = relaunch(live)
    assert live.call("rollback", "--yes").code == 0
    for name in lost:
        place = live.folder / ".sparetire" / name
        shutil.rmtree(place) if place.is_dir() else place.unlink()

    again = live.call("rollback", "--yes")

    assert again.code == 0, again.out
    told = " ".join(again.out.split())
    assert "by a rollback" in told
    assert "name a version: sparetire history" in told
    assert live.public() == first


def test_a_rollback_after_something_new_goes_back_once_more(live: Team) -> None:
    first = relaunch(live)
    assert live.call("rollback", "--yes").code == 0
    update = ("update", "--content", f"fr={live.words('fr')}")
    assert live.call(*update, "--content", f"en={live.words('en')}", "--yes").code == 0
    assert live.public() != first

    back = live.call("rollback", "--yes", "--json")

    assert back.json["changed"] is True
    assert {one["rule"] for one in back.json["findings"]} == {"going-back"}
    assert live.public() == first


def test_what_was_left_can_be_named_and_comes_back(live: Team) -> None:
    relaunch(live)
    second = live.public()
    edition = live.call("rollback", "--dry-run", "--json").json["edition"]
    left = next(
        one.name.partition("-")[2]
        for one in (live.folder / ".sparetire/site/releases").iterdir()
        if not one.name.endswith(edition)
    )
    assert live.call("rollback", "--yes").code == 0

    assert live.call("rollback", left, "--yes").code == 0

    assert live.public() == second


def test_a_new_laptop_can_roll_back(live: Team) -> None:
    first = relaunch(live)
    for name in ("builds", "bodies", "ledger.jsonl"):
        place = live.folder / ".sparetire" / name
        shutil.rmtree(place) if place.is_dir() else place.unlink()

    assert live.call("rollback", "--yes").code == 0
    assert live.public() == first


def test_what_was_rolled_back_does_not_return_with_the_next_launch(live: Team) -> None:
    relaunch(live)
    assert live.call("rollback", "--yes").code == 0

    assert live.call(*live.launch("--yes")).code == 0

    assert not [path for path in live.public() if "feu" in path]


def test_an_edition_can_be_named_by_its_first_letters(live: Team) -> None:
    edition = live.call("status", "--json").json["targets"][0]["edition"]
    relaunch(live)

    back = live.call("rollback", edition[:6], "--yes", "--json")

    assert back.json["edition"] == edition


def test_a_dry_run_leaves_the_public_alone(live: Team) -> None:
    relaunch(live)
    before = live.public()

    dry = live.call("rollback", "--dry-run", "--json")

    assert dry.json["dry_run"] is True
    assert live.public() == before


@pytest.mark.parametrize("words", [("rollback",), ("rollback", "abcdef")])
def test_there_must_be_something_to_go_back_to(live: Team, words: tuple[str, ...]) -> None:
    error = refused(live.call(*words, "--yes", "--json"), 2)

    assert "local" in error["what"]


def test_a_damaged_past_is_refused(live: Team) -> None:
    relaunch(live)
    before = live.public()
    shutil.rmtree(live.folder / ".sparetire" / "bodies")
    oldest = min((live.folder / ".sparetire" / "site" / "releases").iterdir())
    page = oldest / "fr" / "index.html"
    page.unlink()  # it may be a second name of a file that is live
    page.write_text("somebody was here", encoding="utf-8")

    error = refused(live.call("rollback", "--yes", "--json"), 4)

    assert "fr/index.html" in error["what"] + " ".join(error["why"])
    assert live.public() == before
