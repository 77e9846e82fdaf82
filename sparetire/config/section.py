"""The closed base of every table of ``sparetire.toml``, and the types of its values."""

import re
from collections.abc import Callable
from ipaddress import ip_address
from typing import Annotated
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from pydantic import AfterValidator, BaseModel, ConfigDict, Field

from sparetire.model.colour import Colour

__all__ = [
    "Branch",
    "HexColour",
    "Localised",
    "Name",
    "Prefix",
    "Repository",
    "Section",
    "Tag",
    "WebAddress",
    "ZoneName",
    "is_loopback",
    "language_tag",
    "time_zone",
    "variable_among",
    "web_address",
]

_OTHER_SECRETS = {"SPARETIRE_PASSPHRASE", "SPARETIRE_SFTP_PASSWORD"}
"""Variables of ours whose secrets no setting may send anywhere."""


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


def web_address(value: str) -> str:
    """Return a web address without a closing slash.

    Raises:
        ValueError: It is none, or says more than where a site is.
    """
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


def language_tag(value: str) -> str:
    """Return a language tag.

    Raises:
        ValueError: It is none.
    """
    if not re.fullmatch(_TAG, value):
        message = "must be a language tag such as fr-CA"
        raise ValueError(message)
    return value


def time_zone(value: str) -> str:
    """Return the name of a time zone.

    Raises:
        ValueError: This machine knows no zone of that name.
    """
    try:
        ZoneInfo(value)
    except (ZoneInfoNotFoundError, ValueError) as error:
        message = "must be a time zone such as America/Toronto"
        raise ValueError(message) from error
    return value


def _whole_folder(value: str) -> str:
    # Without the closing slash a prefix "blog" would also own "blog-old/".
    return f"{value.strip('/')}/" if value.strip("/") else ""


_OPTION = re.compile(r"(^|://|@|:)-")
# git-check-ref-format(1); what a server refuses, with the reason.
_NO_BRANCH = re.compile(
    r"[\x00-\x20\x7f~^:?*\[\\]|\.\.|@\{|//|^[-/.]|/\.|[/.]$|\.lock(/|$)|^@$"
)


def _branch(value: str) -> str:
    if found := _NO_BRANCH.search(value):
        raise ValueError(f"is no name of a branch: git allows no {found[0]!r} there")
    return value


def _repository(value: str) -> str:
    # The short form of SSH, git@github.com:team/site.git, is no address.
    scheme, mark, rest = value.partition("://")
    where = urlsplit(value).hostname or ""
    if _OPTION.search(value):
        message = "must not hold a part that begins with a hyphen: ssh would read an option"
        raise ValueError(message)
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


def variable_among(*names: str) -> Callable[[str], str]:
    """Return a check that a variable holds a secret meant for this kind of host.

    A setting of a shared workspace must not be able to send any secret of the user's to an
    address of its own.
    """

    def check(value: str) -> str:
        ours = value.startswith("SPARETIRE_") and value not in _OTHER_SECRETS
        if ours or value in names:
            return value
        raise ValueError(f"must begin with SPARETIRE_, or be one of: {', '.join(names)}")

    return check


WebAddress = Annotated[str, AfterValidator(web_address)]
HexColour = Annotated[str, AfterValidator(_colour)]
ZoneName = Annotated[str, AfterValidator(time_zone)]
Prefix = Annotated[str, AfterValidator(_whole_folder)]
Repository = Annotated[str, Field(min_length=1), AfterValidator(_repository)]
Branch = Annotated[str, Field(min_length=1), AfterValidator(_branch)]
_TAG = r"^[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*$"  # BCP 47
Tag = Annotated[str, Field(pattern=_TAG)]
Name = Annotated[str, Field(min_length=1)]
Localised = str | dict[str, str]


class Section(BaseModel):
    """A table of the file: frozen, and closed to unknown keys."""

    model_config = ConfigDict(extra="forbid", frozen=True, str_strip_whitespace=True)
