"""What ``sparetire.toml`` says about who is told that something is live."""

import re
from typing import Annotated

from pydantic import AfterValidator, Field

from sparetire.config.section import Section, is_loopback

__all__ = ["Announce", "Webhook"]

_SECRETS = ("_TOKEN", "_KEY", "_SECRET", "_PASSWORD", "_PASSPHRASE")
_ADDRESS = re.compile(r"https?://[^\s/?#@]+(/[^\s?#]*)?")


def _endpoint(value: str) -> str:
    # Not a WebAddress: the closing slash of a receiver's address is a part of it.
    if not _ADDRESS.fullmatch(value):
        raise ValueError("must be a web address such as https://hub.example/")
    if not value.startswith("https:") and not is_loopback(value):
        raise ValueError("must be https: over http anybody on the way could change it")
    return value


Endpoint = Annotated[str, AfterValidator(_endpoint)]
# IndexNow, "Documentation": 8 to 128 characters of these, in a public file of that name.
IndexNowName = Annotated[str, Field(pattern=r"^[A-Za-z0-9-]{8,128}$")]


def _holds_an_address(value: str) -> str:
    if value.startswith("AWS_") or value.endswith(_SECRETS):
        raise ValueError("must name a variable that holds an address, not a credential")
    return value


Variable = Annotated[
    str, Field(pattern=r"^[A-Z_][A-Z0-9_]*$"), AfterValidator(_holds_an_address)
]
Label = Annotated[str, Field(pattern=r"^[a-z0-9][a-z0-9-]*$")]


class Webhook(Section):
    """A desk, a chat room or a program; whoever knows its address can write to it."""

    name: Label
    url_env: Variable


class Announce(Section):
    """Who is told, once the public can read it.

    Attributes:
        hubs: WebSub hubs, named in every feed too.
        indexnow: Where IndexNow is spoken; one place tells the others.
        indexnow_key: Public: a file of this name proves that the site is ours.
    """

    hubs: tuple[Endpoint, ...] = ()
    indexnow: Endpoint = "https://api.indexnow.org/indexnow"
    indexnow_key: IndexNowName | None = None
    webhooks: tuple[Webhook, ...] = ()
