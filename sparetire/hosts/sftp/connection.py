"""One SSH connection with a few channels, taken in turns by those who work at once."""

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from queue import Empty, LifoQueue
from threading import Lock

import paramiko

from sparetire.config.services import SftpService
from sparetire.errors import ConfigurationFault
from sparetire.hosts.sftp.errors import BROKEN, PASSWORD, UnknownServerError, explain, is_lost
from sparetire.hosts.sftp.known_hosts import KNOWN_HOSTS, learn_keys

__all__ = ["CHANNELS", "Connection"]

# Without this, what it notes about a broken line would be written between our own words.
logging.getLogger("paramiko").addHandler(logging.NullHandler())

CHANNELS = 6
"""OpenSSH allows ten to a connection, and others as few as eight."""

_CONNECT = 10.0
_ANSWER = 20.0
_KEEPALIVE = 15


class Connection:
    """Lends channels; opens the connection at the first use, and again when it broke."""

    def __init__(self, service: SftpService) -> None:
        self._service = service
        self._turn = Lock()
        self._client: paramiko.SSHClient | None = None
        self._idle: LifoQueue[paramiko.SFTPClient] = LifoQueue()

    @contextmanager
    def channel(self) -> Iterator[paramiko.SFTPClient]:
        """Lend a channel that nobody else uses meanwhile.

        Raises:
            SparetireError: The server cannot be reached, or does not let us in.
        """
        channel = self._take()
        sound = False
        try:
            yield channel
            sound = True
        except OSError as error:
            sound = not is_lost(error)
            raise
        finally:
            if sound:
                self._idle.put(channel)
            else:
                channel.close()  # What it still has to say belongs to nobody.

    def close(self) -> None:
        """End the connection; its channels end with it."""
        with self._turn:
            self._forget()

    def _take(self) -> paramiko.SFTPClient:
        try:
            with self._turn:
                transport = self._transport()
                while True:
                    try:
                        channel = self._idle.get_nowait()
                    except Empty:
                        break
                    if not _line(channel).closed:
                        return channel
                return _opened(transport)
        except (*BROKEN, OSError) as error:
            raise explain(error, self._service) from error

    def _transport(self) -> paramiko.Transport:
        if self._client is not None:
            transport = self._client.get_transport()
            if transport is not None and transport.is_active():
                return transport
            self._forget()
        self._client = self._connected()
        transport = self._client.get_transport()
        if transport is None:
            raise EOFError
        transport.set_keepalive(_KEEPALIVE)
        return transport

    def _forget(self) -> None:
        client, self._client, self._idle = self._client, None, LifoQueue()
        if client is not None:
            client.close()

    def _connected(self) -> paramiko.SSHClient:
        service = self._service
        client = paramiko.SSHClient()
        keys = client.get_host_keys()
        unread = [place for known in KNOWN_HOSTS for place in learn_keys(keys, known)]
        client.set_missing_host_key_policy(_Refuse(unread))
        try:
            client.connect(
                service.server,
                port=service.port,
                username=service.user,
                password=os.environ.get(PASSWORD),
                pkey=_key(service) if service.key else None,
                look_for_keys=service.key is None,
                timeout=_CONNECT,
                banner_timeout=_CONNECT,
                auth_timeout=_ANSWER,
            )
        except (*BROKEN, OSError, ConfigurationFault):
            client.close()
            raise
        return client


def _opened(transport: paramiko.Transport) -> paramiko.SFTPClient:
    """Open a channel; unlike the library's own way, no answer is waited for without end."""
    line = transport.open_session(timeout=_ANSWER)
    line.settimeout(_ANSWER)
    try:
        line.invoke_subsystem("sftp")
        return paramiko.SFTPClient(line)
    except BaseException:
        line.close()
        raise


def _key(service: SftpService) -> paramiko.PKey:
    path = Path(service.key or "").expanduser()
    correct = "Correct key in sparetire.toml."
    try:
        return paramiko.PKey.from_path(path)
    except (paramiko.PasswordRequiredException, TypeError) as error:
        locked = "It is locked with a passphrase."
        raise _unread(path, locked, f"Unlock it: ssh-add {path}, and leave out key.") from error
    except OSError as error:
        raise _unread(path, f"{error.strerror}.", correct) from error
    except (paramiko.SSHException, ValueError) as error:
        raise _unread(path, f"It is no key that can be used: {error}.", correct) from error


def _unread(path: Path, why: str, then: str) -> ConfigurationFault:
    return ConfigurationFault(f"The key {path} cannot be read.", why=why, then=then)


class _Refuse(paramiko.MissingHostKeyPolicy):
    def __init__(self, unread: list[str]) -> None:
        self._unread = tuple(unread)

    def missing_host_key(
        self, client: paramiko.SSHClient, hostname: str, key: paramiko.PKey
    ) -> None:
        """Refuse, and tell what the server has shown."""
        del client, hostname
        raise UnknownServerError(key.fingerprint, self._unread)


def _line(channel: paramiko.SFTPClient) -> paramiko.Channel:
    line = channel.get_channel()
    assert line is not None  # noqa: S101  a client of the library always has one
    return line
