"""``sparetire scenario``: what there is, one in full, and what would stop a launch."""

import tomllib
from pathlib import Path

import pytest

from sparetire.stages.fill.brief import brief_text
from tests.support.command import Team, call, refused
from tests.support.scenarios import SCENARIOS, generated_brief

WIDEST = 80


def test_init_brings_every_scenario_to_adapt(team: Team) -> None:
    rows = team.call("scenario", "list", "--json").json["scenarios"]
    assert [row["name"] for row in rows] == [one.name for one in SCENARIOS]
    assert all(row["adapted"] for row in rows)
    assert all(row["title"] and row["about"] and row["review_by"] for row in rows)


def test_the_list_tells_what_each_is_for_in_eighty_columns(team: Team) -> None:
    told = team.call("scenario", "list")
    assert "Un produit s’est échappé dans l’eau" in told.out
    assert max(map(len, told.out.splitlines())) <= WIDEST


def test_a_damaged_scenario_is_listed_with_its_damage(team: Team) -> None:
    (team.folder / "scenarios/spill/scenario.toml").write_text("x = 1\n", encoding="utf-8")
    rows = {
        row["name"]: row for row in team.call("scenario", "list", "--json").json["scenarios"]
    }
    assert "scenario.toml" in rows["spill"]["problem"]
    assert not rows["general"]["problem"]


@pytest.mark.parametrize(
    ("language", "words"),
    [
        ("", ["Rançongiciel", "72 heures", "À ne pas dire", "{{ systems }}"]),
        ("en-CA", ["72 hours"]),
    ],
)
def test_a_scenario_is_shown_whole(team: Team, language: str, words: list[str]) -> None:
    told = team.call("scenario", "show", "breach", "--lang", language)
    assert told.code == 0
    assert [word for word in words if word.lower() not in told.out.lower()] == []


def test_a_brief_to_fill_in_names_every_blank(team: Team) -> None:
    told = team.call("scenario", "show", "spill", "--brief").out
    blanks = next(one for one in SCENARIOS if one.name == "spill").outline.blanks
    assert set(tomllib.loads(told)) == {name for name, one in blanks.items() if one.required}
    opened = told.replace("\n# ", "\n#").replace("\n#", "\n")
    assert all(f"\n{name} = " in f"\n{opened}" for name in blanks)


def test_what_ships_has_nothing_wrong(team: Team) -> None:
    told = team.call("scenario", "lint", "--json")
    assert (told.code, told.json["findings"]) == (0, [])


def test_a_scenario_that_could_not_launch_is_refused(team: Team) -> None:
    path = team.folder / "scenarios/spill/en/statement.md"
    path.write_text("{{ prodcut }} leaked. No risk at all.\n", encoding="utf-8")
    told = team.call("scenario", "lint", "spill", "--json")
    assert told.code == 3
    assert {row["rule"] for row in told.json["findings"]} >= {
        "blank-unknown",
        "blank-unequal",
        "scenario-forbidden",
    }
    assert "A launch would be refused" in team.call("scenario", "lint", "spill").out


def test_another_name_is_refused(team: Team) -> None:
    assert (
        "Did you mean spill?"
        in refused(team.call("launch", "--scenario", "spil", "--yes", "--json"), 2)["next"]
    )


def test_every_scenario_goes_live_in_both_languages(team: Team, tmp_path: Path) -> None:
    live: set[str] = set()
    for scenario in SCENARIOS:
        path = tmp_path / f"{scenario.name}.toml"
        brief = generated_brief(scenario) | {"next_update": "45m"}
        if "restored_by" in brief:
            brief["restored_by"] = "90m"
        path.write_text(brief_text(brief), encoding="utf-8")
        told = team.call(
            *("launch", "--scenario", scenario.name, "--brief", str(path), "--yes", "--json")
        )
        assert told.code == 0, (scenario.name, told.json["error"])
        assert told.json["findings"] == [], scenario.name
        live |= set(told.json["urls"].values())
    assert len(live) == 2 * len(SCENARIOS)


def test_a_workspace_without_scenarios_has_those_that_ship(tmp_path: Path) -> None:
    folder = tmp_path / "alone"
    assert call("init", str(folder), "--yes", "--language", "fr-CA").code == 0
    for path in sorted((folder / "scenarios").rglob("*"), reverse=True):
        path.unlink() if path.is_file() else path.rmdir()
    rows = call("-w", str(folder), "scenario", "list", "--json").json["scenarios"]
    assert len(rows) == len(SCENARIOS)
    assert not any(row["adapted"] for row in rows)
    assert call("-w", str(folder), "scenario", "lint").code == 0


def test_check_tells_of_a_scenario_that_would_not_fill(team: Team) -> None:
    assert (
        "13 scenarios would fill in every language."
        in team.call("check", "--json").json["passed"]
    )
    path = team.folder / "scenarios/spill/en/statement.md"
    path.write_text("{{ prodcut }} leaked.\n", encoding="utf-8")
    told = team.call("check", "--json")
    (found,) = [row for row in told.json["findings"] if "scenarios/" in row["place"]]
    assert (told.code, found["severity"]) == (0, "warning")
    assert found["remedy"] == "sparetire scenario lint spill"
