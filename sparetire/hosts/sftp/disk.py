"""Files on the server: written whole or not at all, linked, listed, taken away."""

import errno
import posixpath
import stat
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from functools import cached_property
from uuid import uuid4

import paramiko

from sparetire.errors import HostUnreachable
from sparetire.hosts.sftp.errors import full, is_lost, lost
from sparetire.hosts.sftp.extensions import link, sync
from sparetire.hosts.sftp.requests import Requests

__all__ = ["Disk"]

_PRIVATE = 0o700
_RIVALS = 3
"""How often a name may be let go of in the moment between a refusal and a look at it."""


class Disk:
    """The part of the server's disk that a target uses; paths start at the target's folder.

    Args:
        requests: Sends what is asked.
        guard: Asked before each request that changes something.
    """

    def __init__(self, requests: Requests, guard: Callable[[], None] = lambda: None) -> None:
        self.requests = requests
        self._guard = guard
        self._at = requests.at
        self._made: set[str] = set()

    @cached_property
    def replaces(self) -> bool:
        """Whether a rename may take the place of a file at once: tried out, once."""
        with self._trial() as (one, two):
            return self.requests.tries(
                lambda sftp: sftp.posix_rename(self._at(one), self._at(two))
            )

    @cached_property
    def refuses(self) -> bool:
        """Whether a plain rename leaves a file of that name alone: what locks are made of."""
        with self._trial() as (one, two):
            return not self.requests.tries(
                lambda sftp: sftp.rename(self._at(one), self._at(two))
            )

    @cached_property
    def links(self) -> bool:
        """Whether links can be made, and switched at once."""
        trial = f"state/{uuid4().hex}.link"
        self.folder("state")
        made = self.requests.tries(lambda sftp: sftp.symlink("../releases", self._at(trial)))
        self.remove(trial)
        return made and self.replaces

    def read(self, path: str) -> bytes | None:
        """Return a file's bytes, or None when there is none."""

        def fetch(sftp: paramiko.SFTPClient) -> bytes:
            with sftp.open(self._at(path), "rb") as file:
                file.prefetch()
                return file.read()

        return self.requests.if_there(fetch)

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
        self._guard()
        with self.requests.channel() as sftp:
            with sftp.open(self._at(path), "wb") as file:
                file.set_pipelined(pipelined=True)
                file.write(body)
                file.set_pipelined(pipelined=False)
                with suppress(OSError):  # An extension: some servers know it.
                    sync(sftp, file)
            kept = sftp.stat(self._at(path)).st_size
        if kept != len(body):
            raise full(self.requests.service)

    def move(self, path: str, to: str) -> None:
        """Rename over what is there, at once where the server can."""
        at_once = self.replaces
        self._guard()
        with self.requests.channel() as sftp:
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
        self._guard()
        with self.requests.channel() as sftp:
            for left in reversed(range(_RIVALS)):
                try:
                    sftp.rename(self._at(path), self._at(to))
                except OSError as error:
                    if not is_lost(error) and self._there(sftp, to):
                        return False
                    # A rival may have let go of the name just now: then it can be had.
                    if is_lost(error) or not left:
                        raise
                else:
                    return True
        return False

    def link(self, path: str, to: str) -> None:
        """Give a file a second name, or a copy where the server knows no second names."""
        self._guard()
        if self.requests.tries(lambda sftp: link(sftp, self._at(path), self._at(to))):
            return
        body = self.read(path)
        if body is None:
            raise lost(path)
        self.grow(to, body)

    def point(self, path: str, to: str) -> None:
        """Make a link to a folder take the place of another."""
        part = "state/current.part"
        self.remove(part)
        with self.requests.channel() as sftp:
            sftp.symlink(to, self._at(part))
            self._guard()  # This rename is the switch: a machine may sleep just before it.
            sftp.posix_rename(self._at(part), self._at(path))

    def target(self, path: str) -> str | None:
        """Return where a link points to, or None where there is no link."""

        def look(sftp: paramiko.SFTPClient) -> str | None:
            if stat.S_ISLNK(sftp.lstat(self._at(path)).st_mode or 0):
                return sftp.readlink(self._at(path))
            return None

        return self.requests.if_there(look)

    def folder(self, path: str) -> None:
        """Make a folder and those above it; ``state`` is for us alone."""
        if path in self._made:
            return
        self._guard()
        with self.requests.channel() as sftp:
            for name in _with_parents(self._at(path)):
                if not _is_folder(sftp, name):
                    with suppress(OSError):  # Somebody else may be faster.
                        sftp.mkdir(name, _PRIVATE if name == self._at("state") else 0o755)
            if not _is_folder(sftp, self._at(path)):
                sftp.mkdir(self._at(path))  # Once more, for its error.
        self._made.add(path)

    def list(self, path: str) -> dict[str, paramiko.SFTPAttributes]:
        """Return what is in a folder, by name; nothing where there is no such folder."""
        found = self.requests.if_there(lambda sftp: sftp.listdir_attr(self._at(path)))
        return {each.filename: each for each in found or ()}

    def tree(self, path: str) -> dict[str, int]:
        """Return the size of each file below a folder, by path."""
        sizes, folders = {}, [""]
        while folders:
            inside = self.requests.together(
                self.list, [posixpath.join(path, each) for each in folders]
            )
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
        self._guard()
        self.requests.if_there(lambda sftp: sftp.remove(self._at(path)))

    def drop(self, path: str) -> None:
        """Take a folder away with all that is in it, if it is there."""
        inside = self.list(path)
        for name, found in inside.items():
            place = posixpath.join(path, name)
            (self.drop if stat.S_ISDIR(found.st_mode or 0) else self.remove)(place)
        self._made = {each for each in self._made if not f"{each}/".startswith(f"{path}/")}
        self._guard()
        self.requests.if_there(lambda sftp: sftp.rmdir(self._at(path)))

    def rmdir(self, path: str) -> None:
        """Take an empty folder away; one that holds something stays."""
        self._guard()
        if self.requests.tries(lambda sftp: sftp.rmdir(self._at(path))):
            self._made.discard(path)

    def age(self, path: str) -> float | None:
        """Return a file's age in seconds, by the server's own clock."""
        trial = f"state/{uuid4().hex}.clock"

        def compare(sftp: paramiko.SFTPClient) -> float:
            changed = sftp.stat(self._at(path)).st_mtime
            with sftp.open(self._at(trial), "wb"):
                pass
            now = sftp.stat(self._at(trial)).st_mtime
            sftp.remove(self._at(trial))
            return float((now or 0) - (changed or 0))

        return self.requests.if_there(compare)

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
