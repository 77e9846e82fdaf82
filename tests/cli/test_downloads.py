"""Files and pictures of a live incident: shown, revised, taken back, and brought to others."""

from pathlib import Path
from urllib.request import urlopen

import pytest

from sparetire.model.attachment import attached_paths
from sparetire.workspace.incidents import read_incident
from tests.cli.test_pull import colleague_of
from tests.support.command import Team, refused
from tests.support.launched import Launched
from tests.support.pdf import UNSAFE_PDFS, pdf
from tests.support.word import photograph

NAME = "panne-electricite"
PAGES = {"fr": f"fr/{NAME}/index.html", "en": "en/outage-power/index.html"}


@pytest.fixture
def team(tmp_path: Path, launched: Launched) -> Team:
    team = launched.copy(tmp_path / "team")
    folder = tmp_path / "files"
    folder.mkdir()
    (folder / "plan.pdf").write_bytes(pdf())
    (folder / "site.jpg").write_bytes(photograph())
    written(folder, "- [Plan du site](plan.pdf)\n", "- [Map of the site](plan.pdf)\n")
    return team


def written(folder: Path, french: str, english: str) -> None:
    (folder / "fr.md").write_text(french, "utf-8")
    (folder / "en.md").write_text(english, "utf-8")


def offer(team: Team, *more: str) -> list[str]:
    folder = team.folder.parent / "files"
    return ["update", "--downloads", str(folder), "--yes", "--json", *more]


def page(team: Team, code: str = "fr") -> str:
    path = team.folder / ".sparetire/site/current" / PAGES[code]
    return path.read_text("utf-8").replace("&nbsp;", " ").replace("\u00a0", " ")


def files(team: Team) -> list[str]:
    assets = team.folder / ".sparetire/site/current/assets"
    shown = {path for code in PAGES for path in attached_paths(page(team, code))}
    return sorted(path for path in shown if (assets.parent / path).is_file())


def test_files_are_listed_in_both_languages_with_kind_and_size(team: Team) -> None:
    done = team.call(*offer(team))

    assert done.code == 0, done.err
    (path,) = files(team)
    assert (team.folder / ".sparetire/site/current" / path).read_bytes() == pdf()
    assert "Documents à télécharger" in page(team)
    assert f'<a href="../../{path}">Plan du site (PDF, 1 ko)</a>' in page(team)
    assert "Documents to download" in page(team, "en")
    assert f'<a href="../../{path}">Map of the site (PDF, 1 kB)</a>' in page(team, "en")
    assert team.call(*offer(team)).json["changed"] is False


def test_files_are_revised_as_the_facts_are(team: Team) -> None:
    team.call(*offer(team))
    (first,) = files(team)
    folder = team.folder.parent / "files"
    (folder / "plan.pdf").write_bytes(pdf({6: b"<</Title(Second)>>"}))

    assert team.call(*offer(team)).json["changed"] is True

    (second,) = files(team)
    assert second != first
    assert first not in page(team)
    assert not (team.folder / ".sparetire/site/current" / first).exists()
    written(folder, "- [Photo](site.jpg)\n", "- [Photograph](site.jpg)\n")
    assert team.call(*offer(team)).code == 0
    assert "(JPEG, 1 ko)" in page(team)
    assert (
        b"MARKER" not in (team.folder / ".sparetire/site/current" / files(team)[0]).read_bytes()
    )


def test_an_unsafe_file_changes_nothing(team: Team) -> None:
    public = team.public()
    (team.folder.parent / "files" / "plan.pdf").write_bytes(UNSAFE_PDFS["author"])
    error = refused(team.call(*offer(team)), 3)
    assert "It names its author: MARKER." in error["why"]
    assert team.public() == public


def test_a_dry_run_with_files_keeps_nothing(team: Team) -> None:
    kept = team.kept()
    told = team.call(*offer(team, "--dry-run"))
    assert told.code == 0, told.err
    assert team.kept() == kept


def test_a_language_that_offers_less_is_told_of(team: Team) -> None:
    written(team.folder.parent / "files", "- [Plan](plan.pdf)\n", "- Map: on request.\n")
    done = team.call(*offer(team))
    assert [one["rule"] for one in done.json["findings"]].count("files-differ") == 1


def test_a_statement_shows_a_picture_on_its_page_and_in_its_feed(team: Team) -> None:
    folder = team.folder.parent / "files"
    written(
        folder,
        "La vanne est fermée depuis 10 h 15.\n\n![La vanne, fermée](site.jpg)\n",
        "The valve has been shut since 10:15 a.m.\n\n![The valve, shut](site.jpg)\n",
    )
    done = team.call("update", "--content", str(folder), "--yes", "--json")

    assert done.code == 0, done.err
    (path,) = files(team)
    assert f'<img src="../../{path}" alt="La vanne, fermée" width="64" height="64"' in page(
        team
    )
    feed = (team.folder / ".sparetire/site/current/fr/feed.xml").read_text("utf-8")
    assert f"{team.url}/{path}" in feed

    assert team.call("withdraw", "--reason", "error", "--yes").code == 0
    assert path not in page(team)
    assert not (team.folder / ".sparetire/site/current" / path).exists()


def test_a_picture_without_a_description_is_refused(team: Team) -> None:
    folder = team.folder.parent / "files"
    written(folder, "Fermée.\n\n![](site.jpg)\n", "Shut.\n\n![Shut](site.jpg)\n")
    error = refused(team.call("update", "--content", str(folder), "--yes", "--json"), 3)
    assert error["what"] == "Nobody says what 'site.jpg' shows."
    assert "![what it shows](site.jpg)" in error["next"]


def test_a_colleague_gets_the_files_too_and_goes_on(team: Team, tmp_path: Path) -> None:
    team.call(*offer(team))
    other = colleague_of(team, tmp_path / "other")
    assert other.call("pull").code == 0
    folder = tmp_path / "files"
    written(folder, "Tout est rétabli à 11 h 05.\n", "All is back at 11:05 a.m.\n")

    done = other.call("update", "--content", str(folder), "--yes", "--json")

    assert (done.code, done.json["changed"]) == (0, True), done.err
    assert "Plan du site (PDF, 1 ko)" in page(team)

    (kept,) = (other.folder / "incidents/_files").iterdir()
    kept.write_bytes(b"%PDF-other")
    error = refused(other.call("update", "--content", str(folder), "--yes", "--json"), 4)
    assert "sparetire pull" in error["next"]
    assert other.call("pull").code == 0
    assert kept.read_bytes() == pdf()


def test_files_that_the_workspace_lost_are_told_of(team: Team) -> None:
    team.call(*offer(team))
    (kept,) = (team.folder / "incidents/_files").iterdir()
    kept.unlink()
    error = refused(team.call("prepare", "--yes", "--json"), 4)
    assert kept.name in error["what"]


def test_files_in_a_bucket_come_travel_and_go(bucket_team: Team, tmp_path: Path) -> None:
    there = ("--target", "production")
    assert bucket_team.call(*bucket_team.launch("--yes", *there)).code == 0
    (tmp_path / "plan.pdf").write_bytes(pdf())
    for code in ("fr", "en"):
        (tmp_path / f"{code}.md").write_text("- [Plan](plan.pdf)\n", "utf-8")
    words = ("update", "--downloads", str(tmp_path), "--yes", "--json", *there)
    done = bucket_team.call(*words)
    assert done.code == 0, done.out
    base = done.json["urls"]["fr"].partition("/fr/")[0]
    kept = read_incident(bucket_team.folder / "incidents" / NAME)
    (path,) = attached_paths(kept.sheets["downloads"].body["fr"])
    with urlopen(f"{base}/{path}", timeout=10) as answer:
        assert answer.headers["Content-Type"] == "application/pdf"
        assert answer.read() == pdf()

    other = colleague_of(bucket_team, tmp_path / "other")
    assert other.call("pull", *there).code == 0
    assert [one.read_bytes() for one in (other.folder / "incidents/_files").iterdir()] == [
        pdf()
    ]

    assert other.call("withdraw", "--reason", "wrong", "--yes", *there).code == 0
    with urlopen(f"{base}/{path}", timeout=10) as answer:
        assert answer.headers["Content-Type"] == "text/html; charset=utf-8"
        assert b"%PDF" not in (notice := answer.read())
        assert b"panne-electricite.html" in notice
    assert other.call("rollback", "--yes", *there).code == 0
    with urlopen(f"{base}/{path}", timeout=10) as answer:
        assert answer.read() == pdf()
