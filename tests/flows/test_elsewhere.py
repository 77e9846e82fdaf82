"""What another workspace has published stays as it is, whatever this one launches."""

import hashlib
import re
import shutil
import time
from pathlib import Path

import pytest

from tests.support.command import Team, new_team, refused
from tests.support.newsroom import write_ready
from tests.support.places import free_port

PUBLISH = ("newsroom", "publish", "--yes", "--json")
TRAIN = {
    "title_fr": "Un train de plus vers Fermont",
    "title_en": "One more train to Fermont",
    "slug_fr": "train-de-plus",
    "slug_en": "one-more-train",
}
NEWSROOM = re.compile(
    r"(fr/communiques|en/news)/|sitemap-(newsroom|\d{4})\.xml|assets/releases/"
)


@pytest.fixture
def team(tmp_path: Path) -> Team:
    """Return a team whose newsroom is public."""
    made = new_team(tmp_path / "team")
    write_ready(made.folder / "releases")
    assert made.call(*PUBLISH).code == 0
    return made


def newsroom(team: Team) -> dict[str, str]:
    """Return the hash of every public file of the newsroom."""
    return {path: sha for path, sha in team.public().items() if NEWSROOM.match(path)}


def another_laptop(team: Team, *parts: str) -> None:
    """Take away what this laptop has and another one would not."""
    for part in parts:
        shutil.rmtree(team.folder / part)


@pytest.mark.parametrize("lost", [("releases",), ("releases", ".sparetire/bodies")])
def test_a_launch_without_the_releases_leaves_them_and_goes_on_to_show_them(
    team: Team, lost: tuple[str, ...]
) -> None:
    before = newsroom(team)
    another_laptop(team, *lost)

    launched = team.call(*team.launch("--yes", "--json"))

    assert launched.code == 0, launched.out + launched.err
    assert newsroom(team) == before
    assert "releases-elsewhere" in {one["rule"] for one in launched.json["findings"]}
    root = team.folder / ".sparetire" / "site" / "current"
    home = (root / "en/index.html").read_text(encoding="utf-8")
    assert "The port of Sept-Îles is growing" in home
    assert "sitemap-newsroom.xml" in (root / "sitemap.xml").read_text(encoding="utf-8")
    follow = (root / "fr/suivre/index.html").read_text(encoding="utf-8")
    assert "communiques/feed.xml" in follow
    again = team.call(*team.launch("--yes", "--json"))
    assert (again.code, again.json["changed"]) == (0, False)


def test_a_backup_that_lacks_them_gets_them_from_the_first_target(team: Team) -> None:
    backup = team.folder / ".sparetire" / "backup"
    table = '\n[targets.backup]\nhost = "directory"\npath = ".sparetire/backup"\nurl = "{}"\n'
    text = team.settings + table.format(f"http://127.0.0.1:{free_port()}")
    (team.folder / "sparetire.toml").write_text(text, encoding="utf-8")
    team.set("crisis", "targets", value='["local", "backup"]')
    before = newsroom(team)
    another_laptop(team, "releases", ".sparetire/bodies")

    launched = team.call(*team.launch("--yes", "--json"))

    assert launched.code == 0, launched.out + launched.err
    there = {path: backup / "current" / path for path in before}
    held = {path: hashlib.sha256(file.read_bytes()).hexdigest() for path, file in there.items()}
    assert held == before


def test_old_copies_bring_back_nothing_that_was_withdrawn(team: Team, tmp_path: Path) -> None:
    old = tmp_path / "old"
    shutil.copytree(team.folder / "releases", old)
    bodies = team.folder / ".sparetire" / "bodies"
    shutil.copytree(bodies, tmp_path / "bodies")
    time.sleep(1)  # the records of the newsroom know whole seconds
    gone = team.call("newsroom", "withdraw", "port-agrandi", "--yes", "--json")
    assert gone.code == 0, gone.out
    before = newsroom(team)
    another_laptop(team, "releases", ".sparetire/bodies")
    shutil.copytree(old, team.folder / "releases")
    shutil.copytree(tmp_path / "bodies", bodies)

    launched = team.call(*team.launch("--yes", "--json"))

    assert launched.code == 0, launched.out + launched.err
    assert newsroom(team) == before
    write_ready(team.folder / "releases", "train", 2, **TRAIN)
    error = refused(team.call(*PUBLISH), 4)
    assert "from another workspace" in error["why"][0]
    assert newsroom(team) == before
