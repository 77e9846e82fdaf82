"""Small private files in a bucket, each replaced only by those who know its version."""

from concurrent.futures import ThreadPoolExecutor
from email.utils import parsedate_to_datetime
from random import uniform
from time import sleep
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from sparetire.hosts.lease import Kept
from sparetire.hosts.s3.client import (
    CONFLICT,
    GONE,
    REFUSED,
    UNSUPPORTED,
    digest_of,
    tag_of,
    translated,
)
from sparetire.hosts.s3.errors import Asked, code_of

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client
    from mypy_boto3_s3.type_defs import GetObjectOutputTypeDef

__all__ = ["PrivateState", "StateFile"]

_CONFLICTS = 6
_READERS = 16
_BEHIND_ITS_END = {"416", "InvalidRange"}


class StateFile:
    """One key of the state bucket, as a `Slot` that a lease can stand in."""

    def __init__(self, client: "S3Client", asked: Asked, key: str) -> None:
        self._client = client
        self._asked = asked
        self._key = key

    def read(self, part: tuple[int, int] | None = None) -> Kept | None:
        """Return the file, or None when there is none; its age is told by the host's clock.

        Args:
            part: Where to begin, and how many bytes to return; a file may end among them.
        """
        with translated(self._asked):
            try:
                answer = self._get(part)
                body = answer["Body"].read()
            except ClientError as error:
                if code_of(error) in GONE | _BEHIND_ITS_END:
                    return None
                raise
        tag = tag_of(answer.get("ETag"), self._asked)
        date = parsedate_to_datetime(answer["ResponseMetadata"]["HTTPHeaders"]["date"])
        return Kept(body, tag, (date - answer["LastModified"]).total_seconds())

    def write(self, body: bytes, replaces: str | None) -> str | None:
        """Create the file, or replace one version of it; None when another was faster.

        A service that takes no conditions is asked what is there instead, just before.
        """
        with translated(self._asked):
            try:
                return self.write_if(body, replaces)
            except ClientError as error:
                if code_of(error) not in UNSUPPORTED:
                    raise
        if self._tag() != replaces:
            return None
        return self.overwrite(body)

    def write_if(self, body: bytes, replaces: str | None) -> str | None:
        """Do the same under a condition, which only some services take.

        Raises:
            ClientError: The service answers with an error.
        """
        for tries in range(1, _CONFLICTS + 1):
            try:
                return self._put(body, replaces)
            except ClientError as error:
                if code_of(error) in REFUSED:
                    return None
                if code_of(error) not in CONFLICT:
                    raise
            sleep(uniform(0.05, 0.2) * tries)  # noqa: S311  spreads rivals, keeps no secret
        return None

    def overwrite(self, body: bytes) -> str:
        """Write the file, whatever is there, and return its ETag."""
        with translated(self._asked):
            answer = self._client.put_object(
                Bucket=self._asked.bucket, Key=self._key, Body=body, ContentMD5=digest_of(body)
            )
        return tag_of(answer.get("ETag"), self._asked)

    def delete(self, tag: str | None) -> None:
        """Remove one version of the file, or whatever is there."""
        with translated(self._asked):
            try:
                if tag is None:
                    self._client.delete_object(Bucket=self._asked.bucket, Key=self._key)
                else:
                    self._client.delete_object(
                        Bucket=self._asked.bucket, Key=self._key, IfMatch=tag
                    )
            except ClientError as error:
                if code_of(error) in UNSUPPORTED and tag is not None:
                    if self._tag() == tag:
                        self.delete(None)
                elif code_of(error) not in REFUSED:
                    raise

    def _tag(self) -> str | None:
        kept = self.read()
        return kept.tag if kept else None

    def _get(self, part: tuple[int, int] | None) -> "GetObjectOutputTypeDef":
        bucket, key = self._asked.bucket, self._key
        if part is None:
            return self._client.get_object(Bucket=bucket, Key=key)
        begin, size = part
        span = f"bytes={begin}-{begin + size - 1}"
        return self._client.get_object(Bucket=bucket, Key=key, Range=span)

    def _put(self, body: bytes, replaces: str | None) -> str:
        bucket, key, digest = self._asked.bucket, self._key, digest_of(body)
        if replaces is None:
            answer = self._client.put_object(
                Bucket=bucket, Key=key, Body=body, ContentMD5=digest, IfNoneMatch="*"
            )
        else:
            answer = self._client.put_object(
                Bucket=bucket, Key=key, Body=body, ContentMD5=digest, IfMatch=replaces
            )
        return tag_of(answer.get("ETag"), self._asked)


class PrivateState:
    """All small files of one site: they are kept under one folder of the state bucket."""

    def __init__(self, client: "S3Client", asked: Asked, folder: str) -> None:
        self._client = client
        self._asked = asked
        self._folder = folder

    def file(self, name: str) -> StateFile:
        """Return the file of a name."""
        return StateFile(self._client, self._asked, self.key(name))

    def key(self, name: str) -> str:
        """Return the name of a file in the bucket."""
        return f"{self._folder}{name}"

    def place(self, name: str) -> str:
        """Say where a file is, for messages."""
        return f"s3://{self._asked.bucket}/{self.key(name)}"

    def names(self, start: str) -> list[str]:
        """List the files whose names begin so."""
        pages = self._client.get_paginator("list_objects_v2")
        with translated(self._asked):
            return [
                each["Key"].removeprefix(self._folder)
                for page in pages.paginate(Bucket=self._asked.bucket, Prefix=self.key(start))
                for each in page.get("Contents", [])
            ]

    def bodies(self, start: str) -> dict[str, bytes]:
        """Return every file whose name begins so."""
        names = self.names(start)
        with ThreadPoolExecutor(_READERS, "read") as pool:
            read = pool.map(lambda name: self.file(name).read(), names)
            return {name: kept.body for name, kept in zip(names, read, strict=True) if kept}
