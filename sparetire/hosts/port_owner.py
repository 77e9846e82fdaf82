"""Which program answers at a port of this machine, and which port is free."""

import hashlib
import os
import socket
from collections.abc import Iterator
from contextlib import suppress
from http import HTTPStatus
from http.client import HTTPConnection, HTTPException
from pathlib import Path

__all__ = ["FOLDER", "folder_mark", "free_port", "is_free", "stranger_at"]

FOLDER = "Sparetire-Folder"
"""The header by which our own server says which folder it serves, as `folder_mark` names it."""

_SECONDS = 2.0  # a program of this machine that has not answered by then speaks no HTTP
_HIGHEST = 65_535


def folder_mark(web_root: Path) -> str:
    """Return a name for a web root that tells nothing about where it lies."""
    place = Path(os.path.realpath(web_root.parent)) / web_root.name
    return hashlib.sha256(str(place).encode()).hexdigest()[:16]


def is_free(host: str, port: int) -> bool:
    """Tell whether nothing answers at a port of this machine."""
    try:
        socket.create_connection((host, port), timeout=1).close()
    except OSError:
        return True
    return False


def free_port(first: int, taken: frozenset[int] = frozenset()) -> int:
    """Return the first port from a number upwards at which a server can begin to listen.

    Raises:
        OSError: There is none.
    """
    for port in range(first, _HIGHEST + 1):
        if port in taken or not is_free("127.0.0.1", port):
            continue
        with suppress(OSError), socket.socket() as trial:
            trial.bind(("127.0.0.1", port))
            return port
    message = f"no port from {first} upwards is free"
    raise OSError(message)


def stranger_at(host: str, port: int, web_root: Path) -> str:
    """Return which program answers in the place of ours, or nothing where none does.

    A web server of the user's own may serve the same folder: it shows the same home page, or
    has none to show before the first run.
    """
    line = HTTPConnection(host, port, timeout=_SECONDS)
    try:
        line.request("GET", "/", headers={"Host": f"localhost:{port}"})
        answer = line.getresponse()
        body = answer.read()
    except (ConnectionRefusedError, socket.gaierror):
        return ""
    except (OSError, HTTPException):
        return _named("a program that speaks no HTTP", port)
    finally:
        line.close()
    if mark := answer.headers.get(FOLDER):
        same = mark == folder_mark(web_root)
        return "" if same else _named("sparetire itself, with another folder", port)
    if answer.status in {HTTPStatus.FORBIDDEN, HTTPStatus.NOT_FOUND}:
        return ""
    with suppress(OSError):
        if answer.status == HTTPStatus.OK and body == (web_root / "index.html").read_bytes():
            return ""
    return _named(answer.headers.get("Server") or "a web server without a name", port)


def _named(said: str, port: int) -> str:
    """Add the names of the processes to what a program says of itself, where they show."""
    found = ", ".join(dict.fromkeys(_processes(port)))
    return f"{said} ({found})" if found else said


def _processes(port: int) -> Iterator[str]:
    """Yield the processes that listen at a port, as Linux shows them to their owner."""
    sockets = set(_listening(port))
    for folder in Path("/proc").glob("[0-9]*") if sockets else ():
        with suppress(OSError):
            for handle in (folder / "fd").iterdir():
                if str(handle.readlink()) in sockets:
                    yield f"{(folder / 'comm').read_text().strip()}, process {folder.name}"


def _listening(port: int) -> Iterator[str]:
    """Yield the sockets that listen at a port: ``/proc/net/tcp``, proc_pid_net(5)."""
    for table in (Path("/proc/net/tcp"), Path("/proc/net/tcp6")):
        with suppress(OSError):
            for row in table.read_text().splitlines()[1:]:
                local, state, inode = (row.split()[at] for at in (1, 3, 9))
                if state == "0A" and int(local.rpartition(":")[2], 16) == port:
                    yield f"socket:[{inode}]"
