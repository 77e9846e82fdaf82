"""Rivals for the lock file of a server that has no conditional writes."""

from collections.abc import Iterator
from pathlib import Path
from threading import Event, Thread

import paramiko
import pytest

from sparetire.config.services import SftpService
from sparetire.hosts.sftp.connection import Connection
from sparetire.hosts.sftp.disk import Disk
from sparetire.hosts.sftp.requests import Requests
from sparetire.hosts.sftp.slot import LockFile
from tests.support.sshd import needs_sshd, sftp_service, sshd

pytestmark = needs_sshd


class SlowDisk(Disk):
    """Writes over a file only when it is told to, so that others come in between."""

    def __init__(self, requests: Requests) -> None:
        super().__init__(requests)
        self.read_it, self.may_write = Event(), Event()

    def write(self, path: str, body: bytes, scratch: str = "") -> None:
        """Replace a file, in its time."""
        self.read_it.set()
        self.may_write.wait(60)
        super().write(path, body, scratch)


@pytest.fixture
def service(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[SftpService]:
    with sshd(tmp_path / "sshd", monkeypatch) as server:
        yield sftp_service(server, tmp_path / "target")


def requests_to(service: SftpService) -> Requests:
    return Requests(service, Connection(service))


def test_a_lock_that_was_let_go_of_is_not_brought_back_by_who_asks_for_it(
    service: SftpService,
) -> None:
    ours, slow = LockFile(Disk(requests_to(service))), SlowDisk(requests_to(service))
    tag = ours.write(b"held by a run that can wait", None)
    assert tag is not None
    asking = Thread(target=LockFile(slow).write, args=(b"wanted", tag))
    leaving = Thread(target=ours.delete, args=(tag,))
    asking.start()
    assert slow.read_it.wait(60)  # It has seen the lock, and not yet written over it.
    leaving.start()
    leaving.join(0.5)
    assert leaving.is_alive()
    slow.may_write.set()
    asking.join(60)
    leaving.join(60)
    left = ours.read()
    assert left is not None  # Whoever lets go looks once more, as `Lease` does.
    ours.delete(left.tag)
    assert ours.read() is None


class HastyDisk(Disk):
    """A rival lets go of the name at the worst moment."""

    def __init__(self, requests: Requests, taken: Path) -> None:
        super().__init__(requests)
        self._taken = taken

    def _there(self, sftp: paramiko.SFTPClient, path: str) -> bool:
        self._taken.unlink()
        return super()._there(sftp, path)


def test_a_name_that_a_rival_lets_go_of_meanwhile_can_be_had(
    service: SftpService, tmp_path: Path
) -> None:
    taken = tmp_path / "target/state/lock.json"
    taken.parent.mkdir(parents=True)
    taken.write_bytes(b"a rival's")
    slot = LockFile(HastyDisk(requests_to(service), taken))
    assert slot.write(b"ours", None) is not None
    assert taken.read_bytes() == b"ours"
