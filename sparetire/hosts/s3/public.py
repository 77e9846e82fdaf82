"""The bucket that the public reads."""

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING

from botocore.exceptions import ClientError

from sparetire.hosts.base import Found
from sparetire.hosts.s3.client import GONE, REFUSED, digest_of, tag_of, translated
from sparetire.hosts.s3.errors import Asked, code_of
from sparetire.model.manifest import Entry

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

__all__ = ["PublicFiles"]

_THREADS = 16
_MARK = "sparetire"
"""Metadata on each file of ours, so that a killed run's files are known without a record."""

_MOST_ASKED = 1000
"""Strangers' files that are each asked for the mark; a killed run leaves fewer."""


class PublicFiles:
    """The pages under one prefix of a bucket, by their path in the site."""

    def __init__(self, client: "S3Client", asked: Asked, prefix: str) -> None:
        self._client = client
        self._asked = asked
        self._prefix = prefix

    def put(self, entry: Entry, body: bytes) -> str:
        """Store a file with its headers, and return its ETag."""
        with translated(self._asked):
            answer = self._client.put_object(
                Bucket=self._asked.bucket,
                Key=f"{self._prefix}{entry.path}",
                Body=body,
                ContentMD5=digest_of(body),
                ContentType=entry.content_type,
                CacheControl=entry.cache_control,
                Metadata={_MARK: entry.sha256},
            )
        return tag_of(answer.get("ETag"), self._asked)

    def tags(self) -> dict[str, str]:
        """Return what is there, each path with its ETag."""
        found = {}
        pages = self._client.get_paginator("list_objects_v2")
        with translated(self._asked):
            for page in pages.paginate(Bucket=self._asked.bucket, Prefix=self._prefix):
                for each in page.get("Contents", []):
                    # Some services leave the quotes out here, and nowhere else.
                    tag = f'"{each["ETag"].strip(chr(34))}"'
                    found[each["Key"].removeprefix(self._prefix)] = tag
        return found

    def remove(self, tags: Mapping[str, str]) -> tuple[str, ...]:
        """Take away those files that still are the version given, and return their paths."""
        with ThreadPoolExecutor(_THREADS, "remove") as pool:
            taken = pool.map(self._remove, tags, tags.values())
            return tuple(path for path, gone in zip(tags, taken, strict=True) if gone)

    def read(self, path: str) -> Found | None:
        """Return a file as it is, or None where it is gone; ours carry our mark."""
        answer = self._head(path)
        if answer is None:
            return None
        with translated(self._asked):
            try:
                kept = self._client.get_object(
                    Bucket=self._asked.bucket, Key=f"{self._prefix}{path}"
                )
                body = kept["Body"].read()
            except ClientError as error:
                if code_of(error) in GONE:
                    return None
                raise
        return Found(body, _MARK in map(str.lower, answer[1]))

    def of_others(self, paths: Iterable[str]) -> Iterator[str]:
        """Yield the files that do not carry our mark."""
        paths = list(paths)
        if len(paths) > _MOST_ASKED:
            yield from paths
            return
        with ThreadPoolExecutor(_THREADS, "look") as pool:
            for path, ours in zip(paths, pool.map(self._marked, paths), strict=True):
                if not ours:
                    yield path

    def _remove(self, path: str, tag: str) -> bool:
        # Looked at first, too: some services take the condition and ignore it.
        answer = self._head(path)
        if answer is None or answer[0] != tag:
            return False
        with translated(self._asked):
            try:
                self._client.delete_object(
                    Bucket=self._asked.bucket, Key=f"{self._prefix}{path}", IfMatch=tag
                )
            except ClientError as error:
                if code_of(error) not in REFUSED:
                    raise
                return False
        return True

    def _marked(self, path: str) -> bool:
        answer = self._head(path)
        return answer is not None and _MARK in map(str.lower, answer[1])

    def _head(self, path: str) -> tuple[str, dict[str, str]] | None:
        with translated(self._asked):
            try:
                answer = self._client.head_object(
                    Bucket=self._asked.bucket, Key=f"{self._prefix}{path}"
                )
            except ClientError as error:
                if code_of(error) in GONE:
                    return None
                raise
        return tag_of(answer.get("ETag"), self._asked), answer["Metadata"]
