"""What goes wrong between us and an SSH server, in words."""

import socket
from dataclasses import dataclass
from shlex import quote

import paramiko
from paramiko.ssh_exception import BadHostKeyException, NoValidConnectionsError

from sparetire.config.secret_use import SFTP_PASSWORD
from sparetire.config.services import SftpService
from sparetire.errors import (
    ConfigurationFault,
    CredentialsRefused,
    HostUnreachable,
    SparetireError,
)

__all__ = [
    "BROKEN",
    "PASSWORD",
    "UnknownServerError",
    "explain",
    "full",
    "is_lost",
    "lost",
    "misused",
]

PASSWORD = SFTP_PASSWORD
BROKEN = (paramiko.SSHException, paramiko.SFTPError, EOFError)
"""What paramiko says of a line that ended, or brings no sense, beyond errors of the system."""

_MOST_PLACES = 5
_AGAIN = "Run the same command again; if it goes on, publish to your backup target."


@dataclass
class UnknownServerError(paramiko.SSHException):
    """The server has shown a key that this machine has never seen.

    Attributes:
        fingerprint: Of that key.
        unread: Where lines of ``known_hosts`` cannot be read: one of them may hold the key.
    """

    fingerprint: str
    unread: tuple[str, ...] = ()


def is_lost(error: BaseException) -> bool:
    """Tell whether the line has broken, rather than the server refused."""
    if isinstance(error, OSError) and not isinstance(error, TimeoutError | ConnectionError):
        return str(error) == "Socket is closed"
    return isinstance(error, (*BROKEN, OSError))


def explain(error: Exception, service: SftpService) -> SparetireError:
    """Return the error that the user is told, instead of the library's."""
    if isinstance(error, paramiko.SSHException):
        return _unwelcome(error, service) or _broken(error, service)
    if isinstance(error, NoValidConnectionsError | ConnectionRefusedError):
        return HostUnreachable(
            f"{service.server} cannot be reached at port {service.port}.",
            why="Nothing answers there.",
            then=_AGAIN,
        )
    if isinstance(error, socket.gaierror):
        return HostUnreachable(
            f"{service.server} cannot be reached.",
            why=f"The network does not know that name: {error.strerror}.",
            then="Check the network, and server in sparetire.toml.",
        )
    if is_lost(error):
        return _broken(error, service)
    if isinstance(error, PermissionError):
        return CredentialsRefused(
            f"{service.user}@{service.server} may not write below {service.path}.",
            why=f"The server says: {error.strerror}.",
            then="Ask whoever runs the server for the right to write there.",
        )
    absent = isinstance(error, FileNotFoundError)
    said = "finds no such file or folder" if absent else f"says only: {error}"
    return misused(service, f"The server {said}.")


def misused(service: SftpService, why: str) -> ConfigurationFault:
    """Return the error of a folder that cannot be used as it must."""
    return ConfigurationFault(
        f"{service.path} on {service.server} cannot be used.",
        why=why,
        then="Correct path in sparetire.toml, or ask whoever runs the server.",
    )


def full(service: SftpService) -> HostUnreachable:
    """Return the error of a disk without room."""
    return HostUnreachable(
        f"{service.server} has no room for the site.",
        why="Its disk is full, or your share of it is used up.",
        then="Make room there, or publish to your backup target; then run again.",
    )


def lost(path: str) -> HostUnreachable:
    """Return the error of a file that went away while we were at work."""
    return HostUnreachable(
        f"{path} is missing or damaged at the server.",
        why="It was sound when this run looked, and is not any more.",
        then="Run the same command again: it puts that file anew.",
    )


def _unwelcome(error: paramiko.SSHException, service: SftpService) -> SparetireError | None:
    if isinstance(error, UnknownServerError):
        return _unknown(service, error)
    if isinstance(error, BadHostKeyException):
        return _changed(service, error)
    if isinstance(error, paramiko.AuthenticationException):
        return _stranger(service, str(error))
    if "authentication methods" in str(error):
        return _stranger(service, "there is no key to try")
    return None


def _broken(error: Exception, service: SftpService) -> HostUnreachable:
    said = str(error) or type(error).__name__
    what = f"The connection to {service.server} broke."
    return HostUnreachable(what, why=said, then=_AGAIN)


def _stranger(service: SftpService, said: str) -> CredentialsRefused:
    login = f"{service.user}@{service.server}"
    tried = f"the key {service.key}" if service.key else "your SSH agent and ~/.ssh"
    return CredentialsRefused(
        f"{service.server} does not let {service.user} in.",
        why=f"Tried {tried}, and {PASSWORD} where it is set: {said.rstrip('.')}.",
        then=f"Try it by hand: ssh -p {service.port} {quote(login)}",
    )


def _unknown(service: SftpService, error: UnknownServerError) -> ConfigurationFault:
    unread = "; ".join(error.unread[:_MOST_PLACES])
    more = (f"These lines cannot be read and were left out: {unread}.",) if unread else ()
    return ConfigurationFault(
        f"This machine does not know the server {service.server} yet.",
        why=(
            f"It shows the key {error.fingerprint}.",
            "Nothing was sent: anybody on the way could pretend to be that server.",
            *more,
        ),
        then="Compare that key with what whoever runs the server tells you, then run once: "
        f"ssh-keyscan -p {service.port} {service.server} >> ~/.ssh/known_hosts",
    )


def _changed(service: SftpService, error: BadHostKeyException) -> ConfigurationFault:
    usual = service.port == paramiko.config.SSH_PORT
    name = service.server if usual else f"[{service.server}]:{service.port}"
    return ConfigurationFault(
        f"STOP: {service.server} is not the server that this machine knows.",
        why=(
            f"It shows the key {error.key.fingerprint}, not the one in your known_hosts.",
            "Somebody may stand between you and it, so nothing was sent.",
        ),
        then="Call whoever runs the server. Only if the key is right: "
        f"ssh-keygen -R '{name}', then connect with ssh once.",
    )
