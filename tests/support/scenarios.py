"""The shipped scenarios, and briefs that answer every blank of one."""

from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from sparetire.config.scenario import Blank
from sparetire.model.language import Language
from sparetire.resources import skeletons_folder
from sparetire.stages.fill.brief import Brief
from sparetire.stages.fill.typed import Asked
from sparetire.workspace.scenarios import Scenario, read_scenario, scenario_folders

__all__ = ["ASKED", "BOTH", "NOW", "SCENARIOS", "generated_brief", "write_scenario"]

BOTH = (Language("fr-CA"), Language("en-CA"))
NOW = datetime(2026, 11, 24, 19, 0, tzinfo=UTC)  # 14:00 in Montréal
ASKED = Asked(BOTH, ZoneInfo("America/Toronto"), NOW)
SCENARIOS = [read_scenario(path) for path in scenario_folders(skeletons_folder()).values()]


def generated_brief(scenario: Scenario, *, optional: bool = True, choice: int = 0) -> Brief:
    """Return an answer to every blank, the examples of the scenario themselves."""
    return {
        name: _answer(blank, choice)
        for name, blank in scenario.outline.blanks.items()
        if optional or blank.required
    }


def write_scenario(folder: Path, outline: str, **statements: str) -> Path:
    """Write a scenario as an organisation would, and return its folder."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "scenario.toml").write_text(outline, encoding="utf-8")
    for code, text in statements.items():
        (folder / code).mkdir(exist_ok=True)
        (folder / code / "statement.md").write_text(text, encoding="utf-8")
    return folder


def _answer(blank: Blank, choice: int) -> object:
    if blank.options:
        keys = list(blank.options)
        return keys[choice % len(keys)]
    return blank.example
