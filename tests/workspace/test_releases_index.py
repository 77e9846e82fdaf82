"""What the record of releases comes to is kept, and never outlives the record."""

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest

from sparetire.errors import ConfigurationFault
from sparetire.workspace.layout import Workspace
from sparetire.workspace.releases_index import Carried, read_index
from sparetire.workspace.releases_ledger import ReleasesLedger
from sparetire.workspace.releases_unpublished import unpublished_files
from tests.support.newsroom import publish_some
from tests.support.workspaces import workspace_in

LATER = datetime(2027, 3, 1, 12, 0, tzinfo=UTC)


@pytest.fixture
def workspace(tmp_path: Path) -> Workspace:
    made = workspace_in(tmp_path / "boreal")
    publish_some(made, range(2))
    return made


def test_it_says_the_same_read_line_by_line_and_recalled(workspace: Workspace) -> None:
    first = read_index(workspace.releases, workspace.releases_index)
    assert read_index(workspace.releases, workspace.releases_index) == first
    workspace.releases_index.unlink()
    assert read_index(workspace.releases, workspace.releases_index) == first
    assert first.at("local").count == 2
    assert first.at("elsewhere") == Carried()


def test_a_draft_is_nothing_new_to_the_public(workspace: Workspace) -> None:
    before = read_index(workspace.releases, workspace.releases_index)
    ledger = ReleasesLedger(workspace.releases)
    ledger.mint(7, "2027-03-01-brouillon", LATER)
    draft = workspace.releases / "2027-03-01-brouillon.fr.md"
    draft.write_text("Un secret.", encoding="utf-8")
    after = read_index(workspace.releases, workspace.releases_index)
    assert after == before
    assert list(unpublished_files(workspace.releases, after)) == [draft]


def test_another_release_is(workspace: Workspace) -> None:
    before = read_index(workspace.releases, workspace.releases_index).at("local")
    publish_some(workspace, [2])
    after = read_index(workspace.releases, workspace.releases_index).at("local")
    assert after.count == 3
    assert after.name != before.name


@pytest.mark.parametrize("text", ["", "[]", "{}", '{"ledger": 1}', "no JSON"])
def test_what_was_kept_and_is_damaged_is_made_anew(workspace: Workspace, text: str) -> None:
    sound = read_index(workspace.releases, workspace.releases_index)
    workspace.releases_index.write_text(text, encoding="utf-8")
    assert read_index(workspace.releases, workspace.releases_index) == sound
    assert json.loads(workspace.releases_index.read_bytes())["public"] == sorted(sound.public)


def test_a_damaged_record_is_told_although_it_was_read_before(workspace: Workspace) -> None:
    read_index(workspace.releases, workspace.releases_index)
    with (workspace.releases / "ledger.jsonl").open("a", encoding="utf-8") as file:
        file.write("{}\n")
    with pytest.raises(ConfigurationFault, match="damaged"):
        read_index(workspace.releases, workspace.releases_index)
