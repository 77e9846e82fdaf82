"""Workspaces with a live incident, for tests that begin after the launch."""

import shutil
from pathlib import Path

import pytest

from tests.support.command import Team, new_team

__all__ = ["Launched", "launched"]


class Launched:
    """Copies one workspace, in which the real command launched an incident.

    The copies share its address: of two that a test needs at once, one is to be launched anew.

    Args:
        folder: Where that workspace is made.
    """

    def __init__(self, folder: Path) -> None:
        self._made = new_team(folder)
        outcome = self._made.call(*self._made.launch("--yes"))
        assert outcome.code == 0, outcome.err

    def copy(self, folder: Path) -> Team:
        """Return a team in a folder that does not exist, with its statements beside it."""
        team = Team(folder)
        shutil.copytree(self._made.folder, folder, symlinks=True)
        for code in ("fr", "en"):
            shutil.copy2(self._made.words(code), team.words(code))
        return team


@pytest.fixture(scope="session")
def launched(tmp_path_factory: pytest.TempPathFactory) -> Launched:
    """Launch once for all tests of a process that only need something live."""
    return Launched(tmp_path_factory.mktemp("launched") / "team")
