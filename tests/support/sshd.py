"""A real OpenSSH server on loopback, with keys of its own, run by whoever runs the tests."""

import getpass
import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import paramiko
import pytest

from sparetire.config.services import SftpService
from tests.support.orphans import ENDS_WITH_TESTS
from tests.support.ports import free_port

__all__ = ["Sshd", "needs_sshd", "sftp_service", "sshd"]

_STARTS_WITHIN = 20.0
_BINARY = shutil.which("sshd", path=f"{os.environ.get('PATH', '')}:/usr/sbin:/usr/local/sbin")
_SFTP = next(
    (
        path
        for path in ("/usr/lib/openssh/sftp-server", "/usr/libexec/openssh/sftp-server")
        if Path(path).exists()
    ),
    "internal-sftp",
)

needs_sshd = pytest.mark.skipif(
    _BINARY is None, reason="there is no OpenSSH server here: install openssh-server"
)


@dataclass(frozen=True, slots=True)
class Sshd:
    """Where the server is, and the key that it lets in."""

    port: int
    key: Path
    known_hosts: Path


def sftp_service(server: Sshd, root: Path, **changes: object) -> SftpService:
    """Return the settings of a folder at the server."""
    return SftpService.model_validate(
        {
            "host": "sftp",
            "url": "http://127.0.0.1:1",
            "server": "127.0.0.1",
            "port": server.port,
            "user": getpass.getuser(),
            "path": str(root),
            "key": str(server.key),
            **changes,
        }
    )


@contextmanager
def sshd(
    folder: Path, patch: pytest.MonkeyPatch, *, denied: str = "", before: tuple[str, ...] = ()
) -> Iterator[Sshd]:
    """Run a server while the context is open, known to a home of the test's own.

    Args:
        folder: For its files; it need not exist.
        patch: Gives the test a home with a ``known_hosts`` in it.
        denied: Requests that it refuses as unsupported, in the words of ``sftp-server -P``.
        before: A program to start the SFTP server with.
    """
    folder.mkdir(parents=True)
    host_key, user_key = paramiko.ECDSAKey.generate(), paramiko.ECDSAKey.generate()
    host_key.write_private_key_file(str(folder / "host_key"))
    user_key.write_private_key_file(str(folder / "user_key"))
    _write(folder / "authorized", f"{user_key.get_name()} {user_key.get_base64()}\n")
    port = free_port()
    home = folder / "home"
    known = home / ".ssh/known_hosts"
    _write(known, f"[127.0.0.1]:{port} {host_key.get_name()} {host_key.get_base64()}\n")
    patch.setenv("HOME", str(home))
    patch.delenv("SSH_AUTH_SOCK", raising=False)
    _write(
        folder / "config", _config(folder, port, " ".join([*before, _SFTP, *_flags(denied)]))
    )
    if os.geteuid() == 0:  # It drops its rights into this folder, even where it is not used.
        Path("/run/sshd").mkdir(mode=0o755, exist_ok=True)
    settings = str((folder / "config").absolute())
    with (folder / "log").open("wb") as log:
        process = subprocess.Popen(
            [*ENDS_WITH_TESTS, str(_BINARY), "-D", "-e", "-f", settings],
            stderr=log,
            start_new_session=True,
        )
    try:
        _await(port, process, folder / "log")
        yield Sshd(port, folder / "user_key", known)
    finally:
        process.kill()
        process.wait()


def _flags(denied: str) -> list[str]:
    return ["-P", denied] if denied else []


def _config(folder: Path, port: int, sftp: str) -> str:
    return f"""
ListenAddress 127.0.0.1:{port}
HostKey {folder}/host_key
PidFile none
AuthorizedKeysFile {folder}/authorized
StrictModes no
UsePAM no
PasswordAuthentication no
KbdInteractiveAuthentication no
PermitRootLogin yes
MaxStartups 100
Subsystem sftp {sftp}
"""


def _await(port: int, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + _STARTS_WITHIN
    while True:
        with suppress(OSError), socket.create_connection(("127.0.0.1", port), timeout=1):
            return
        if process.poll() is not None or time.monotonic() > deadline:
            raise RuntimeError(log.read_text(errors="replace")[-4000:])
        time.sleep(0.02)


def _write(path: Path, text: str) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
