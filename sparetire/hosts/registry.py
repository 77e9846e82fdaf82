"""From a target's settings to the host that serves it, loaded only when it is needed."""

from pathlib import Path

from sparetire.config.schema import (
    DirectoryService,
    NetlifyService,
    S3Service,
    Target,
    ZipService,
)
from sparetire.hosts.base import Host

__all__ = ["open_host"]


def open_host(target: Target, workspace: Path) -> Host:
    """Return the host behind a target; relative folders start at the workspace."""
    match target.service:
        case DirectoryService() as service:
            from sparetire.hosts.directory import DirectoryHost  # noqa: PLC0415  lazy

            return DirectoryHost(workspace / service.path, url=service.url)
        case S3Service() as service:
            from sparetire.hosts.s3 import S3Host  # noqa: PLC0415  boto3 is slow to import

            return S3Host(service)
        case NetlifyService() as service:
            from sparetire.hosts.netlify import NetlifyHost  # noqa: PLC0415  requests is, too

            return NetlifyHost(service, workspace / ".sparetire/netlify")
        case ZipService() as service:
            from sparetire.hosts.zipped import ZipHost  # noqa: PLC0415  lazy

            return ZipHost(workspace / service.path, url=service.url)
