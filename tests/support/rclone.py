"""An S3 server that takes conditions and ignores them: rclone before a folder."""

import shutil
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from socket import create_connection

from tests.support.orphans import ENDS_WITH_TESTS
from tests.support.ports import free_port

__all__ = ["rclone_server"]

ACCESS_KEY = "AKIDOFRCLONE"
SECRET_KEY = "not-a-secret-either"  # noqa: S105  the server is ours
STARTS_WITHIN = 30.0


@contextmanager
def rclone_server(folder: Path, *buckets: str) -> Iterator[str]:
    """Serve a folder on loopback while the context is open, and return the address."""
    for bucket in buckets:
        (folder / bucket).mkdir(parents=True)
    port = free_port()
    binary = shutil.which("rclone", path=str(Path(sys.executable).parent)) or "rclone"
    process = subprocess.Popen(
        [
            *(*ENDS_WITH_TESTS, binary, "serve", "s3", str(folder)),
            *("--config", str(folder / "none.conf")),
            *("--addr", f"127.0.0.1:{port}", "--auth-key", f"{ACCESS_KEY},{SECRET_KEY}"),
        ],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    )
    try:
        _wait(port, process)
        yield f"http://127.0.0.1:{port}"
    finally:
        process.kill()
        process.wait()


def _wait(port: int, process: subprocess.Popen[bytes]) -> None:
    deadline = time.monotonic() + STARTS_WITHIN
    while True:
        try:
            create_connection(("127.0.0.1", port), timeout=1).close()
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise
            time.sleep(0.05)
        else:
            return
