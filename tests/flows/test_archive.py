"""What a launch costs beside an archive of releases: the same, however large that is."""

import sqlite3
from contextlib import closing
from pathlib import Path
from uuid import uuid4

import pytest

from tests.support.archive import publish_archive
from tests.support.command import Team, new_team
from tests.support.faults import faulty
from tests.support.opened import opened_below
from tests.support.samples import ALL
from tests.support.seaweed import Seaweed, seaweed_server

__all__ = ["seaweed_server"]

SIZES = [200, 1000] if ALL else [200]
MOST_RENDERED, MOST_OPENED, MOST_PUT = 20, 250, 15
MOST_PRIVATE = 7
"""The lock, four records of the commit, the pointer, and the incident for a colleague."""


def rendered(team: Team) -> int:
    """Return how many pages, and drawn pictures, were ever made in this workspace."""
    with closing(sqlite3.connect(team.folder / ".sparetire" / "rendered.db")) as index:
        (count,) = index.execute("SELECT count(*) FROM rendered").fetchone()
        return int(count)


@pytest.mark.parametrize("size", SIZES)
def test_a_launch_and_an_update_cost_the_change_and_not_the_archive(
    tmp_path: Path, seaweed_server: Seaweed, size: int
) -> None:
    team = new_team(tmp_path / f"team-{uuid4().hex[:8]}")
    team.use_bucket(seaweed_server)
    team.set("crisis", "page_urls", value='"file"')
    team.set("crisis", "targets", value='["production"]')
    team.set("newsroom", "targets", value='["production"]')
    publish_archive(team.folder, size, "production")
    state = f"/{seaweed_server.state_bucket}/"
    with faulty(seaweed_server.endpoint_url) as proxy:
        team.set("targets", "production", "endpoint_url", value=f'"{proxy.endpoint_url}"')
        prepared = team.call("prepare", "--yes")
        assert prepared.code == 0, prepared.out + prepared.err
        update = ("update", "panne-electricite", "--content", f"fr={team.words('fr')}")
        for words in (
            team.launch("--yes", "--json"),
            [*update, "--content", f"en={team.words('en')}", "--yes", "--json"],
        ):
            proxy.seen.clear()
            before = rendered(team)
            with opened_below(team.folder) as opened:
                outcome = team.call(*words)
            assert outcome.code == 0, outcome.out + outcome.err
            put = [path for method, path, _ in proxy.seen if method == "PUT"]
            private = [path for path in put if path.startswith(state)]
            assert len(put) - len(private) <= MOST_PUT, put
            assert len(private) <= MOST_PRIVATE, private
            assert rendered(team) - before <= MOST_RENDERED
            assert 0 < len(opened) <= MOST_OPENED
            asked = [row for row in proxy.seen if "authorization" in map(str.lower, row[2])]
            assert asked
            assert [path for _, path, _ in asked if "list-type" in path] == []
