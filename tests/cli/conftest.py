"""A team with a workspace, the same team with a bucket, and one that is live already."""

from pathlib import Path
from uuid import uuid4

import pytest

from tests.support.command import Team, new_team
from tests.support.launched import Launched, launched
from tests.support.seaweed import Seaweed, seaweed_server

__all__ = ["launched", "seaweed_server"]


@pytest.fixture
def team(tmp_path: Path) -> Team:
    """Return a team with a fresh workspace, whose target is on this machine."""
    return new_team(tmp_path / f"team-{uuid4().hex[:8]}")


@pytest.fixture
def bucket_team(team: Team, seaweed_server: Seaweed) -> Team:
    """Return a team that has a production target in a bucket too, reached by file names."""
    team.use_bucket(seaweed_server)
    team.set("crisis", "page_urls", value='"file"')
    return team


@pytest.fixture
def live(tmp_path: Path, launched: Launched) -> Team:
    """Return a team that has an incident live."""
    return launched.copy(tmp_path / "live")
