"""From a target's settings to the host that serves it, loaded only when it is needed."""

from pathlib import Path

from sparetire.config.schema import DirectoryService, S3Service, Target
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
