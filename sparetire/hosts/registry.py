"""From a target's settings to the host that serves it, loaded only when it is needed."""

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import MappingProxyType

from sparetire.config.schema import Target
from sparetire.config.secret_use import refuse_unconfirmed
from sparetire.config.services import (
    DirectoryService,
    GitService,
    NetlifyService,
    S3Service,
    SftpService,
    ZipService,
)
from sparetire.errors import ConfigurationFault
from sparetire.hosts.base import Host
from sparetire.model.manifest import Known

__all__ = ["open_host"]


def open_host(target: Target, workspace: Path, known: Known = MappingProxyType({})) -> Host:
    """Return the host behind a target; relative folders start at the workspace.

    Args:
        target: Where it is.
        workspace: Where relative folders start.
        known: Editions whose lists of files need not be fetched.

    Raises:
        ConfigurationFault: The library that this kind of host needs is not installed, or a
            secret would go to an address that this user has not confirmed.
    """
    refuse_unconfirmed(target.name, target.service)
    match target.service:
        case DirectoryService() as service:
            from sparetire.hosts.directory import DirectoryHost  # noqa: PLC0415  lazy

            return DirectoryHost(workspace / service.path, url=service.url)
        case S3Service() as service:
            from sparetire.hosts.s3 import S3Host  # noqa: PLC0415  boto3 is slow to import

            return S3Host(service, memory=workspace / ".sparetire/s3", known=known)
        case SftpService() as service:
            with _extra("sftp", "paramiko"):
                from sparetire.hosts.sftp import SftpHost  # noqa: PLC0415  an extra

            return SftpHost(service)
        case GitService() as service:
            with _extra("git", "dulwich"):
                from sparetire.hosts.git import GitHost  # noqa: PLC0415  an extra

            return GitHost(service, workspace / ".sparetire/git")
        case NetlifyService() as service:
            from sparetire.hosts.netlify import NetlifyHost  # noqa: PLC0415  requests is, too

            return NetlifyHost(service, workspace / ".sparetire/netlify")
        case ZipService() as service:
            from sparetire.hosts.zipped import ZipHost  # noqa: PLC0415  lazy

            return ZipHost(workspace / service.path, url=service.url)


@contextmanager
def _extra(extra: str, library: str) -> Iterator[None]:
    try:
        yield
    except ModuleNotFoundError as error:
        if (error.name or "").partition(".")[0] != library:
            raise
        raise ConfigurationFault(
            f"{extra} targets need the library {library}, which is not installed here.",
            then=f'Install it: pip install "sparetire[{extra}]"',
        ) from error
