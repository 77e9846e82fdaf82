"""Proves that two buckets can be used, by using them; and that nobody else can."""

from contextlib import suppress
from uuid import uuid4

from botocore import UNSIGNED
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from sparetire.config.services import S3Service
from sparetire.errors import ConfigurationFault
from sparetire.hosts.s3.buckets import Buckets
from sparetire.hosts.s3.client import translated
from sparetire.hosts.s3.distribution import Distribution

__all__ = ["prove"]


def prove(service: S3Service, buckets: Buckets) -> None:
    """Do all that a publish does, where no reader sees it.

    Raises:
        CredentialsRefused: A right is missing.
        ConfigurationFault: A bucket is not there, keeps nothing, is open to everybody, or is
            not what the distribution serves.
    """
    trial, body = buckets.state.file(f"{uuid4().hex}.probe"), uuid4().bytes
    trial.overwrite(body)
    kept = trial.read()
    trial.delete(None)
    if kept is None or kept.body != body:
        raise ConfigurationFault(
            f"Bucket {service.state_bucket!r} does not keep what is written there.",
            why="A file read back differs from what was written a moment before.",
            then="Choose another bucket or service for state_bucket in sparetire.toml.",
        )
    # Second, because the answer to this one never says why it refuses.
    with translated(buckets.asked(service.bucket)):
        buckets.client.head_bucket(Bucket=service.bucket)
    _refuse_strangers(service, buckets)
    if service.distribution is not None:
        Distribution(service.distribution, service.profile).prove(service)


def _refuse_strangers(service: S3Service, buckets: Buckets) -> None:
    """Write a file without credentials, and take it away where that could be done.

    Raises:
        ConfigurationFault: Everybody may write there.
    """
    import boto3  # noqa: PLC0415  slow to import, and a launch does without it

    stranger = boto3.Session().client(
        "s3",
        region_name=service.region or "us-east-1",
        endpoint_url=service.endpoint_url,
        config=Config(
            signature_version=UNSIGNED,
            request_checksum_calculation="when_required",
            retries={"mode": "standard", "total_max_attempts": 1},
            connect_timeout=4,
            read_timeout=10,
            s3={"addressing_style": "path" if service.endpoint_url else "auto"},
        ),
    )
    folder = f"{service.bucket}/{service.prefix}"
    for bucket, start in ((service.bucket, service.prefix), (service.state_bucket, folder)):
        key = f"{start}{uuid4().hex}.probe"
        try:
            stranger.put_object(Bucket=bucket, Key=key, Body=b"")
        except (BotoCoreError, ClientError):
            continue  # Refused, as it must be; what else is wrong is told by our own requests.
        with suppress(BotoCoreError, ClientError):
            buckets.client.delete_object(Bucket=bucket, Key=key)
        raise ConfigurationFault(
            f"Everybody may write to bucket {bucket!r}.",
            why="A file could be put there without any credentials.",
            then="Take that right away at the service, then check what is published.",
        )
    stranger.close()
