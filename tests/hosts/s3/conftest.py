"""A bucket of SeaweedFS, with nothing of ours in it, and a line to it that can be spoilt."""

from collections.abc import Iterator

import pytest

from sparetire.config.services import S3Service
from sparetire.hosts.s3 import S3Host
from tests.support.faults import Proxy, faulty
from tests.support.places import s3_service
from tests.support.seaweed import Seaweed


@pytest.fixture
def server(seaweed_server: Seaweed, monkeypatch: pytest.MonkeyPatch) -> Seaweed:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", seaweed_server.access_key)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", seaweed_server.secret_key)
    return seaweed_server


@pytest.fixture
def service(server: Seaweed) -> S3Service:
    return s3_service(server)


@pytest.fixture
def line(server: Seaweed) -> Iterator[Proxy]:
    with faulty(server.endpoint_url) as proxy:
        yield proxy


@pytest.fixture
def behind(service: S3Service, line: Proxy) -> S3Host:
    """Return a host whose requests pass the faulty line."""
    return S3Host(service.model_copy(update={"endpoint_url": line.endpoint_url}))
