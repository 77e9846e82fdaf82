"""Any laptop can go on: the settings and the credentials are all that a colleague needs."""

import json
import shutil
import time
from pathlib import Path

import pytest

from sparetire.errors import ConfigurationFault
from sparetire.model.incident import State
from sparetire.workspace.handover import pack, unpack
from sparetire.workspace.incidents import read_incident
from tests.support.command import Team, new_team, refused
from tests.support.draft import incident
from tests.support.faults import faulty
from tests.support.git_server import git_site
from tests.support.launched import Launched
from tests.support.seaweed import Seaweed

NAME = "panne-electricite"


@pytest.fixture
def team(tmp_path: Path, launched: Launched) -> Team:
    return launched.copy(tmp_path / "team")


def colleague_of(team: Team, folder: Path) -> Team:
    """Return another machine: the settings and the brand, and a home of its own."""
    folder.mkdir()
    shutil.copy(team.folder / "sparetire.toml", folder)
    for name in ("brand", "scenarios"):
        shutil.copytree(team.folder / name, folder / name)
    other = Team(folder, {**team.env, "HOME": str(folder.parent / "elsewhere")})
    site = team.folder / ".sparetire" / "site"  # the one host that both reach
    other.set("targets", "local", "path", value=json.dumps(str(site)))
    for code in ("fr", "en"):
        shutil.copy(team.words(code), other.words(code))
    return other


def said(team: Team, command: str, french: str, english: str) -> list[str]:
    words = [command, "--yes", "--json"]
    for code, text in (("fr", french), ("en", english)):
        path = team.folder.parent / f"{team.folder.name}-{command}.{code}.md"
        path.write_text(text, "utf-8")
        words += ["--content", f"{code}={path}"]
    return words


def test_a_colleague_goes_on_from_another_machine(team: Team, tmp_path: Path) -> None:
    other = colleague_of(team, tmp_path / "other")

    pulled = other.call("pull", "--json")

    assert pulled.code == 0, pulled.err
    assert pulled.json["incidents"] == [{"name": NAME, "outcome": "new", "statements": 1}]
    kept = read_incident(other.folder / "incidents" / NAME)
    assert kept == read_incident(team.folder / "incidents" / NAME)
    done = other.call(*said(other, "update", "Tout est rétabli à 11 h.", "All back at 11."))
    assert (done.code, done.json["changed"]) == (0, True), done.err

    assert team.call("pull", "--json").json["incidents"][0]["outcome"] == "newer"
    assert len(read_incident(team.folder / "incidents" / NAME).statements) == 2
    assert team.call("pull", "--json").json["incidents"][0]["outcome"] == "same"
    again = team.call("prepare", "--yes", "--json")
    assert (again.code, again.json["changed"]) == (0, False)


def test_who_is_behind_a_colleague_is_told_to_pull_before_all_else(
    team: Team, tmp_path: Path
) -> None:
    other = colleague_of(team, tmp_path / "other")
    assert other.call("pull").code == 0
    update = said(team, "update", "Tout est rétabli à 11 h.", "All back at 11.")
    assert team.call(*update).code == 0
    # Nothing answers at this address, and nobody looks there in a dry run.
    other.set("targets", "local", "url", value='"https://info.boreal.example"')
    update = said(other, "update", "Rien de neuf à midi.", "Nothing new at noon.")

    error = refused(other.call(*update, "--dry-run"), 4)

    assert NAME in error["what"]
    assert "sparetire pull" in error["next"]
    assert other.call("pull").code == 0
    assert other.call(*update, "--dry-run").code == 0


def test_words_that_were_changed_by_hand_are_brought_back_as_they_were_said(
    team: Team,
) -> None:
    words = team.folder / "incidents" / NAME / "1.fr.md"
    before = words.read_text("utf-8")
    words.write_text("Tout va bien.\n", "utf-8")
    update = said(team, "update", "Rétabli à 11 h.", "Back at 11 a.m.")
    error = refused(team.call(*update), 4)
    assert "1.fr.md was changed" in "".join(error["why"])
    assert "sparetire pull" in error["next"]

    assert team.call("pull").code == 0

    assert words.read_text("utf-8") == before
    assert team.call(*update).code == 0


def test_a_dry_run_brings_nothing(team: Team, tmp_path: Path) -> None:
    other = colleague_of(team, tmp_path / "other")
    assert other.call("pull", "--dry-run", "--json").json["incidents"][0]["outcome"] == "new"
    assert not (other.folder / "incidents" / NAME).exists()


def test_a_colleague_brings_back_what_was_withdrawn_and_goes_on(
    team: Team, tmp_path: Path
) -> None:
    facts = tmp_path / "facts.fr.md"
    facts.write_text("- Quatre bâtiments touchés\n", "utf-8")
    assert team.call("update", "--facts", f"fr={facts}", "--yes").code == 0
    assert team.call("withdraw", "--reason", "error", "--yes").code == 0
    parcel = team.folder / ".sparetire/site/state/kept/incidents" / f"{NAME}.json"
    assert "torchères" not in parcel.read_text("utf-8")
    other = colleague_of(team, tmp_path / "other")
    assert other.call("pull").code == 0
    assert read_incident(other.folder / "incidents" / NAME).state is State.WITHDRAWN

    assert other.call("rollback", "--yes").code == 0

    page = team.folder / ".sparetire/site/current/fr" / NAME / "index.html"
    assert "torchères" in page.read_text("utf-8")
    update = said(other, "update", "Tout est rétabli à 11 h.", "All back at 11.")
    done = other.call(*update)
    assert done.code == 0, done.err
    correct = said(other, "correct", "C’était à 10 h 50.", "That was at 10:50.")
    assert other.call(*correct).code == 0
    told = page.read_text("utf-8")
    for words in ("torchères", "rétabli", "10 h 50", "Quatre bâtiments"):
        assert words in told.replace("\u00a0", " ")

    assert team.call("pull", "--json").json["incidents"][0]["outcome"] == "newer"
    again = team.call("prepare", "--yes", "--json")
    assert (again.code, again.json["changed"]) == (0, False)


def test_where_a_host_cannot_hide_them_withdrawn_words_do_not_travel(
    team: Team, tmp_path: Path
) -> None:
    with git_site(tmp_path / "site.git") as site:
        table = f'[targets.pages]\nhost = "git"\nurl = "{site.url}"\n'
        table += f'repository = "{site.path.as_uri()}"\n\n[staging.rehearsal]'
        path = team.folder / "sparetire.toml"
        path.write_text(team.settings.replace("[staging.rehearsal]", table, 1), "utf-8")
        team.set("crisis", "page_urls", value='"file"')
        there = ("--target", "pages")
        assert team.call(*team.launch("--yes", *there)).code == 0
        assert team.call("withdraw", "--reason", "error", "--yes", *there).code == 0
        other = colleague_of(team, tmp_path / "other")
        assert other.call("pull", *there).code == 0
        assert "torchères" not in "".join(
            path.read_text("utf-8") for path in (other.folder / "incidents").rglob("*.md")
        )

        assert other.call("rollback", "--yes", *there).code == 0
        update = said(other, "update", "Tout est rétabli à 11 h.", "All back at 11.")
        error = refused(other.call(*update, *there), 4)
        assert "lacks words" in error["what"]

        assert team.call("pull", "--json", *there).json["incidents"][0]["outcome"] == "newer"
        update = said(team, "update", "Rétabli à 11 h.", "Back at 11.")
        assert team.call(*update, *there).code == 0


def test_where_nothing_was_launched_there_is_nothing_to_pull(tmp_path: Path) -> None:
    lonely = new_team(tmp_path / "lonely")
    error = refused(lonely.call("pull", "--json"), 2)
    assert "keeps no incident" in error["what"]


@pytest.mark.parametrize(
    ("name", "parcel"),
    [
        ("spill", b"\xff"),
        ("spill", b"[]"),
        ("../spill", pack(incident())),
        ("spill", json.dumps({"../1.fr.md": "x"}).encode()),
        ("spill", json.dumps({"incident.toml": 3}).encode()),
        ("spill", json.dumps({"incident.toml": "state ="}).encode()),
        ("spill", pack(incident()).replace(b"Mise", b"Pile")[:-9] + b'": "x"}'),
    ],
)
def test_a_parcel_that_is_none_is_refused(name: str, parcel: bytes) -> None:
    with pytest.raises(ConfigurationFault, match="spill"):
        unpack(name, parcel)


def test_a_slug_that_leads_out_of_the_site_is_named() -> None:
    files = json.loads(pack(incident()))
    name = incident().name
    files["incident.toml"] = files["incident.toml"].replace(f'"{name}"', '"../../autre"')
    with pytest.raises(ConfigurationFault) as caught:
        unpack(name, json.dumps(files).encode())
    assert "'../../autre'" in caught.value.why[0]


def test_a_parcel_holds_the_incident_as_it_was_said() -> None:
    assert unpack(incident().name, pack(incident())) == incident()


def test_a_withdrawal_is_rolled_back_from_another_machine_on_a_bucket(
    bucket_team: Team, tmp_path: Path
) -> None:
    there = ("--target", "production")
    assert bucket_team.call(*bucket_team.launch("--yes", *there)).code == 0
    assert bucket_team.call("withdraw", "--reason", "wrong", "--yes", *there).code == 0
    other = colleague_of(bucket_team, tmp_path / "other")
    assert other.call("pull", *there).code == 0

    assert other.call("rollback", "--yes", *there).code == 0
    update = said(other, "update", "Tout est rétabli à 11 h.", "All back at 11 a.m.")
    done = other.call(*update, *there)

    assert (done.code, done.json["changed"]) == (0, True), done.err
    kept = read_incident(other.folder / "incidents" / NAME)
    assert [one.taken_back for one in kept.statements] == [False, True, False]


def test_a_parcel_is_left_before_the_lock_is_let_go_of(
    bucket_team: Team, seaweed_server: Seaweed
) -> None:
    done = []

    def slow(method: str, path: str) -> None:
        if method == "PUT" and "/kept/incidents/" in path:
            time.sleep(0.3)
            done.append("parcel left")
        elif method == "DELETE" and path.endswith("/lock.json"):
            done.append("lock let go of")

    with faulty(seaweed_server.endpoint_url) as line:
        line.rule = slow
        endpoint = f'"{line.endpoint_url}"'
        bucket_team.set("targets", "production", "endpoint_url", value=endpoint)
        launched = bucket_team.call(*bucket_team.launch("--yes", "--target", "production"))

    assert launched.code == 0, launched.err
    assert done == ["parcel left", "lock let go of"]


def test_a_colleague_goes_on_from_a_bucket(bucket_team: Team, tmp_path: Path) -> None:
    there = ("--target", "production")
    assert bucket_team.call(*bucket_team.launch("--yes", *there)).code == 0
    other = colleague_of(bucket_team, tmp_path / "other")

    assert other.call("pull", "--json", *there).json["incidents"][0]["outcome"] == "new"
    update = said(other, "update", "Tout est rétabli à 11 h.", "All back at 11 a.m.")
    done = other.call(*update, *there)

    assert (done.code, done.json["changed"]) == (0, True), done.err
    again = bucket_team.call("pull", "--json", *there).json["incidents"][0]
    assert again == {"name": NAME, "outcome": "newer", "statements": 2}
