"""A client that fits every S3 service, and whose errors are ours."""

import base64
import hashlib
import os
import socket
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, cast

from botocore.awsrequest import AWSPreparedRequest
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.handlers import add_expect_header
from botocore.session import Session
from botocore.utils import get_environ_proxies

from sparetire.config.services import S3Service
from sparetire.hosts.s3.connections import Connections
from sparetire.hosts.s3.direct import CHANGING, DirectClient
from sparetire.hosts.s3.errors import Asked, explain, retrieved, silent
from sparetire.hosts.s3.places import places_of, region_of
from sparetire.hosts.s3.retries import try_again

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

__all__ = [
    "CONFLICT",
    "GONE",
    "REFUSED",
    "UNSUPPORTED",
    "digest_of",
    "open_client",
    "tag_of",
    "translated",
]

GONE = {"404", "NoSuchKey"}
CONFLICT = {"409", "ConditionalRequestConflict", "OperationAborted"}
REFUSED = {"412", "PreconditionFailed", *GONE}
UNSUPPORTED = {"400", "501", "InvalidArgument", "InvalidRequest", "NotImplemented"}
"""What services say that take no conditions; what else these may mean shows without one."""

_CONNECT, _READ = 4, 10
_CONNECTIONS = 32


def digest_of(body: bytes) -> str:
    """Return what every body is sent with: its MD5 (RFC 1864), so that no part of it is kept.

    A run may be killed between the headers of a request and its body. Without the digest
    some services store an empty file then, in the place of the one that was there.
    """
    return base64.b64encode(hashlib.md5(body, usedforsecurity=False).digest()).decode()


def open_client(service: S3Service, guard: Callable[[], object] = lambda: None) -> "S3Client":
    """Return a client that may be shared between threads.

    Args:
        service: The target's settings.
        guard: Asked before each try of a request that changes something; what it raises ends
            the request.
    """
    session = Session(profile=service.profile)

    def complete() -> "S3Client":
        return _boto3_client(service, session, guard)

    places = places_of(service, session)
    if places is None:
        with retrieved():
            if credentials := session.get_credentials():
                credentials.get_frozen_credentials()
        return complete()
    connections = _connections(session, places.endpoint)
    return cast("S3Client", DirectClient(session, places, connections, guard, complete))


def _connections(session: Session, endpoint: str) -> Connections:
    """Return a pool of connections with the settings that boto3 would give it."""
    bundles = (session.get_config_variable("ca_bundle"), os.getenv("REQUESTS_CA_BUNDLE"))
    settings: dict[str, Any] = {
        "verify": next(filter(None, bundles), True),
        "timeout": (_CONNECT, _READ),
        "socket_options": [(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)],
    }
    return Connections(
        proxies=get_environ_proxies(endpoint), max_pool_connections=_CONNECTIONS, **settings
    )


def _boto3_client(
    service: S3Service, session: Session, guard: Callable[[], object]
) -> "S3Client":
    import boto3  # noqa: PLC0415  slow to import, and a launch does without it

    client: S3Client = boto3.Session(botocore_session=session).client(
        "s3",
        region_name=region_of(service, session),
        endpoint_url=service.endpoint_url,
        config=Config(
            # By default boto3 sends checksummed chunks, which many services store as they come.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            retries={"mode": "standard", "total_max_attempts": 1},  # Ours follow below.
            connect_timeout=_CONNECT,
            read_timeout=_READ,
            max_pool_connections=_CONNECTIONS,
            s3={"addressing_style": "path" if service.endpoint_url else "auto"},
        ),
    )
    # Asking for leave before each body doubles the round trips of a small page.
    client.meta.events.unregister("before-call.s3", add_expect_header)
    client.meta.events.register("needs-retry.s3", cast("Callable[..., None]", try_again))

    def ask(request: AWSPreparedRequest, **_more: object) -> None:
        if request.method in CHANGING:
            guard()

    client.meta.events.register("before-send.s3", cast("Callable[..., None]", ask))
    return client


@contextmanager
def translated(asked: Asked) -> Iterator[None]:
    """Turn what boto3 says into words.

    Raises:
        SparetireError: Instead of every exception of boto3 inside.
    """
    try:
        yield
    except (BotoCoreError, ClientError) as error:
        raise explain(error, asked) from error


def tag_of(tag: str | None, asked: Asked) -> str:
    """Return the ETag of an answer.

    Raises:
        HostUnreachable: There is none, so something else than the service has answered.
    """
    if not tag:
        raise silent(asked)
    return tag
