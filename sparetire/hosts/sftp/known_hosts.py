"""Reads the keys of known servers, and leaves out lines that cannot be read, as ssh does."""

from base64 import b64decode
from contextlib import suppress
from pathlib import Path

import paramiko
from paramiko.hostkeys import HostKeyEntry, InvalidHostKey

__all__ = ["KNOWN_HOSTS", "learn_keys"]

KNOWN_HOSTS = ("/etc/ssh/ssh_known_hosts", "~/.ssh/known_hosts")
_HASHED = "|1|"
_SHA1 = 20  # bytes of the salt and of the hash in a hashed name


def learn_keys(keys: paramiko.HostKeys, known: str) -> list[str]:
    """Add the keys of a file, and return the places of lines that cannot be read.

    A line with a marker (``@revoked``, ``@cert-authority``) is no key that a server may show.

    Args:
        keys: The keys that are known so far; of two keys of one kind, the first counts.
        known: The name of the file; it need not exist.
    """
    unread: list[str] = []
    with suppress(OSError):
        text = Path(known).expanduser().read_text("utf-8", errors="replace")
        for number, line in enumerate(text.split("\n"), start=1):
            fields = line.split()
            if not fields or fields[0].startswith(("#", "@")):
                continue
            entry = _entry(fields)
            if entry is None:
                unread.append(f"{known}, line {number}")
                continue
            for name in entry.hostnames:
                kind = entry.key.get_name()
                if kind not in (keys.lookup(name) or ()):
                    keys.add(name, kind, entry.key)
    return unread


def _entry(fields: list[str]) -> HostKeyEntry | None:
    """Return the key of a line, or None where it cannot be read."""
    if not all(map(_is_name, fields[0].split(","))):
        return None
    try:
        return HostKeyEntry.from_line(" ".join(fields[:3]))
    except (InvalidHostKey, paramiko.SSHException, ValueError, IndexError):
        return None


def _is_name(name: str) -> bool:
    """Tell whether a name can be compared: the library fails on a damaged hashed one."""
    if not name.startswith(_HASHED):
        return True
    try:
        _, _, salt, digest = name.split("|")
        return len(b64decode(salt)) == len(b64decode(digest)) == _SHA1
    except ValueError:
        return False
