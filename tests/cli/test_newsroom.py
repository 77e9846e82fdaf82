"""A press release from the draft on, as an author types it."""

from datetime import UTC, datetime
from pathlib import Path

import pytest

from sparetire.workspace.releases import read_shelf
from tests.support.command import Team, call, new_team, refused
from tests.support.newsroom import settings_of, write_ready, write_release

NEW = ("newsroom", "new", "--title", "fr=Le port s’agrandit", "--title", "en=The port grows")


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return new_team(tmp_path / "site")


def test_new_writes_a_pair_that_can_be_read_and_listed(team: Team) -> None:
    made = team.call(*NEW, "--place", "Sept-Îles", "--publish-at", "2099-12-01 09:00", "--json")
    files = ["releases/le-port-s-agrandit.fr.md", "releases/le-port-s-agrandit.en.md"]
    assert (made.code, made.json["files"]) == (0, files)
    shelf = read_shelf(team.folder / "releases", settings_of())
    assert shelf.problems == ()
    [release] = shelf.releases
    assert release.wordings["fr"].title == "Le port s’agrandit"
    assert (release.slug("fr"), release.slug("en")) == ("le-port-s-agrandit", "the-port-grows")
    [row] = team.call("newsroom", "list", "--json").json["releases"]
    assert (row["state"], row["languages"]) == ("draft", ["fr", "en"])
    assert row["at"] == "2099-12-01T09:00:00-05:00"


def test_a_dry_run_writes_nothing(team: Team) -> None:
    assert team.call(*NEW, "--dry-run").code == 0
    assert [path.name for path in (team.folder / "releases").iterdir()] == [".gitkeep"]


def test_new_never_writes_over_a_release(team: Team) -> None:
    team.call(*NEW)
    assert "le-port-s-agrandit" in refused(team.call(*NEW, "--json"), 2)["what"]


@pytest.mark.parametrize(
    ("option", "says"),
    [
        (("--category", "weather"), "weather"),
        (("--publish-at", "2027-03-14 02:30"), "no time"),
        (("--name", "…"), "no file name"),
    ],
)
def test_new_says_what_it_cannot_use(team: Team, option: tuple[str, str], says: str) -> None:
    assert says in refused(team.call(*NEW, *option, "--json"), 2)["what"]


def test_new_asks_for_the_language_that_is_missing(team: Team) -> None:
    told = refused(team.call("newsroom", "new", "--title", "Le port", "--json"), 2)
    assert "--title in en" in told["what"]


def test_list_names_what_is_due_and_what_is_broken(team: Team) -> None:
    folder = team.folder / "releases"
    write_release(folder, "now", seed=1)
    write_release(folder, "later", seed=2, publish_at="2099-12-01 09:00")
    write_release(folder, "bad", seed=3, titel="?")
    listed = team.call("newsroom", "list")
    assert [line.split()[0] for line in listed.out.splitlines() if line[:1].strip()] == [
        *("due", "waiting", "broken", "broken", "Next:")
    ]
    assert "did you mean title?" in listed.out


def test_list_names_what_was_edited_since_it_is_public(team: Team) -> None:
    folder = team.folder / "releases"
    write_ready(folder)
    assert team.call("newsroom", "publish", "--yes").code == 0
    assert "Next:" not in team.call("newsroom", "list").out
    write_ready(folder, title_en="The port of Sept-Îles grows by half")
    listed = team.call("newsroom", "list").out
    assert listed.startswith("edited")
    assert listed.endswith("Next: sparetire newsroom publish port-agrandi\n")


def test_list_tells_of_what_is_public_without_files(team: Team) -> None:
    folder = team.folder / "releases"
    write_ready(folder)
    assert team.call("newsroom", "publish", "--yes").code == 0
    (folder / "port-agrandi.fr.md").unlink()
    assert "gone" not in team.call("newsroom", "list").out
    (folder / "port-agrandi.en.md").unlink()
    listed = team.call("newsroom", "list").out
    assert listed.startswith("public     port-agrandi")
    assert "the public still reads it" in listed
    withdraw = ("newsroom", "withdraw", "port-agrandi", "--yes")
    assert f"sparetire {' '.join(withdraw[:3])}" in listed
    assert team.call(*withdraw).code == 0
    assert "gone" not in team.call("newsroom", "list").out


def test_what_was_withdrawn_does_not_come_back_in_silence(team: Team) -> None:
    folder = team.folder / "releases"
    write_ready(folder)
    assert team.call("newsroom", "publish", "--yes").code == 0
    assert team.call("newsroom", "withdraw", "port-agrandi", "--yes").code == 0
    write_ready(folder, title_en="The port of Sept-Îles grows by half")
    error = refused(team.call("newsroom", "publish", "port-agrandi", "--yes", "--json"), 3)
    assert "was withdrawn" in error["what"]
    assert "the notice" in error["public"]


def test_an_empty_newsroom_says_how_to_begin(team: Team) -> None:
    assert "sparetire newsroom new" in team.call("newsroom", "list").out


def test_lint_refuses_a_draft_that_nobody_filled(team: Team) -> None:
    team.call(*NEW, "--place", "Sept-Îles")
    linted = team.call("newsroom", "lint", "--json")
    assert linted.code == 3
    rules = {finding["rule"] for finding in linted.json["findings"]}
    assert {"placeholder-left", "release-too-short", "release-contact"} <= rules
    assert "Not ready" in team.call("newsroom", "lint").out


def test_lint_names_what_cannot_be_read(team: Team) -> None:
    write_release(team.folder / "releases", "bad", seed=3, titel="?")
    linted = team.call("newsroom", "lint", "bad", "--json")
    assert linted.code == 3
    assert linted.json["findings"][0]["place"] == "bad.fr.md"


def test_lint_knows_no_other_release(team: Team) -> None:
    assert "'port'" in refused(team.call("newsroom", "lint", "port", "--json"), 2)["what"]


def test_lint_explains_a_rule(team: Team) -> None:
    explain = ("newsroom", "lint", "--lang", "en", "--explain")
    told = team.call(*explain, "figures").out
    assert "Severity: error." in told
    assert "Passes:" in told
    [rule] = team.call(*explain, "figures", "--json").json["rules"]
    assert rule["id"] == "release-figures"
    assert "No [DATE]" in team.call(*explain, "placeholder-left").out
    wrong = team.call(*explain, "quotes-difer", "--json")
    assert refused(wrong, 2)["next"].endswith("release-quotes-differ")


def test_a_rule_is_explained_in_the_language_of_the_team_and_without_one(team: Team) -> None:
    for told in (
        team.call("newsroom", "lint", "--explain", "quote").out,
        call("-w", "/nowhere", "newsroom", "lint", "--explain", "quote", "--lang", "fr-CA").out,
    ):
        assert "Gravité\u00a0: avertissement." in told
        assert "Passe\u00a0: " in told
    assert "Severity" in call("-w", "/nowhere", "newsroom", "lint", "--explain", "quote").out
    other = team.call("newsroom", "lint", "--explain", "quote", "--lang", "de", "--json")
    assert refused(other, 2)["next"] == "sparetire newsroom lint --explain quote --lang fr"


def test_a_release_with_a_lost_picture_is_not_ready(team: Team) -> None:
    image = {"file": "images/none.jpg", "alt": "Un quai"}
    write_release(team.folder / "releases", "port", 1, image=image)
    findings = team.call("newsroom", "lint", "port", "--json").json["findings"]
    assert "release-picture-broken" in {finding["rule"] for finding in findings}


@pytest.mark.parametrize(
    ("keys", "rule", "code"),
    [
        ({"title_fr": "x" * 300}, "title-too-long", 3),
        ({"body_en": "A bell \x07 rings."}, "control-character", 3),
        ({"body_fr": "<script>alert(1)</script> Du texte."}, "markup-removed", 3),
        ({"date": datetime(2099, 1, 1, tzinfo=UTC)}, "release-date-ahead", 3),
        ({"title_en": "Two\nlines"}, "title-broken", 3),
        ({"body_fr": "![](https://pixel.example/x.png)"}, "picture-remote", 3),
    ],
    ids=["long", "control", "script", "date", "lines", "pixel"],
)
def test_bad_input_is_named_and_nothing_is_lost(
    team: Team, keys: dict[str, object], rule: str, code: int
) -> None:
    folder = team.folder / "releases"
    write_release(folder, "port", 1, **keys)
    before = {path.name: path.read_bytes() for path in folder.iterdir()}
    linted = team.call("newsroom", "lint", "port", "--json")
    assert linted.code == code
    assert rule in {finding["rule"] for finding in linted.json["findings"]}
    assert {path.name: path.read_bytes() for path in folder.iterdir()} == before


def test_a_missing_translation_is_named(team: Team) -> None:
    write_release(team.folder / "releases", "port")
    (team.folder / "releases" / "port.en.md").unlink()
    findings = team.call("newsroom", "lint", "port", "--json").json["findings"]
    assert "port.en.md" in {
        each["place"] for each in findings if each["rule"] == "release-language"
    }


def test_of_two_releases_with_one_id_one_goes_public_and_nothing_is_lost(team: Team) -> None:
    folder = team.folder / "releases"
    write_ready(folder, "quay")
    for code in ("fr", "en"):
        text = (folder / f"quay.{code}.md").read_text(encoding="utf-8")
        copied = text.replace("sept-iles", "autre").replace("Sept-Îles", "Fermont")
        (folder / f"copy.{code}.md").write_text(copied, encoding="utf-8")
    before = {path.name: path.read_bytes() for path in folder.glob("*.md")}

    first = team.call("newsroom", "publish", "--yes", "--json")

    assert [one["name"] for one in first.json["published"]] == ["quay"]
    assert "release-id-twice" in {one["rule"] for one in first.json["findings"]}
    refused(team.call("newsroom", "publish", "copy", "--yes", "--json"), 2)
    assert "has the id of quay" in team.call("newsroom", "list").out
    again = team.call("newsroom", "publish", "--yes", "--json")
    assert (again.code, again.json["changed"]) == (0, False)
    assert {path.name: path.read_bytes() for path in folder.glob("*.md")} == before
