"""A release is known by its id and its bytes, whatever its files are called."""

import shutil
from pathlib import Path

import pytest

from sparetire.workspace.releases_ledger import ReleasesLedger
from tests.support.command import Team, new_team, refused
from tests.support.newsroom import AT, LONG, write_ready

PUBLISH = ("newsroom", "publish", "--yes", "--json")
TRAIN = {
    "title_fr": "Un train de plus vers Fermont",
    "title_en": "One more train to Fermont",
    "slug_fr": "train-de-plus",
    "slug_en": "one-more-train",
}


@pytest.fixture
def team(tmp_path: Path) -> Team:
    """Return a team whose newsroom is public."""
    made = new_team(tmp_path / "team")
    write_ready(made.folder / "releases", "base")
    assert made.call(*PUBLISH).code == 0
    return made


def _rename(releases: Path, name: str = "renamed") -> None:
    for code in ("fr", "en"):
        (releases / f"base.{code}.md").rename(releases / f"{name}.{code}.md")


def _copy(releases: Path) -> None:
    """Make a draft of a public release, as one that begins from last year's."""
    identity = ReleasesLedger(releases).mint(9 << 64, "copie", AT)
    for code in ("fr", "en"):
        text = (releases / f"base.{code}.md").read_text("utf-8").replace("ready", "draft")
        head, line, rest = text.partition("id = ")
        text = head + line + f'"{identity}"' + rest[rest.index("\n") :]
        (releases / f"copie.{code}.md").write_text(text, encoding="utf-8")


def _copy_as_it_is(releases: Path) -> None:
    for code in ("fr", "en"):
        shutil.copy(releases / f"base.{code}.md", releases / f"copie.{code}.md")


def _copy_with_a_broken_head(releases: Path) -> None:
    _copy(releases)
    for code in ("fr", "en"):
        file = releases / f"copie.{code}.md"
        file.write_text(file.read_text("utf-8").replace("title =", "title ="), encoding="utf-8")
        file.write_text(file.read_text("utf-8").replace("tags = [", "tags = [["), "utf-8")


@pytest.mark.parametrize("change", [_rename, _copy, _copy_as_it_is, _copy_with_a_broken_head])
def test_what_is_public_stays_so_under_any_name(team: Team, change: object) -> None:
    """Each later run ended with 3: keys of the head were matched against keys of JSON."""
    assert callable(change)
    releases = team.folder / "releases"
    change(releases)
    write_ready(releases, "train", 2, **TRAIN)

    published = team.call(*PUBLISH)
    launched = team.call(*team.launch("--yes", "--json"))

    assert published.code == 0, published.out
    assert launched.code == 0, launched.out
    root = team.folder / ".sparetire/site/current/en/news/2026"
    assert (root / "one-more-train/index.html").exists()


@pytest.mark.parametrize("copied", [_rename, _copy])
@pytest.mark.parametrize("code", ["fr", "en"])
def test_a_draft_s_own_new_text_stays_guarded(team: Team, copied: object, code: str) -> None:
    assert callable(copied)
    copied(team.folder / "releases")
    own = {
        "fr": "La raffinerie de Matane fermera ses portes pour de bon au printemps prochain.",
        "en": "The refinery in Baie-Comeau will close its doors for good in the coming spring.",
    }[code]
    [file] = [*team.folder.glob(f"releases/renamed.{code}.md"),
              *team.folder.glob(f"releases/copie.{code}.md")]  # fmt: skip
    file.write_text(f"{file.read_text('utf-8')}\n{own}\n", encoding="utf-8")
    assert team.call(*team.launch("--dry-run")).code == 0
    words = team.words(code)
    words.write_text(f"{words.read_text('utf-8')}\n{own}\n", encoding="utf-8")

    refused(team.call(*team.launch("--yes", "--json")), 3)


def test_a_new_draft_under_the_name_of_a_renamed_release_is_guarded(team: Team) -> None:
    releases = team.folder / "releases"
    _rename(releases)
    own = " ".join(reversed(LONG["en"].split()[:40]))
    write_ready(releases, "base", 7, status="draft", body_en=own, **TRAIN)
    words = team.words("en")
    words.write_text(f"{words.read_text('utf-8')}\n{own}\n", encoding="utf-8")

    error = refused(team.call(*team.launch("--yes", "--json")), 3)

    assert "releases/base.en.md" in " ".join(error["why"])


def test_a_renamed_release_can_be_corrected_and_withdrawn(team: Team) -> None:
    releases = team.folder / "releases"
    _rename(releases)
    note = '\n[[corrections]]\nat = 2999-12-01T09:00:00-05:00\nnote = "140, et non 104."\n+++'
    for code in ("fr", "en"):
        file = releases / f"renamed.{code}.md"
        head, body = file.read_text("utf-8").removeprefix("+++").split("+++", 1)
        text = f"+++{head}{note}{body}".replace("140 ", "141 ")
        file.write_text(text, encoding="utf-8")

    corrected = team.call(*PUBLISH, "renamed")
    assert corrected.code == 0, corrected.out
    withdrawn = team.call("newsroom", "withdraw", "base", "--yes", "--json")

    assert withdrawn.code == 0, withdrawn.out
    page = (
        team.folder / ".sparetire/site/current/en/news/2026/port-sept-iles-growing/index.html"
    )
    assert "140" not in page.read_text("utf-8")


def test_a_file_that_cannot_be_read_stops_no_launch(team: Team) -> None:
    releases = team.folder / "releases"
    (releases / "perdu.fr.md").symlink_to(releases / "nulle-part.md")
    (releases / "dossier.en.md").mkdir()

    launched = team.call(*team.launch("--yes", "--json"))

    assert launched.code == 0, launched.out
