"""Which settings name an address that gets a secret, and which of them this user has confirmed.

Anybody who can write to a shared workspace can name an address there. What a user has confirmed
is remembered in the user's own state folder (XDG base directory specification), not there.
"""

import json
import os
from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from shlex import quote
from urllib.parse import urlsplit

from sparetire.config.schema import Settings
from sparetire.config.section import is_loopback
from sparetire.config.services import GitService, S3Service, Service, SftpService
from sparetire.disk import write_atomic
from sparetire.errors import ConfigurationFault

__all__ = ["SFTP_PASSWORD", "SecretUse", "confirm", "refuse_unconfirmed", "secret_uses"]

SFTP_PASSWORD = "SPARETIRE_SFTP_PASSWORD"  # noqa: S105  where it is, not what it is


@dataclass(frozen=True, slots=True)
class SecretUse:
    """A secret, named and never held, and the address that would get it."""

    secret: str
    address: str

    @property
    def is_confirmed(self) -> bool:
        """Whether this user has confirmed that the address may have this secret."""
        return self in _confirmed()


def secret_uses(
    settings: Settings, environment: Mapping[str, str]
) -> Iterator[tuple[str, SecretUse]]:
    """Yield the targets whose addresses get a secret, each with what it gets."""
    for name, service in (*settings.targets.items(), *settings.staging.items()):
        if use := _use(service, environment):
            yield name, use


def refuse_unconfirmed(name: str, service: Service) -> None:
    """Refuse to open a target whose address would get a secret for the first time.

    Raises:
        ConfigurationFault: This user has not confirmed the address.
    """
    use = _use(service, os.environ)
    if use is None or use.is_confirmed:
        return
    raise ConfigurationFault(
        f"{name} would send {use.secret} to {use.address} for the first time.",
        why="You have not confirmed this address, and anybody who can write to the workspace "
        "can name one. Nothing was sent there.",
        then=f"If the address is right: sparetire hosts --confirm {quote(use.address)}",
    )


def confirm(uses: Sequence[SecretUse]) -> None:
    """Remember for this user that addresses may have secrets.

    Raises:
        ConfigurationFault: This user has no folder to remember it in.
        LocalDiskFault: The disk will not take it.
    """
    file = _file()
    if file is None:
        raise ConfigurationFault(
            "A confirmed address cannot be remembered.",
            why="This user has no home folder.",
            then="Set HOME or XDG_STATE_HOME, then run the same command again.",
        )
    known = sorted({*_confirmed(), *uses}, key=lambda use: (use.address, use.secret))
    rows = [{"secret": use.secret, "address": use.address} for use in known]
    write_atomic(file, json.dumps(rows, indent=1, ensure_ascii=False))


def _use(service: Service, environment: Mapping[str, str]) -> SecretUse | None:
    match service:
        case S3Service(endpoint_url=str(url), profile=profile) if not is_loopback(url):
            signer = f"the AWS profile {profile}" if profile else "your AWS keys"
            secret = f"a signature by {signer}"
            return SecretUse(secret, _origin(url))
        case GitService(repository=url, token_env=variable):
            if variable not in environment or not url.startswith(("https:", "http:")):
                return None
            return None if is_loopback(url) else SecretUse(_in(variable), _origin(url))
        case SftpService(server=server, port=port) if SFTP_PASSWORD in environment:
            address = f"sftp://{server}:{port}"
            return None if is_loopback(address) else SecretUse(_in(SFTP_PASSWORD), address)
        case _:
            return None


def _in(variable: str) -> str:
    return f"the secret in {variable}"


def _origin(url: str) -> str:
    parts = urlsplit(url)
    return f"{parts.scheme}://{parts.netloc}"


def _file() -> Path | None:
    with suppress(RuntimeError):
        state = os.environ.get("XDG_STATE_HOME", "")
        folder = Path(state) if Path(state).is_absolute() else Path.home() / ".local/state"
        return folder / "sparetire" / "addresses.json"
    return None


def _confirmed() -> frozenset[SecretUse]:
    """Return what was confirmed; a file that cannot be read confirms nothing."""
    file = _file()
    with suppress(OSError, ValueError, TypeError, KeyError):
        rows = json.loads(file.read_text("utf-8")) if file else []
        return frozenset(SecretUse(str(row["secret"]), str(row["address"])) for row in rows)
    return frozenset()
