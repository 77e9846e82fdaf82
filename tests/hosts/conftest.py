"""Every kind of host, on a real server."""

from pathlib import Path

import pytest

from tests.support.places import Place, bucket_place, folder_place
from tests.support.seaweed import seaweed_server

__all__ = ["seaweed_server"]


@pytest.fixture(params=["directory", "s3"])
def place(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Place:
    """Return an empty target of each kind."""
    if request.param == "directory":
        return folder_place(tmp_path / "target")
    # Asked for by name, so that tests of folders alone never start the server.
    return bucket_place(request.getfixturevalue("seaweed_server"), monkeypatch)
