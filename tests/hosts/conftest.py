"""Every kind of host, on a real server."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.places import (
    Place,
    bucket_place,
    folder_place,
    git_place,
    netlify_place,
    server_place,
    zip_place,
)
from tests.support.seaweed import seaweed_server
from tests.support.sshd import needs_sshd

__all__ = ["seaweed_server"]

KINDS = [
    "directory",
    "s3",
    pytest.param("sftp", marks=needs_sshd),
    "git",
    "netlify",
    "zipped",
]


@pytest.fixture
def netlify(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """Return an empty site at Netlify."""
    with netlify_place(tmp_path / "locks", monkeypatch) as place:
        yield place


@pytest.fixture
def sftp(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Place]:
    """Return an empty folder at an SSH server."""
    with server_place(tmp_path / "server", monkeypatch) as place:
        yield place


@pytest.fixture
def git(tmp_path: Path) -> Iterator[Place]:
    """Return a branch that is not there yet."""
    with git_place(tmp_path / "git") as place:
        yield place


@pytest.fixture
def zipped(tmp_path: Path) -> Iterator[Place]:
    """Return a ZIP file that is not there yet."""
    with zip_place(tmp_path / "handover.zip") as place:
        yield place


@pytest.fixture
def bucket(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Place:
    """Return a prefix of a bucket; only who asks for it starts the server."""
    return bucket_place(request.getfixturevalue("seaweed_server"), monkeypatch)


@pytest.fixture(
    params=[
        "directory",
        "s3",
        pytest.param("sftp", marks=needs_sshd),
        "git",
        "netlify",
        "zipped",
    ]
)
def place(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Place:
    """Return an empty target of each kind."""
    if request.param == "directory":
        return folder_place(tmp_path / "target")
    if request.param in {"sftp", "git", "netlify", "zipped"}:
        place: Place = request.getfixturevalue(request.param)
        return place
    # Asked for by name, so that tests of folders alone never start the server.
    return bucket_place(request.getfixturevalue("seaweed_server"), monkeypatch)
