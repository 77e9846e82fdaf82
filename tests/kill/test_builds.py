"""A build that was killed at any moment leaves nothing that the next one would believe."""

import hashlib
import os
import signal
import time
from dataclasses import replace
from pathlib import Path

import pytest

from sparetire.flows.site import standing_site
from sparetire.model.edition import Edition
from sparetire.stages.build.source import Source
from sparetire.workspace.layout import Workspace
from tests.support.editions import body_of
from tests.support.newsroom import AT, publish_some
from tests.support.warm import Warm, warm
from tests.support.workspaces import build, session_in, settings_with, workspace_in

__all__ = ["warm"]

RELEASES = 12
DOCUMENTS, PAGES, BODIES = (
    "builds/*/content-*/documents",
    "builds/*/content-*/pages/*",
    "bodies/*/*",
)
MOMENTS = [(kind, count) for count in range(1, 34, 2) for kind in (DOCUMENTS, PAGES, BODIES)]
SAMPLE = [(DOCUMENTS, 1), (PAGES, 1), (BODIES, 5)]
WHEN = MOMENTS if os.environ.get("KILL") == "all" else SAMPLE
COLOURS = ("brand", "colours")


def site_of(workspace: Workspace) -> Source:
    return replace(standing_site(session_in(workspace), "local"), news_until=AT)


def content_of(edition: Edition) -> dict[str, str]:
    """Return the hash of the bytes of every file, as they are on the disk."""
    return {
        path: hashlib.sha256(body_of(edition, path).read_bytes()).hexdigest()
        for path in edition.manifest.entries
    }


@pytest.fixture(scope="module")
def workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Return a workspace whose site was built whole, once; every test builds it again."""
    made = workspace_in(tmp_path_factory.mktemp("killed") / "boreal")
    publish_some(made, range(RELEASES))
    build(made, site_of(made))
    return made


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Return the same workspace, in which no build is ever killed."""
    made = workspace_in(tmp_path_factory.mktemp("whole") / "boreal")
    publish_some(made, range(RELEASES))
    return made


@pytest.mark.parametrize(("kind", "count"), WHEN)
def test_after_a_death_in_mid_build_the_next_build_is_right(
    workspace: Workspace, other: Workspace, warm: Warm, kind: str, count: int
) -> None:
    colour = f"#{hashlib.sha256(f'{kind}{count}'.encode()).hexdigest()[:6]}"
    for each in (workspace, other):  # every page looks different now
        settings_with(each, {COLOURS: f'{{ brand = "{colour}" }}'})
    there = seen(workspace.state, kind)
    out = workspace.root / "paths"
    with warm.started(str(workspace.root), str(out), env={}, main="benchmarks.build") as run:
        end = time.monotonic() + 60
        while seen(workspace.state, kind) < there + count and not ended(run.pid):
            assert time.monotonic() < end
            time.sleep(0.001)
        run.kill()  # it alone: what Pelican's process does then, it does unheard
        assert run.wait() in {-signal.SIGKILL, 0}
    edition = build(workspace, site_of(workspace))
    assert content_of(edition) == {
        path: entry.sha256 for path, entry in edition.manifest.entries.items()
    }
    assert edition.manifest == build(other, site_of(other)).manifest


def seen(state: Path, kind: str) -> int:
    try:
        return sum(1 for _ in state.glob(kind))
    except FileNotFoundError:  # a folder went while it was looked at
        return 0


def ended(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return True
    return False
