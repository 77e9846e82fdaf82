"""The kinds of service behind a target, each with what it must be told."""

from typing import Annotated, Literal

from pydantic import AfterValidator, Field

from sparetire.config.section import (
    Branch,
    Name,
    Prefix,
    Repository,
    Section,
    WebAddress,
    variable_among,
)

__all__ = [
    "DirectoryService",
    "GitService",
    "NetlifyService",
    "S3Service",
    "Service",
    "SftpService",
    "ZipService",
]


GitToken = Annotated[
    Name,
    AfterValidator(
        variable_among(
            "GITHUB_TOKEN",
            "GH_TOKEN",
            "GITLAB_TOKEN",
            "CI_JOB_TOKEN",
            "GITEA_TOKEN",
            "FORGEJO_TOKEN",
            "CODEBERG_TOKEN",
            "BITBUCKET_TOKEN",
        )
    ),
]
NetlifyToken = Annotated[
    Name, AfterValidator(variable_among("NETLIFY_AUTH_TOKEN", "NETLIFY_TOKEN"))
]
LEASE = 120
Lease = Annotated[int, Field(ge=2, le=3600)]
"""Seconds without renewal after which another run may take a lock over."""


class Served(Section):
    """What every kind has: where the public reads, and how long a cache may hide a change."""

    url: WebAddress
    patience: Annotated[int, Field(ge=1, le=900)] | None = None


class DirectoryService(Served):
    """A folder on this machine; PATH/current is the web root."""

    host: Literal["directory"]
    path: Name


class S3Service(Served):
    """A bucket at AWS, or at any service that speaks S3."""

    host: Literal["s3"]
    bucket: Name
    prefix: Prefix = ""
    state_bucket: Name
    endpoint_url: WebAddress | None = None
    region: str | None = None
    profile: str | None = None
    lease: Lease = LEASE
    distribution: Annotated[str, Field(pattern=r"^[A-Z0-9]{8,}$")] | None = None


class NetlifyService(Served):
    """A site at Netlify, without a build of its own there."""

    host: Literal["netlify"]
    site: Name
    token_env: NetlifyToken = "NETLIFY_AUTH_TOKEN"  # noqa: S105  where it is, not what it is


class SftpService(Served):
    """A folder on a server that is reached over SSH; PATH/current is the web root."""

    host: Literal["sftp"]
    server: Name
    port: Annotated[int, Field(ge=1, le=65535)] = 22
    user: Name
    path: Name
    key: str | None = None
    lease: Lease = LEASE


class GitService(Served):
    """A branch that GitHub Pages, GitLab Pages or a server of yours makes public."""

    host: Literal["git"]
    repository: Repository
    branch: Branch = "gh-pages"
    token_env: GitToken = "SPARETIRE_GIT_TOKEN"  # noqa: S105  where it is, not what it is


class ZipService(Served):
    """A file to hand to whoever runs a web server: the last resort."""

    host: Literal["zip"]
    path: Name


Service = Annotated[
    DirectoryService | S3Service | SftpService | GitService | NetlifyService | ZipService,
    Field(discriminator="host"),
]
