"""What ``sparetire.toml`` may say; ``reference.toml`` beside this file says it in words."""

import re
from dataclasses import dataclass
from datetime import date
from ipaddress import ip_address
from typing import Annotated, Literal
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from sparetire.model.colour import Colour
from sparetire.model.language import Language
from sparetire.model.routes import PageUrls

__all__ = [
    "Contact",
    "DirectoryService",
    "GitService",
    "Localised",
    "NetlifyService",
    "S3Service",
    "Service",
    "Settings",
    "SftpService",
    "Target",
    "ZipService",
    "is_loopback",
]


def is_loopback(url: str) -> bool:
    """Tell whether an address can only be reached from this machine."""
    host = urlsplit(url).hostname or ""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


_NO_ADDRESS = "must be a web address such as https://info.boreal.example"


def _web_address(value: str) -> str:
    try:
        parts = urlsplit(value)
        named = parts.hostname and parts.port != 0 and not re.search(r"\s", value)
    except ValueError as error:  # a port or a bracket that is none
        raise ValueError(_NO_ADDRESS) from error
    if not named or parts.scheme not in {"http", "https"}:
        raise ValueError(_NO_ADDRESS)
    if parts.query or parts.fragment or parts.username or parts.password:
        message = "must be an address without ?, # or a user name"
        raise ValueError(message)
    return value.rstrip("/")


def _colour(value: str) -> str:
    Colour.parse(value)
    return value


def _time_zone(value: str) -> str:
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError) as error:
        message = "must be a time zone such as America/Toronto"
        raise ValueError(message) from error
    return value


def _whole_folder(value: str) -> str:
    # Without the closing slash a prefix "blog" would also own "blog-old/".
    return f"{value.strip('/')}/" if value.strip("/") else ""


def _repository(value: str) -> str:
    # The short form of SSH, git@github.com:team/site.git, is no address.
    scheme, mark, rest = value.partition("://")
    where = urlsplit(value).hostname or ""
    if mark and scheme not in {"https", "http", "ssh", "file"}:
        message = "must begin with https://, ssh:// or file://, or be like git@server:team/site"
        raise ValueError(message)
    if scheme in {"https", "http"} and "@" in rest:
        message = "must be an address without a user name"
        raise ValueError(message)
    if scheme == "http" and where != "localhost" and not is_loopback(value):
        message = "must be https: over http anybody on the way could read the token"
        raise ValueError(message)
    return value


WebAddress = Annotated[str, AfterValidator(_web_address)]
HexColour = Annotated[str, AfterValidator(_colour)]
ZoneName = Annotated[str, AfterValidator(_time_zone)]
Prefix = Annotated[str, AfterValidator(_whole_folder)]
Repository = Annotated[str, Field(min_length=1), AfterValidator(_repository)]
Tag = Annotated[str, Field(pattern=r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$")]  # BCP 47
Name = Annotated[str, Field(min_length=1)]
Localised = str | dict[str, str]


class Section(BaseModel):
    """A table of the file: frozen, and closed to unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)


class Organisation(Section):
    """Who speaks."""

    languages: tuple[Tag, ...] = Field(min_length=1)
    time_zone: ZoneName
    name: Localised
    main_site: WebAddress | None = None
    boilerplate: Localised = ""


class Colours(Section):
    """The two colours everything else is derived from."""

    brand: HexColour = "#0b3d66"
    accent: HexColour | None = None


class BrandSection(Section):
    """How the organisation looks."""

    logo: str | None = None
    colours: Colours = Colours()


class Contact(Section):
    """A way to reach the organisation, for one audience."""

    audience: Literal["media", "public", "families", "employees"]
    name: Localised = ""
    phone: str = ""
    email: str = ""
    hours: Localised = ""
    review_by: date


class DirectoryService(Section):
    """A folder on this machine; PATH/current is the web root."""

    host: Literal["directory"]
    url: WebAddress
    path: Name


class S3Service(Section):
    """A bucket at AWS, or at any service that speaks S3."""

    host: Literal["s3"]
    url: WebAddress
    bucket: Name
    prefix: Prefix = ""
    state_bucket: Name
    endpoint_url: WebAddress | None = None
    region: str | None = None
    profile: str | None = None
    distribution: Annotated[str, Field(pattern=r"^[A-Z0-9]{8,}$")] | None = None


class NetlifyService(Section):
    """A site at Netlify, without a build of its own there."""

    host: Literal["netlify"]
    url: WebAddress
    site: Name
    token_env: Name = "NETLIFY_AUTH_TOKEN"  # noqa: S105  where it is, not what it is


class SftpService(Section):
    """A folder on a server that is reached over SSH; PATH/current is the web root."""

    host: Literal["sftp"]
    url: WebAddress
    server: Name
    port: Annotated[int, Field(ge=1, le=65535)] = 22
    user: Name
    path: Name
    key: str | None = None


class GitService(Section):
    """A branch that GitHub Pages, GitLab Pages or a server of yours makes public."""

    host: Literal["git"]
    url: WebAddress
    repository: Repository
    branch: Name = "gh-pages"
    token_env: Name = "SPARETIRE_GIT_TOKEN"  # noqa: S105  where it is, not what it is


class ZipService(Section):
    """A file to hand to whoever runs a web server: the last resort."""

    host: Literal["zip"]
    url: WebAddress
    path: Name


Service = Annotated[
    DirectoryService | S3Service | SftpService | GitService | NetlifyService | ZipService,
    Field(discriminator="host"),
]


class Crisis(Section):
    """Where the crisis site goes, and how its addresses look."""

    targets: tuple[str, ...] = Field(min_length=1)
    drill: str | None = None
    page_urls: PageUrls = PageUrls.FOLDER


class Newsroom(Section):
    """Where the newsroom goes."""

    targets: tuple[str, ...] = ()


class Settings(Section):
    """The whole file."""

    organisation: Organisation
    brand: BrandSection = BrandSection()
    contacts: tuple[Contact, ...] = ()
    targets: dict[str, Service]
    staging: dict[str, Service] = {}
    crisis: Crisis
    newsroom: Newsroom = Newsroom()

    @property
    def languages(self) -> tuple[Language, ...]:
        """The organisation's languages, its default first."""
        return tuple(Language(tag) for tag in self.organisation.languages)

    @property
    def zone(self) -> ZoneInfo:
        """The time zone that pages speak in."""
        return ZoneInfo(self.organisation.time_zone)

    def say(self, text: Localised, code: str) -> str:
        """Return a text in one language; a plain text serves every language."""
        return text if isinstance(text, str) else text[code]

    def target(self, name: str) -> "Target":
        """Return a live target by its name.

        Raises:
            KeyError: No live target has that name.
        """
        return Target(name=name, service=self.targets[name])


@dataclass(frozen=True, slots=True)
class Target:
    """A live destination. A staging destination is deliberately not one of these."""

    name: str
    service: Service

    @property
    def url(self) -> str:
        """The public address, without a closing slash."""
        return self.service.url

    @property
    def hostname(self) -> str:
        """The name that the public types."""
        return urlsplit(self.service.url).hostname or ""

    @property
    def public(self) -> bool:
        """Whether anybody but this machine can read it."""
        return not is_loopback(self.service.url)
