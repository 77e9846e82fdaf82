"""Two workspaces publish to one place: neither is stopped by the newsroom of the other."""

import json
import shutil
import time
from pathlib import Path

import pytest

from tests.support.command import Team, new_team, refused
from tests.support.newsroom import LONG, TITLES, write_ready

PUBLISH = ("newsroom", "publish", "--yes", "--json")
TRAIN = {
    "title_fr": "Un train de plus vers Fermont",
    "title_en": "One more train to Fermont",
    "slug_fr": "train-de-plus",
    "slug_en": "one-more-train",
}
WITHDRAW = ("withdraw", "--reason", "error", "--yes", "--json")


class Pair:
    """Two copies of one workspace that publish to one folder."""

    def __init__(self, folder: Path) -> None:
        self.site = folder / "site"
        self.first = new_team(folder / "first")
        self.first.set("targets", "local", "path", value=json.dumps(str(self.site)))
        write_ready(
            self.first.folder / "releases",
            summary_fr="Le quai de Sept-Îles doublera de longueur d’ici à la fin de 2027, "
            "après deux ans de travaux.",
            summary_en="The Sept-Îles quay will double in length by the end of 2027, after two "
            "years of work.",
        )
        self.second = Team(folder / "second")
        self.copy()

    def copy(self) -> None:
        """Make the second workspace an exact copy of the first one."""
        shutil.rmtree(self.second.folder, ignore_errors=True)
        shutil.copytree(self.first.folder, self.second.folder, symlinks=True)
        for code in ("fr", "en"):
            shutil.copy(self.first.words(code), self.second.words(code))

    def read(self, path: str) -> str:
        """Return the text of a public file."""
        return (self.site / "current" / path).read_text(encoding="utf-8")

    def texts(self) -> str:
        """Return the text of every public file, one after the other."""
        root = self.site / "current"
        files = sorted(path for path in root.rglob("*") if path.is_file())
        return "\n".join(path.read_text("utf-8", errors="replace") for path in files)


@pytest.fixture
def pair(tmp_path: Path) -> Pair:
    return Pair(tmp_path)


def test_a_release_that_the_other_machine_published_stops_no_crisis_command(pair: Pair) -> None:
    assert pair.first.call(*PUBLISH).code == 0

    launched = pair.second.call(*pair.second.launch("--yes", "--json"))
    updated = pair.second.call(
        "update", "--content", f"fr={pair.second.words('fr')}",
        *("--content", f"en={pair.second.words('en')}", "--yes", "--json"),
    )  # fmt: skip
    withdrawn = pair.second.call(*WITHDRAW)

    codes = [one.code for one in (launched, updated, withdrawn)]
    assert codes == [0, 0, 0], launched.out + updated.out + withdrawn.out
    assert TITLES["en"] in pair.read("en/index.html")
    assert "140 personnes de la région" in pair.texts()
    assert "Personne n’est blessé" not in pair.texts()


def test_a_statement_may_quote_what_the_other_machine_published(pair: Pair) -> None:
    assert pair.first.call(*PUBLISH).code == 0
    for code in ("fr", "en"):
        words = pair.second.words(code)
        said = f"{words.read_text('utf-8')}\n{LONG[code].splitlines()[2]}\n"
        words.write_text(said, encoding="utf-8")

    launched = pair.second.call(*pair.second.launch("--yes", "--json"))

    assert launched.code == 0, launched.out


def test_what_is_due_and_not_yet_live_is_in_no_statement(pair: Pair) -> None:
    """Due on both machines, public on none: it may not go out with a launch."""
    for code in ("fr", "en"):
        words = pair.second.words(code)
        said = f"{words.read_text('utf-8')}\n{LONG[code]}\n"
        words.write_text(said, encoding="utf-8")

    launched = pair.second.call(*pair.second.launch("--yes", "--json"))

    refused(launched, 3)
    assert "leak-text" in {one["rule"] for one in launched.json["findings"]}
    assert not (pair.site / "current").exists()


def test_what_the_other_machine_withdrew_is_no_longer_public(pair: Pair) -> None:
    assert pair.first.call(*PUBLISH).code == 0
    time.sleep(1)  # the records of the newsroom know whole seconds
    assert pair.first.call("newsroom", "withdraw", "port-agrandi", "--yes").code == 0
    for code in ("fr", "en"):
        words = pair.second.words(code)
        said = f"{words.read_text('utf-8')}\n{LONG[code]}\n"
        words.write_text(said, encoding="utf-8")

    refused(pair.second.call(*pair.second.launch("--yes", "--json")), 3)

    assert "140 personnes de la région" not in pair.texts()


@pytest.mark.parametrize("note", ["", "{}", '{"shown": "[]"}', '{"shown": "{\\"odd\\": 1}"}'])
def test_a_note_on_the_newsroom_that_is_missing_or_odd_stops_no_launch(
    pair: Pair, note: str
) -> None:
    """A run that died before it left the note, or an older program's note."""
    assert pair.first.call(*PUBLISH).code == 0
    [kept] = pair.site.rglob("newsroom.json")
    kept.write_text(note, encoding="utf-8") if note else kept.unlink()

    launched = pair.second.call(*pair.second.launch("--yes", "--json"))

    assert launched.code == 0, launched.out
    assert "140 personnes de la région" in pair.texts()


def test_a_note_that_names_what_is_no_longer_live_leads_nowhere(pair: Pair) -> None:
    later = {"publish_at": "2999-12-01 09:00", **TRAIN}
    write_ready(pair.first.folder / "releases", "train", 2, **later)
    assert pair.first.call(*PUBLISH).code == 0
    for code in ("fr", "en"):
        file = pair.first.folder / "releases" / f"train.{code}.md"
        file.write_text(file.read_text("utf-8").replace("2999", "2020"), encoding="utf-8")
    assert pair.first.call(*PUBLISH, "train").code == 0
    assert pair.first.call("rollback", "--yes").code == 0

    launched = pair.second.call(*pair.second.launch("--yes", "--json"))

    assert launched.code == 0, launched.out
    assert "One more train" not in pair.read("en/index.html")


def _damage_the_record(releases: Path) -> None:
    with (releases / "ledger.jsonl").open("a", encoding="utf-8") as file:
        file.write("<<<<<<< HEAD\n")


def _lose_a_copy(releases: Path) -> None:
    for copy in (releases / "published").glob("*.md"):
        copy.unlink()


@pytest.mark.parametrize("spoil", [_damage_the_record, _lose_a_copy])
@pytest.mark.parametrize("fresh", [False, True])
def test_a_damaged_newsroom_stops_no_crisis_command(
    pair: Pair, spoil: object, *, fresh: bool
) -> None:
    assert callable(spoil)
    assert pair.first.call(*PUBLISH).code == 0
    pair.copy()
    spoil(pair.second.folder / "releases")
    if fresh:
        for cache in (pair.second.folder / ".sparetire").glob("rendered*"):
            cache.unlink()

    launched = pair.second.call(*pair.second.launch("--yes", "--json"))
    withdrawn = pair.second.call(*WITHDRAW)

    assert (launched.code, withdrawn.code) == (0, 0), launched.out + withdrawn.out
    assert "140 personnes de la région" in pair.texts()
    assert TITLES["en"] in pair.read("en/index.html")


def test_a_damaged_newsroom_stops_no_first_launch(pair: Pair) -> None:
    _damage_the_record(pair.second.folder / "releases")

    launched = pair.second.call(*pair.second.launch("--yes", "--json"))

    assert launched.code == 0, launched.out
    assert "140 personnes de la région" not in pair.texts()
