"""Reads the scenarios of a workspace: one folder each, its texts one folder a language."""

import difflib
import tomllib
from dataclasses import dataclass
from pathlib import Path

from pydantic import ValidationError

from sparetire.config.scenario import Outline
from sparetire.errors import ConfigurationFault, UsageFault

__all__ = [
    "BESIDE",
    "PARTS",
    "STATEMENT",
    "Scenario",
    "find_scenario",
    "read_scenario",
    "scenario_folders",
]

STATEMENT = "statement"
BESIDE = ("advice", "facts", "questions")  # a scenario has no files to offer
PARTS = (STATEMENT, *BESIDE)
OUTLINE = "scenario.toml"
LARGEST = 200_000  # bytes; texts of a scenario are a page or two


@dataclass(frozen=True, slots=True)
class Scenario:
    """A rehearsed kind of crisis.

    Attributes:
        name: The folder's name, which people type.
        outline: Its blanks, clocks and limits.
        texts: Markdown with its blanks, by part and language code. The parts are the holding
            statement and the sheets beside it, of which a scenario may leave out any.
    """

    name: str
    outline: Outline
    texts: dict[str, dict[str, str]]

    def text(self, part: str, code: str) -> str:
        """Return one part in one language, or nothing."""
        return self.texts[part].get(code, "")


def scenario_folders(*roots: Path) -> dict[str, Path]:
    """Return the folders that hold a scenario, by name; those of the first root win."""
    found = {
        path.parent.name: path.parent
        for root in reversed(roots)
        for path in root.glob(f"*/{OUTLINE}")
    }
    return dict(sorted(found.items()))


def find_scenario(name: str, *roots: Path) -> Scenario:
    """Return the scenario of that name; the first root that has it wins.

    Raises:
        UsageFault: There is none.
        ConfigurationFault: It is damaged.
    """
    known = scenario_folders(*roots)
    if name not in known:
        nearest = difflib.get_close_matches(name, known, n=1)
        raise UsageFault(
            f"No scenario is called {name!r}.",
            why=f"There are: {', '.join(known)}.",
            then=f"Did you mean {nearest[0]}?"
            if nearest
            else "sparetire scenario list tells what each is for.",
        )
    return read_scenario(known[name])


def read_scenario(folder: Path) -> Scenario:
    """Return the scenario in a folder.

    Raises:
        ConfigurationFault: A file is missing, or cannot be understood.
    """
    path = folder / OUTLINE
    try:
        outline = Outline.model_validate(tomllib.loads(_read(path)))
        texts = {
            part: {
                each.parent.name: _read(each) for each in sorted(folder.glob(f"*/{part}.md"))
            }
            for part in PARTS
        }
    except ValidationError as error:
        raise _damaged(folder, [_told(path, dict(each)) for each in error.errors()]) from error
    except (OSError, ValueError, RecursionError) as error:
        raise _damaged(folder, [f"{path.name}: {error}"]) from error
    return Scenario(folder.name, outline, texts)


def _read(path: Path) -> str:
    with path.open("rb") as file:
        content = file.read(LARGEST + 1)
    if len(content) > LARGEST:
        message = f"{path.name} holds more than {LARGEST // 1000} kB"
        raise ValueError(message)
    return content.decode("utf-8-sig").replace("\r\n", "\n")


def _told(path: Path, detail: dict[str, object]) -> str:
    place = detail["loc"]
    assert isinstance(place, tuple)  # noqa: S101  so Pydantic promises
    return f"{path.name}, {'.'.join(map(str, place)) or 'as a whole'}: {detail['msg']}"


def _damaged(folder: Path, why: list[str]) -> ConfigurationFault:
    return ConfigurationFault(
        f"The scenario {folder.name!r} cannot be used.",
        why=why,
        then=f"Correct the files in {folder}; sparetire scenario show shows a sound one.",
    )
