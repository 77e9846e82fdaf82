"""Scenarios are read from the workspace first, and a damaged one says where."""

import shutil
from pathlib import Path

import pytest

from sparetire.errors import ConfigurationFault, UsageFault
from sparetire.resources import skeletons_folder
from sparetire.workspace.scenarios import find_scenario, read_scenario, scenario_folders

SHIPPED = skeletons_folder()


def spill(folder: Path) -> Path:
    return Path(shutil.copytree(SHIPPED / "spill", folder / "spill"))


def test_the_workspace_comes_first(tmp_path: Path) -> None:
    ours = spill(tmp_path)
    (ours / "en" / "statement.md").write_text("Ours.\r\n", encoding="utf-8")
    assert find_scenario("spill", tmp_path, SHIPPED).text("statement", "en") == "Ours.\n"
    assert find_scenario("general", tmp_path, SHIPPED).name == "general"
    assert scenario_folders(tmp_path, SHIPPED)["spill"] == ours


def test_the_standing_pages_are_no_scenario() -> None:
    assert "statement" not in scenario_folders(SHIPPED)


@pytest.mark.parametrize(
    ("name", "then"), [("spil", "Did you mean spill?"), ("qqqq", "sparetire scenario list")]
)
def test_another_name_is_refused(name: str, then: str) -> None:
    with pytest.raises(UsageFault, match="No scenario is called") as refused:
        find_scenario(name, SHIPPED)
    assert then in refused.value.then
    assert "spill" in refused.value.why[0]


@pytest.mark.parametrize(
    ("old", "new", "why"),
    [
        ("review_by", "reviewed_by", "reviewed_by: Extra inputs"),
        ('type = "moment"', 'type = "date"', "blanks.start.type"),
        ('when = "past"', "", ""),
        ("[blanks.town]", "[blanks.Town]", "blanks.Town"),
        ("options.water = ", "options.water.x = ", "scenario.toml"),
        ('type = "choice"', 'type = "text"', "options belong to a choice"),
        ("[blanks.product]", "[blanks.product", "scenario.toml"),
    ],
)
def test_a_damaged_outline_says_where(tmp_path: Path, old: str, new: str, why: str) -> None:
    path = spill(tmp_path) / "scenario.toml"
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    if not why:
        assert read_scenario(path.parent).outline.blanks["start"].when is None
        return
    with pytest.raises(ConfigurationFault, match="'spill' cannot be used") as refused:
        read_scenario(path.parent)
    assert any(why in line for line in refused.value.why)


def test_a_clock_counts_since_a_moment(tmp_path: Path) -> None:
    path = spill(tmp_path) / "scenario.toml"
    clock = '\n[[clocks]]\nduty = { fr = "a", en = "b" }\nwithin = { fr = "a", en = "b" }\n'
    clock += 'source = "x"\nhours = 72\nsince = "town"\n'
    path.write_text(path.read_text(encoding="utf-8") + clock, encoding="utf-8")
    with pytest.raises(ConfigurationFault) as refused:
        read_scenario(path.parent)
    assert any("since a blank that is a moment" in line for line in refused.value.why)


@pytest.mark.parametrize("content", [b"\xff", b"#" * 200_001])
def test_a_text_that_cannot_be_read_is_damage(tmp_path: Path, content: bytes) -> None:
    path = spill(tmp_path)
    (path / "fr" / "questions.md").write_bytes(content)
    with pytest.raises(ConfigurationFault, match="'spill' cannot be used"):
        read_scenario(path)
