"""What OpenSSH adds to SFTP, and many other servers know as well.

https://github.com/openssh/openssh-portable/blob/master/PROTOCOL, section 4.
"""

from typing import Any

import paramiko
from paramiko.message import Message
from paramiko.sftp import CMD_EXTENDED, CMD_EXTENDED_REPLY

__all__ = ["has_room", "link", "sync"]

_LEAST = 16
"""Free blocks that are too few for a page: a write that failed gives some back."""


def link(sftp: paramiko.SFTPClient, path: str, to: str) -> None:
    """Give a file a second name.

    Raises:
        OSError: The server refuses, or does not know how.
    """
    _extended(sftp, "hardlink@openssh.com", path, to)


def sync(sftp: paramiko.SFTPClient, file: paramiko.SFTPFile) -> None:
    """Make the bytes of an open file survive a power cut.

    Raises:
        OSError: The server refuses, or does not know how.
    """
    _extended(sftp, "fsync@openssh.com", file.handle)


def has_room(sftp: paramiko.SFTPClient, path: str) -> bool:
    """Tell whether the disk takes more bytes.

    Raises:
        OSError: The server does not say.
    """
    answer = _extended(sftp, "statvfs@openssh.com", path)
    if answer is None:
        return True
    _block, _fragment, _blocks, _free, available = (answer.get_int64() for _ in range(5))
    return available > _LEAST


def _extended(sftp: Any, name: str, *told: object) -> Message | None:  # noqa: ANN401  private type
    # paramiko speaks one extension by itself, and has no public way to speak another.
    kind, answer = sftp._request(CMD_EXTENDED, name, *told)  # noqa: SLF001  no public way
    return answer if kind == CMD_EXTENDED_REPLY else None
