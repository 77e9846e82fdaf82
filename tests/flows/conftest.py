"""A team whose incident is live already."""

from pathlib import Path

import pytest

from tests.support.command import Team
from tests.support.launched import Launched, launched

__all__ = ["launched"]


@pytest.fixture
def live(tmp_path: Path, launched: Launched) -> Team:
    """Return a team that has an incident live."""
    return launched.copy(tmp_path / "live")
