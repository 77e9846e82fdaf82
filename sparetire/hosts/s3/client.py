"""A boto3 client that fits every S3 service, and whose errors are ours."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, cast

import boto3
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError
from botocore.handlers import add_expect_header

from sparetire.config.services import S3Service
from sparetire.hosts.s3.errors import Asked, explain, silent
from sparetire.hosts.s3.retries import try_again

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

__all__ = ["GONE", "REFUSED", "open_client", "tag_of", "translated"]

GONE = {"404", "NoSuchKey"}
REFUSED = {"412", "PreconditionFailed", *GONE}


def open_client(service: S3Service) -> "S3Client":
    """Return a client that may be shared between threads."""
    session = boto3.Session(profile_name=service.profile)
    client: S3Client = session.client(
        "s3",
        region_name=service.region or session.region_name or "us-east-1",
        endpoint_url=service.endpoint_url,
        config=Config(
            # By default boto3 sends checksummed chunks, which many services store as they come.
            request_checksum_calculation="when_required",
            response_checksum_validation="when_required",
            retries={"mode": "standard", "total_max_attempts": 1},  # Ours follow below.
            connect_timeout=4,
            read_timeout=10,
            max_pool_connections=32,
            s3={"addressing_style": "path" if service.endpoint_url else "auto"},
        ),
    )
    # Asking for leave before each body doubles the round trips of a small page.
    client.meta.events.unregister("before-call.s3", add_expect_header)
    client.meta.events.register("needs-retry.s3", cast("Callable[..., None]", try_again))
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
