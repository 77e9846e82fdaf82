"""Files on the server: written whole or not at all, linked, listed, taken away.

Extensions of OpenSSH: https://github.com/openssh/openssh-portable/blob/master/PROTOCOL
"""

import errno
import posixpath
import stat
from collections.abc import Callable, Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor, as_completed
from contextlib import contextmanager, suppress
from functools import cached_property
from typing import Any, TypeVar
from uuid import uuid4

import paramiko
from paramiko.message import Message
from paramiko.sftp import CMD_EXTENDED, CMD_EXTENDED_REPLY

from sparetire.config.schema import SftpService
from sparetire.errors import HostUnreachable, SparetireError
from sparetire.hosts.sftp.connection import CHANNELS, Connection
from sparetire.hosts.sftp.errors import BROKEN, explain, full, is_lost

__all__ = ["Disk"]

_Given = TypeVar("_Given")
_Made = TypeVar("_Made")
_PRIVATE = 0o700


class Disk:
    """The part of the server's disk that a target uses; paths start at the target's folder."""

    def __init__(self, service: SftpService, connection: Connection) -> None:
        self._service = service
        self._connection = connection
        self._made: set[str] = set()

    @cached_property
    def replaces(self) -> bool:
        """Whether a rename may take the place of a file at once: tried out, once."""
        with self._trial() as (one, two):
            return self._tries(lambda sftp: sftp.posix_rename(self._at(one), self._at(two)))

    @cached_property
    def refuses(self) -> bool:
        """Whether a plain rename leaves a file of that name alone: what locks are made of."""
        with self._trial() as (one, two):
            return not self._tries(lambda sftp: sftp.rename(self._at(one), self._at(two)))

    @cached_property
    def links(self) -> bool:
        """Whether links can be made, and switched at once."""
        trial = f"state/{uuid4().hex}.link"
        self.folder("state")
        made = self._tries(lambda sftp: sftp.symlink("../releases", self._at(trial)))
        self.remove(trial)
        return made and self.replaces

    def read(self, path: str) -> bytes | None:
        """Return a file's bytes, or None when there is none."""
        with self._channel(absent=True) as sftp, sftp.open(self._at(path), "rb") as file:
            file.prefetch()
            return file.read()
        return None

    def write(self, path: str, body: bytes, scratch: str = "") -> None:
        """Replace a file whole: readers meet its old bytes or its new ones, never a part."""
        part = scratch or f"{path}.part"
        self.folder(posixpath.dirname(path))
        self.grow(part, body)
        self.move(part, path)

    def grow(self, path: str, body: bytes) -> None:
        """Write a file under a name that no reader asks for, and make sure that it is whole.

        Raises:
            HostUnreachable: It is not, most often since the disk is full.
        """
        with self._channel() as sftp:
            with sftp.open(self._at(path), "wb") as file:
                file.set_pipelined(pipelined=True)
                file.write(body)
                file.set_pipelined(pipelined=False)
                with suppress(OSError):  # An extension: some servers know it.
                    _extended(sftp, "fsync@openssh.com", file.handle)
            kept = sftp.stat(self._at(path)).st_size
        if kept != len(body):
            raise full(self._service)

    def move(self, path: str, to: str) -> None:
        """Rename over what is there, at once where the server can."""
        at_once = self.replaces
        with self._channel() as sftp:
            if at_once:
                sftp.posix_rename(self._at(path), self._at(to))
                # Two names of one file stay both, by POSIX; ours has done its work.
                with suppress(FileNotFoundError):
                    sftp.remove(self._at(path))
                return
            with suppress(FileNotFoundError):
                sftp.remove(self._at(to))
            sftp.rename(self._at(path), self._at(to))

    def claim(self, path: str, to: str) -> bool:
        """Rename to a name that is free; False where it is taken."""
        with self._channel() as sftp:
            try:
                sftp.rename(self._at(path), self._at(to))
            except OSError as error:
                if is_lost(error) or not self._there(sftp, to):
                    raise
                return False
            return True

    def link(self, path: str, to: str) -> None:
        """Give a file a second name, or a copy where the server knows no second names."""
        with self._channel() as sftp:
            try:
                _extended(sftp, "hardlink@openssh.com", self._at(path), self._at(to))
            except OSError as error:
                if is_lost(error):
                    raise
            else:
                return
        body = self.read(path)
        if body is None:
            raise FileNotFoundError(errno.ENOENT, "gone", path)
        self.grow(to, body)

    def point(self, link: str, to: str) -> None:
        """Make a link to a folder take the place of another."""
        part = "state/current.part"
        self.remove(part)
        with self._channel() as sftp:
            sftp.symlink(to, self._at(part))
            sftp.posix_rename(self._at(part), self._at(link))

    def target(self, link: str) -> str | None:
        """Return where a link points to, or None where there is no link."""
        with self._channel(absent=True) as sftp:
            if stat.S_ISLNK(sftp.lstat(self._at(link)).st_mode or 0):
                return sftp.readlink(self._at(link))
        return None

    def folder(self, path: str) -> None:
        """Make a folder and those above it; ``state`` is for us alone."""
        if path in self._made:
            return
        with self._channel() as sftp:
            for name in _with_parents(self._at(path)):
                if not _is_folder(sftp, name):
                    with suppress(OSError):  # Somebody else may be faster.
                        sftp.mkdir(name, _PRIVATE if name == self._at("state") else 0o755)
            if not _is_folder(sftp, self._at(path)):
                sftp.mkdir(self._at(path))  # Once more, for its error.
        self._made.add(path)

    def list(self, path: str) -> dict[str, paramiko.SFTPAttributes]:
        """Return what is in a folder, by name; nothing where there is no such folder."""
        with self._channel(absent=True) as sftp:
            return {each.filename: each for each in sftp.listdir_attr(self._at(path))}
        return {}

    def tree(self, path: str) -> dict[str, int]:
        """Return the size of each file below a folder, by path."""
        sizes, folders = {}, [""]
        while folders:
            inside = self.together(self.list, [posixpath.join(path, each) for each in folders])
            deeper = []
            for folder in folders:
                for name, found in inside[posixpath.join(path, folder)].items():
                    place = posixpath.join(folder, name)
                    if stat.S_ISDIR(found.st_mode or 0):
                        deeper.append(place)
                    else:
                        sizes[place] = found.st_size or 0
            folders = deeper
        return sizes

    def remove(self, path: str) -> None:
        """Take a file away, if it is there."""
        with self._channel(absent=True) as sftp:
            sftp.remove(self._at(path))

    def drop(self, path: str) -> None:
        """Take a folder away with all that is in it, if it is there."""
        inside = self.list(path)
        for name, found in inside.items():
            place = posixpath.join(path, name)
            (self.drop if stat.S_ISDIR(found.st_mode or 0) else self.remove)(place)
        self._made = {each for each in self._made if not f"{each}/".startswith(f"{path}/")}
        with self._channel(absent=True) as sftp:
            sftp.rmdir(self._at(path))

    def rmdir(self, path: str) -> None:
        """Take an empty folder away; one that holds something stays."""
        with suppress(OSError), self._connection.channel() as sftp:
            sftp.rmdir(self._at(path))
            self._made.discard(path)

    def age(self, path: str) -> float | None:
        """Return a file's age in seconds, by the server's own clock."""
        trial = f"state/{uuid4().hex}.clock"
        with self._channel(absent=True) as sftp:
            changed = sftp.stat(self._at(path)).st_mtime
            with sftp.open(self._at(trial), "wb"):
                pass
            now = sftp.stat(self._at(trial)).st_mtime
            sftp.remove(self._at(trial))
            return float((now or 0) - (changed or 0))
        return None

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

    @contextmanager
    def _channel(self, *, absent: bool = False) -> Iterator[paramiko.SFTPClient]:
        """Lend a channel, and turn what goes wrong into words; ``absent`` files are no error."""
        try:
            with self._connection.channel() as sftp:
                yield sftp
        except FileNotFoundError as error:
            if not absent:
                raise explain(error, self._service) from error
        except (*BROKEN, OSError) as error:
            if not is_lost(error) and error.args and self._is_full():
                raise full(self._service) from error
            raise explain(error, self._service) from error

    def _is_full(self) -> bool:
        # The protocol has one word, Failure, for a full disk and for much else.
        try:
            with self._connection.channel() as sftp:
                answer = _extended(sftp, "statvfs@openssh.com", self._at("."))
                if answer is None:
                    return False
                _block, _fragment, _blocks, _free, available = (
                    answer.get_int64() for _ in range(5)
                )
        except (*BROKEN, SparetireError, OSError):
            return False
        return available == 0

    def _tries(self, attempt: Callable[[paramiko.SFTPClient], object]) -> bool:
        try:
            with self._connection.channel() as sftp:
                attempt(sftp)
        except OSError as error:
            if is_lost(error):
                raise explain(error, self._service) from error
            return False
        except BROKEN as error:
            raise explain(error, self._service) from error
        return True

    @contextmanager
    def _trial(self) -> Iterator[tuple[str, str]]:
        names = (f"state/{uuid4().hex}.probe", f"state/{uuid4().hex}.probe")
        self.folder("state")
        try:
            for name in names:
                self.grow(name, b"trial")
            yield names
        finally:
            for name in names:
                with suppress(HostUnreachable):
                    self.remove(name)

    def _there(self, sftp: paramiko.SFTPClient, path: str) -> bool:
        try:
            sftp.lstat(self._at(path))
        except FileNotFoundError:
            return False
        return True

    def _at(self, path: str) -> str:
        return posixpath.normpath(posixpath.join(self._service.path, path))


def _with_parents(path: str) -> list[str]:
    found = [path]
    while posixpath.dirname(found[0]) not in {"", "/", found[0]}:
        found.insert(0, posixpath.dirname(found[0]))
    return found


def _is_folder(sftp: paramiko.SFTPClient, path: str) -> bool:
    try:
        return stat.S_ISDIR(sftp.stat(path).st_mode or 0)
    except OSError as error:
        if is_lost(error) or error.errno == errno.EACCES:
            raise
        return False


def _extended(sftp: Any, name: str, *told: str | bytes) -> Message | None:  # noqa: ANN401
    # paramiko speaks one extension by itself, and has no public way to speak another.
    kind, answer = sftp._request(CMD_EXTENDED, name, *told)  # noqa: SLF001
    return answer if kind == CMD_EXTENDED_REPLY else None
