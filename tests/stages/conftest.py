import pytest

from sparetire.model.edition import Edition
from sparetire.workspace.layout import Workspace
from tests.support.workspaces import build, incident, source_of, workspace_in


@pytest.fixture(scope="session")
def shared_workspace(tmp_path_factory: pytest.TempPathFactory) -> Workspace:
    """Return a bilingual workspace that no test changes."""
    return workspace_in(tmp_path_factory.mktemp("shared") / "boreal")


@pytest.fixture(scope="session")
def edition(shared_workspace: Workspace) -> Edition:
    """Return its site with one incident, built once; no test changes it."""
    return build(shared_workspace, source_of(shared_workspace, incident()))
