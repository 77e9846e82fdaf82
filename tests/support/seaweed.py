"""A real S3 server on loopback: SeaweedFS, with one public and one private bucket."""

import json
import shutil
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from random import sample

import boto3
import pytest
from botocore.config import Config
from botocore.exceptions import BotoCoreError, ClientError

from tests.support.orphans import ENDS_WITH_TESTS

__all__ = ["Seaweed", "seaweed", "seaweed_server"]

ACCESS_KEY = "AKIDTESTADMINISTRATOR"
SECRET_KEY = "not-a-secret-only-for-loopback"  # noqa: S105  the server is ours
BUCKET = "site"
STATE_BUCKET = "site-state"
# Each server listens twice: gRPC takes the port of the same server plus this.
GRPC = 10_000
STARTS_WITHIN = 60.0


@dataclass(frozen=True, slots=True)
class Seaweed:
    """Where the server is, and who may write there."""

    endpoint_url: str
    access_key: str = ACCESS_KEY
    secret_key: str = SECRET_KEY
    bucket: str = BUCKET
    state_bucket: str = STATE_BUCKET


@pytest.fixture(scope="session")
def seaweed_server() -> Iterator[Seaweed]:
    """Share one server between the tests that ask for it; each takes a prefix of its own."""
    with seaweed() as server:
        yield server


@contextmanager
def seaweed() -> Iterator[Seaweed]:
    """Run a server while the context is open; anybody may read, not list, its public bucket."""
    folder = Path(tempfile.mkdtemp(prefix="seaweed-"))
    s3, command = _command(folder)
    with (folder / "log").open("wb") as log:
        # In a session of its own, it is not told of a Ctrl-C that is meant for the tests.
        process = subprocess.Popen(
            command, stdout=log, stderr=log, cwd=folder, start_new_session=True
        )
    try:
        server = Seaweed(f"http://127.0.0.1:{s3}")
        _create_buckets(server, process, folder / "log")
        yield server
    finally:
        process.kill()
        process.wait()
        shutil.rmtree(folder, ignore_errors=True)


def _command(folder: Path) -> tuple[int, list[str]]:
    master, volume, filer, s3 = _ports(4)
    identities = folder / "identities.json"
    identities.write_text(json.dumps(_identities()), encoding="utf-8")
    binary = shutil.which("weed", path=str(Path(sys.executable).parent)) or "weed"
    flags = {
        "dir": folder,
        "ip": "127.0.0.1",
        "ip.bind": "127.0.0.1",
        "master.port": master,
        "master.telemetry": "false",
        "master.volumeSizeLimitMB": 64,
        "volume.port": volume,
        "volume.max": 100,
        "filer.port": filer,
        "s3": "true",
        "s3.port": s3,
        # Fixed ports of services that we do not use would keep a second server from starting.
        "s3.port.iceberg": 0,
        "s3.port.lance": 0,
        "s3.config": identities,
        "s3.autoCreateBucket": "false",
    }
    settings = [f"-{flag}={value}" for flag, value in flags.items()]
    return s3, [*ENDS_WITH_TESTS, binary, "server", *settings]


def _identities() -> dict[str, object]:
    admin = {
        "name": "admin",
        "credentials": [{"accessKey": ACCESS_KEY, "secretKey": SECRET_KEY}],
        "actions": ["Admin", "Read", "List", "Tagging", "Write"],
    }
    return {"identities": [admin, {"name": "anonymous", "actions": [f"Read:{BUCKET}"]}]}


def _ports(count: int) -> list[int]:
    """Find free ports whose gRPC twins are free too, below those that the system gives out."""
    found: list[int] = []
    with ExitStack() as held:
        for port in sample(range(12_000, 22_000), 1_000):
            with suppress(OSError):
                for twin in (port, port + GRPC):
                    held.enter_context(closing(socket.create_server(("127.0.0.1", twin))))
                found.append(port)
            if len(found) == count:
                return found
    message = "no free ports on the loopback address"
    raise RuntimeError(message)


def _create_buckets(server: Seaweed, process: subprocess.Popen[bytes], log: Path) -> None:
    client = boto3.client(
        "s3",
        endpoint_url=server.endpoint_url,
        aws_access_key_id=server.access_key,
        aws_secret_access_key=server.secret_key,
        region_name="us-east-1",
        config=Config(
            s3={"addressing_style": "path"}, retries={"total_max_attempts": 1}, read_timeout=10
        ),
    )
    missing = [server.bucket, server.state_bucket]
    deadline = time.monotonic() + STARTS_WITHIN
    while missing:
        try:
            client.create_bucket(Bucket=missing[-1])
            # A volume is grown at the first write, which may fail while the server starts.
            client.put_object(Bucket=missing[-1], Key="ready", Body=b"ready")
            missing.pop()
        except (BotoCoreError, ClientError) as error:
            if isinstance(error, ClientError) and "BucketAlready" in str(error):
                continue
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(log.read_text(errors="replace")[-4000:]) from error
            time.sleep(0.1)
    client.close()
