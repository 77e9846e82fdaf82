"""The crisis page can be looked at in the organisation's own dress before there is a crisis."""

import re
import tomllib
from pathlib import Path
from urllib.request import urlopen

import pytest

from sparetire.model.incident import SHEETS
from sparetire.resources import theme_folder
from tests.support.command import Team, new_team, started

SAMPLE = tomllib.loads((theme_folder("sparetire") / "sample.toml").read_text("utf-8"))


@pytest.fixture
def team(tmp_path: Path) -> Team:
    return new_team(tmp_path / "boreal")


def files(team: Team) -> set[Path]:
    return {path for path in team.folder.rglob("*") if path.is_file()}


def test_the_sample_is_shown_and_nothing_of_it_stays(team: Team) -> None:
    before = files(team)
    with started("-w", str(team.folder), "brand", "preview") as program:
        assert program.stderr is not None
        line = next(line for line in program.stderr if "http://" in line)
        url = re.search(r"http://\S+", line)
        assert url is not None
        with urlopen(url[0], timeout=10) as answer:
            page = answer.read().decode()
    assert "Fuite d’eau dans l’usine de Baie-Claire" in page
    assert page.count("<article") == 3
    assert (
        page.count('class="sheet') == len(set(SHEETS) & SAMPLE["fr"].keys()) == len(SHEETS) - 1
    )
    assert {path for path in files(team) - before if path.parent.name != ".sparetire"} == set()
    assert not [path for path in files(team) if b"Baie-Claire" in path.read_bytes()]


def test_both_languages_of_the_sample_say_the_same_parts() -> None:
    assert list(SAMPLE["fr"]) == list(SAMPLE["en"])
    for name in SAMPLE["fr"]:
        french, english = SAMPLE["fr"][name], SAMPLE["en"][name]
        assert french.count("\n") == english.count("\n"), name
        assert re.findall(r"^(?:#+|-|\|)", french, re.MULTILINE) == re.findall(
            r"^(?:#+|-|\|)", english, re.MULTILINE
        )
