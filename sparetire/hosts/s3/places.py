"""Where buckets answer, as far as that can be told without botocore's rule book of all regions.

Forms of an address: https://docs.aws.amazon.com/AmazonS3/latest/userguide/VirtualHosting.html
"""

import os
import re
from collections.abc import Iterable
from dataclasses import dataclass
from urllib.parse import quote

from botocore.session import Session

from sparetire.config.services import S3Service

__all__ = ["Places", "places_of", "region_of"]

_OLDEST = "us-east-1"
"""Where a bucket is looked for unless told; hosts do not name this region."""

_REGION = re.compile(r"(?:af|ap|ca|eu|il|me|mx|sa|us)-[a-z]+-\d")
"""Regions of the common partition; other partitions have domains of their own."""

_IN_A_HOST = re.compile(r"[a-z0-9](?:-?[a-z0-9])+")
"""Names that fit into a host's; doubled hyphens mark buckets of other kinds."""

_IN_A_PATH = re.compile(r"[A-Za-z0-9._-]+")
_ADDRESSES = ("AWS_ENDPOINT_URL", "AWS_ENDPOINT_URL_S3")
_SWITCHES = ("tcp_keepalive", "use_dualstack_endpoint", "use_fips_endpoint")
_OF_TRANSFERS = {
    "max_bandwidth",
    "max_concurrent_requests",
    "max_queue_size",
    "multipart_chunksize",
    "multipart_threshold",
    "preferred_transfer_client",
    "target_bandwidth",
}
"""What a profile says under ``s3`` of large files alone, to another program."""


@dataclass(frozen=True, slots=True)
class Places:
    """How the addresses of files are made.

    Attributes:
        endpoint: The service's own address.
        region: The region that a signature names.
        apart: Whether each bucket has a host name of its own.
    """

    endpoint: str
    region: str
    apart: bool

    def url(self, bucket: str, key: str) -> str:
        """Return the address of a file."""
        path = quote(key, safe="/~")
        if not self.apart:
            return f"{self.endpoint}/{bucket}/{path}"
        scheme, _, host = self.endpoint.partition("://")
        return f"{scheme}://{bucket}.{host}/{path}"


def places_of(service: S3Service, session: Session) -> Places | None:
    """Return where a target's buckets answer, or None where only botocore can tell.

    Raises:
        ProfileNotFound: The profile is not in the AWS files.
    """
    region, buckets = region_of(service, session), (service.bucket, service.state_bucket)
    if _has_wishes(session):
        return None
    if service.endpoint_url is not None:
        if region.startswith("aws") or not _all(_IN_A_PATH, buckets):
            return None
        return Places(service.endpoint_url.rstrip("/"), region, apart=False)
    if _sent_elsewhere(session) or not _REGION.fullmatch(region):
        return None
    if not _all(_IN_A_HOST, buckets):
        return None
    named = "" if region == _OLDEST else f".{region}"
    return Places(f"https://s3{named}.amazonaws.com", region, apart=True)


def region_of(service: S3Service, session: Session) -> str:
    """Return the region that is set, or AWS's oldest."""
    return str(service.region or session.get_config_variable("region") or _OLDEST)


def _has_wishes(session: Session) -> bool:
    """Tell whether AWS's files or environment ask for another way to S3 than the plain one."""
    own = session.get_config_variable("s3") or {}
    return bool(own.keys() - _OF_TRANSFERS) or any(map(session.get_config_variable, _SWITCHES))


def _sent_elsewhere(session: Session) -> bool:
    profile = session.get_scoped_config()
    return "endpoint_url" in profile or "services" in profile or any(map(os.getenv, _ADDRESSES))


def _all(pattern: re.Pattern[str], names: Iterable[str]) -> bool:
    return all(map(pattern.fullmatch, names))
