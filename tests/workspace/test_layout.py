from pathlib import Path

import pytest

from sparetire.workspace.layout import Workspace, find_workspace


@pytest.mark.parametrize("inside", [".", "releases", "incidents/spill"])
def test_a_workspace_is_found_from_any_folder_in_it(tmp_path: Path, inside: str) -> None:
    (tmp_path / "sparetire.toml").touch()
    start = tmp_path / inside
    start.mkdir(parents=True, exist_ok=True)
    assert find_workspace(start) == Workspace(tmp_path.resolve())


def test_the_nearest_workspace_counts(tmp_path: Path) -> None:
    inner = tmp_path / "subsidiary"
    inner.mkdir()
    for folder in (tmp_path, inner):
        (folder / "sparetire.toml").touch()
    assert find_workspace(inner).root == inner.resolve()


def test_a_folder_outside_any_workspace_is_taken_as_it_is(tmp_path: Path) -> None:
    (tmp_path / "sparetire.toml").mkdir()
    assert find_workspace(tmp_path).root == tmp_path.resolve()


def test_what_can_be_lost_lies_apart_from_what_a_person_wrote(tmp_path: Path) -> None:
    workspace = Workspace(tmp_path)
    kept = {workspace.builds, workspace.bodies, workspace.ledger, workspace.lock}
    written = {workspace.settings, workspace.brand, workspace.scenarios, workspace.releases}
    assert all(path.is_relative_to(workspace.state) for path in kept)
    assert not any(path.is_relative_to(workspace.state) for path in written)
    assert len(kept | written) == 8
