"""Places that a host can be opened at, more than once, as two people would."""

from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from pathlib import Path
from socket import create_server
from uuid import uuid4

import pytest

from sparetire.config.schema import S3Service
from sparetire.hosts.base import Host
from sparetire.hosts.directory import DirectoryHost
from sparetire.hosts.netlify import NetlifyHost
from sparetire.hosts.s3 import S3Host
from sparetire.hosts.zipped import ZipHost
from tests.support.netlify_stub import TOKEN, Limits, netlify_service, netlify_stub
from tests.support.seaweed import Seaweed
from tests.support.unpacked import unpacked

__all__ = [
    "Place",
    "bucket_place",
    "folder_place",
    "free_port",
    "netlify_place",
    "s3_service",
    "zip_place",
]


@dataclass(frozen=True, slots=True)
class Place:
    """A target: its public address, a way to open it, and whether it honours conditions."""

    url: str
    open: Callable[[], Host]
    conditions: bool = True


def free_port() -> int:
    """Return a port that nobody listens to at present."""
    with closing(create_server(("127.0.0.1", 0))) as trial:
        port: int = trial.getsockname()[1]
        return port


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
