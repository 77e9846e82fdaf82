"""A build that was killed at any moment leaves nothing that the next one would believe."""

import hashlib
import shutil
import signal
from pathlib import Path

import pytest

from sparetire.model.edition import Edition
from sparetire.workspace.layout import Workspace
from tests.support.command import Outcome
from tests.support.editions import body_of
from tests.support.errands import restore
from tests.support.newsroom import public_site, publish_some
from tests.support.samples import SHARES, draw
from tests.support.warm import Warm, warm
from tests.support.workspaces import build, settings_with, workspace_in

__all__ = ["warm"]

RELEASES = 12
FEW = 3
OTHER_COLOURS: dict[tuple[str, ...], str] = {("brand", "colours"): '{ brand = "#5a1a66" }'}


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Return a workspace that was built once, and whose pages all look different since."""
    made = workspace_in(tmp_path_factory.mktemp("template") / "boreal")
    publish_some(made, range(RELEASES))
    build(made, public_site(made))
    settings_with(made, OTHER_COLOURS)
    return made.root


@pytest.mark.parametrize("share", SHARES)
def test_after_a_death_in_mid_build_the_next_build_is_right(
    share: int, template: Path, warm: Warm, tmp_path: Path
) -> None:
    workspace = Workspace(tmp_path / "boreal")
    shutil.copytree(template, workspace.root, symlinks=True)
    lived = die_at(0, workspace, warm)
    assert lived.code == 0, lived.err
    whole = built(workspace, warm)
    steps = range(1, int(lived.err.rpartition("steps: ")[2]) + 1)
    for step in draw(steps, FEW, "builds", share):
        restore(workspace.root, template)
        died = die_at(step, workspace, warm)
        assert died.code == -signal.SIGKILL, f"step {step} of {len(steps)}: {died.err}"
        edition = built(workspace, warm)
        assert edition.manifest == whole.manifest, step
        assert content_of(edition) == {
            path: entry.sha256 for path, entry in edition.manifest.entries.items()
        }, step


def built(workspace: Workspace, warm: Warm) -> Edition:
    """Build what is public, without the time that Pelican's process takes to load."""
    with warm.pelican():
        return build(workspace, public_site(workspace))


def content_of(edition: Edition) -> dict[str, str]:
    """Return the hash of the bytes of every file, as they are on the disk."""
    return {
        path: hashlib.sha256(body_of(edition, path).read_bytes()).hexdigest()
        for path in edition.manifest.entries
    }


def die_at(step: int, workspace: Workspace, warm: Warm) -> Outcome:
    words, main = (f"{step}", f"{workspace.root}"), "tests.support.dying_build"
    with warm.started(*words, env={}, main=main) as program:
        return program.said()
