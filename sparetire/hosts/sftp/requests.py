"""Requests to the server: many at once, on borrowed channels, their failures in words."""

import posixpath
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager
from typing import TypeVar

import paramiko

from sparetire.config.services import SftpService
from sparetire.errors import SparetireError
from sparetire.hosts.sftp.connection import CHANNELS, Connection
from sparetire.hosts.sftp.errors import BROKEN, explain, full, is_lost
from sparetire.hosts.sftp.extensions import has_room

__all__ = ["Requests"]

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")


class Requests:
    """Sends requests about a target's folder."""

    def __init__(self, service: SftpService, connection: Connection) -> None:
        self.service = service
        self._connection = connection

    def at(self, path: str) -> str:
        """Return the server's name for a path in the target's folder."""
        return posixpath.normpath(posixpath.join(self.service.path, path))

    @contextmanager
    def channel(self) -> Iterator[paramiko.SFTPClient]:
        """Lend a channel.

        Raises:
            SparetireError: Instead of every exception of paramiko inside.
        """
        try:
            with self._connection.channel() as sftp:
                yield sftp
        except (*BROKEN, OSError) as error:
            # The protocol has one word, Failure, for a full disk and for much else.
            if isinstance(error, OSError) and not is_lost(error) and self._is_full():
                raise full(self.service) from error
            raise explain(error, self.service) from error

    def if_there(self, work: Callable[[paramiko.SFTPClient], _Made]) -> _Made | None:
        """Do something with a file, or nothing where there is no such file."""
        with self.channel() as sftp:
            try:
                return work(sftp)
            except FileNotFoundError:
                return None

    def tries(self, attempt: Callable[[paramiko.SFTPClient], object]) -> bool:
        """Tell whether the server does what it is asked."""
        with self.channel() as sftp:
            try:
                attempt(sftp)
            except OSError as error:
                if is_lost(error):
                    raise
                return False
            return True

    def together(
        self, work: Callable[[_Given], _Made], given: Iterable[_Given]
    ) -> dict[_Given, _Made]:
        """Do the same to many at once, and return what came of each."""
        return dict(self.as_done(work, given))

    def as_done(
        self, work: Callable[[_Given], _Made], given: Iterable[_Given]
    ) -> Iterator[tuple[_Given, _Made]]:
        """Do the same to many at once, and yield what came of each, in any order."""
        with ThreadPoolExecutor(CHANNELS, "sftp") as pool:
            sent = {pool.submit(work, each): each for each in given}
            try:
                for done in as_completed(sent):
                    yield sent[done], done.result()
            finally:  # After a failure those under way end, and no other begins.
                pool.shutdown(cancel_futures=True)

    def _is_full(self) -> bool:
        try:
            with self._connection.channel() as sftp:
                return not has_room(sftp, self.at("."))
        except (*BROKEN, SparetireError, OSError):
            return False
