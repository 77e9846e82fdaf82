"""What of a release's files is text that nobody outside has read."""

from pathlib import Path

import pytest

from sparetire.workspace.layout import Workspace
from sparetire.workspace.releases_index import read_index
from sparetire.workspace.releases_ledger import ReleasesLedger
from sparetire.workspace.releases_unpublished import PART, unpublished_texts
from tests.support.newsroom import AT, publish_some, write_ready
from tests.support.workspaces import workspace_in


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = workspace_in(tmp_path / "boreal")
    publish_some(made, range(1))
    return made


def texts(workspace: Workspace, *coming: str) -> dict[str, str]:
    index = read_index(workspace.releases, workspace.releases_index)
    found = unpublished_texts(workspace.releases, index, frozenset(coming))
    return {path.name: text for path, text in found}


def test_a_public_release_has_none_under_any_name(workspace: Workspace) -> None:
    assert texts(workspace) == {}
    for file in list(workspace.releases.glob("port-0.*.md")):
        file.rename(file.with_name(file.name.replace("port-0", "autre")))
    assert texts(workspace) == {}


def test_keys_and_what_is_no_text_are_left_out(workspace: Workspace) -> None:
    write_ready(workspace.releases, "train", 5, caption="x")
    found = texts(workspace)
    assert set(found) == {"train.fr.md", "train.en.md"}
    words = found["train.en.md"].split(PART)
    assert "The port of Sept-Îles is growing" in words
    assert "Ana Roy" in words
    told = found["train.en.md"]
    assert not [key for key in ("title", "summary =", "operations", "+1 418") if key in told]


def test_what_this_run_publishes_is_none(workspace: Workspace) -> None:
    write_ready(workspace.releases, "train", 5)
    assert texts(workspace, "train") == {}


@pytest.mark.parametrize("spoilt", ['tags = [["a"', "slug = ", "= 3"])
def test_a_head_that_cannot_be_read_loses_its_keys(workspace: Workspace, spoilt: str) -> None:
    text = f'+++\ntitle = "Un secret"\n{spoilt}\n+++\n\nLe corps.\n'
    (workspace.releases / "brouillon.fr.md").write_text(text, encoding="utf-8")
    found = texts(workspace)["brouillon.fr.md"]
    assert "title" not in found
    assert "Un secret" in found
    assert "Le corps." in found


def test_a_draft_takes_over_the_name_of_a_renamed_release(workspace: Workspace) -> None:
    for file in list(workspace.releases.glob("port-0.*.md")):
        file.rename(file.with_name(file.name.replace("port-0", "autre")))
    ReleasesLedger(workspace.releases).mint(9 << 64, "port-0", AT)
    (workspace.releases / "port-0.fr.md").write_text("Un secret.", encoding="utf-8")
    assert set(texts(workspace)) == {"port-0.fr.md"}
