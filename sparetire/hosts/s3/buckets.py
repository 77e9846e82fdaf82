"""The two buckets of a target, each part of them opened when it is first needed."""

from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from sparetire.config.services import S3Service
from sparetire.errors import HostUnreachable
from sparetire.hosts.guard import Guard
from sparetire.hosts.s3.client import open_client, translated
from sparetire.hosts.s3.conditions import Conditions
from sparetire.hosts.s3.direct import DirectClient
from sparetire.hosts.s3.doubt import Doubt
from sparetire.hosts.s3.errors import Asked
from sparetire.hosts.s3.history import History
from sparetire.hosts.s3.public import PublicFiles
from sparetire.hosts.s3.state import PrivateState, StateFile
from sparetire.hosts.s3.tags import Tags

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

__all__ = ["Buckets"]

_TRIES = 3
_PUTS, _RECORDS = 12, 4
"""What a launch writes at once into each of the two."""


class Buckets:
    """The public bucket, and what the private one holds.

    Args:
        service: The target's settings.
        memory: A folder of this machine to remember in what the service can do.

    Attributes:
        guard: Asked before each try of a request that changes something.
    """

    def __init__(self, service: S3Service, memory: Path | None) -> None:
        self._service = service
        self._memory = memory
        self.guard = Guard()

    @cached_property
    def client(self) -> "S3Client":
        """One connection pool for both."""
        with translated(self.asked(self._service.bucket)):
            return open_client(self._service, self.guard)

    def open_ahead(self) -> None:
        """Open as many connections as a launch will put files at once."""
        client: object = self.client
        if isinstance(client, DirectClient):
            client.open_ahead(self._service.bucket, _PUTS)
            client.open_ahead(self._service.state_bucket, _RECORDS)

    def replace(self, file: StateFile, body: bytes) -> None:
        """Write a small private file over the version that is there now.

        A machine may sleep in the middle: what arrives after another run's file is refused.

        Raises:
            Locked: Another run has the lock.
            HostUnreachable: The service refuses it each time.
        """
        for _ in range(_TRIES):
            there = file.read()
            if file.write(body, there.tag if there else None) is not None:
                return
            self.guard(at_once=True)
        raise HostUnreachable(
            f"A note was not taken by bucket {self._service.state_bucket!r}.",
            why=f"It refused {_TRIES} times, as if another request changed it each time.",
            then="Run the same command again.",
        )

    @cached_property
    def public(self) -> PublicFiles:
        """The files that everybody reads."""
        asked = self.asked(self._service.bucket)
        return PublicFiles(self.client, asked, self._service.prefix)

    @cached_property
    def state(self) -> PrivateState:
        """The files that nobody else reads."""
        asked = self.asked(self._service.state_bucket)
        folder = f"{self._service.bucket}/{self._service.prefix}"
        return PrivateState(self.client, asked, folder)

    @cached_property
    def history(self) -> History:
        """The records of all commits."""
        return History(self.state)

    @cached_property
    def tags(self) -> Tags:
        """What the service said of each file put."""
        return Tags(self.state)

    @cached_property
    def conditions(self) -> Conditions:
        """Whether writes are refused when they are asked to be."""
        trial = self.state.file("conditions.probe")
        return Conditions(trial, self.asked(self._service.state_bucket), self._memory)

    @cached_property
    def doubt(self) -> Doubt:
        """Whether public files may not be as they were put."""
        return Doubt(self.state.file("doubt"))

    def asked(self, bucket: str) -> Asked:
        """Return whom a request about a bucket asks, for messages."""
        endpoint = self._service.endpoint_url or "AWS"
        return Asked(bucket, endpoint, self._service.profile)
