"""Places that a host can be opened at, more than once, as two people would."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import pytest

from sparetire.config.services import S3Service
from sparetire.hosts.base import Host
from sparetire.hosts.directory import DirectoryHost
from sparetire.hosts.git import GitHost
from sparetire.hosts.loopback import serve
from sparetire.hosts.netlify import NetlifyHost
from sparetire.hosts.s3 import S3Host
from sparetire.hosts.sftp import SftpHost
from sparetire.hosts.zipped import ZipHost
from tests.support.git_server import git_service, git_site
from tests.support.netlify_stub import TOKEN, Limits, netlify_service, netlify_stub
from tests.support.ports import free_port
from tests.support.seaweed import Seaweed
from tests.support.sshd import sftp_service, sshd
from tests.support.unpacked import unpacked

__all__ = [
    "Place",
    "bucket_place",
    "folder_place",
    "free_port",
    "git_place",
    "netlify_place",
    "s3_service",
    "server_place",
    "zip_place",
]


@dataclass(frozen=True, slots=True)
class Place:
    """A target: its public address, a way to open it, and whether it honours conditions."""

    url: str
    open: Callable[[], Host]
    conditions: bool = True


def folder_place(root: Path) -> Place:
    """Return a folder that is served on loopback."""
    url = f"http://127.0.0.1:{free_port()}"
    return Place(url, lambda: DirectoryHost(root, url=url))


def s3_service(server: Seaweed, **changes: str) -> S3Service:
    """Return the settings of a prefix of its own."""
    prefix = changes.pop("prefix", uuid4().hex)
    return S3Service.model_validate(
        {
            "host": "s3",
            "url": f"{server.endpoint_url}/{server.bucket}/{prefix}",
            "bucket": server.bucket,
            "prefix": prefix,
            "state_bucket": server.state_bucket,
            "endpoint_url": server.endpoint_url,
            **changes,
        }
    )


def bucket_place(server: Seaweed, patch: pytest.MonkeyPatch) -> Place:
    """Return a prefix of its own, and put its credentials into the environment."""
    patch.setenv("AWS_ACCESS_KEY_ID", server.access_key)
    patch.setenv("AWS_SECRET_ACCESS_KEY", server.secret_key)
    service = s3_service(server)
    return Place(service.url, lambda: S3Host(service))


@contextmanager
def netlify_place(folder: Path, patch: pytest.MonkeyPatch) -> Iterator[Place]:
    """Run a Netlify that does not count, and put its token into the environment."""
    patch.setenv("NETLIFY_AUTH_TOKEN", TOKEN)
    with netlify_stub(Limits(deploys=1000, calls=100_000)) as stub:
        service = netlify_service(stub)
        yield Place(
            service.url,
            lambda: NetlifyHost(service, folder, api=stub.api),
            conditions=False,
        )


@contextmanager
def zip_place(path: Path) -> Iterator[Place]:
    """Return a ZIP file that is unpacked the moment it is there."""
    with unpacked(path) as url:
        yield Place(url, lambda: ZipHost(path, url=url))


@contextmanager
def server_place(folder: Path, patch: pytest.MonkeyPatch) -> Iterator[Place]:
    """Run an SSH server, and a web server beside it, with an empty folder."""
    port, root = free_port(), folder / "site"
    url = f"http://127.0.0.1:{port}"
    with (
        sshd(folder / "sshd", patch) as server,
        serve(root / "current", "127.0.0.1", port),
    ):
        service = sftp_service(server, root, url=url)
        yield Place(url, lambda: SftpHost(service))


@contextmanager
def git_place(folder: Path) -> Iterator[Place]:
    """Make a repository without commits, whose branch is served."""
    with git_site(folder / "site.git") as site:
        service = git_service(site)
        yield Place(site.url, lambda: GitHost(service, folder / "locks"))
