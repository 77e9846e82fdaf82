"""The bucket that the public reads."""

from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypedDict

from botocore.exceptions import ClientError

from sparetire.hosts.base import PublicFile
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
from sparetire.model.manifest import Entry

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

__all__ = ["Condition", "Found", "PublicFiles"]

_THREADS = 16
_MARK = "sparetire"
"""Metadata on each file of ours, so that a killed run's files are known without a record."""

_MOST_ASKED = 1000
"""Strangers' files that are each asked for the mark; a killed run leaves fewer."""


class Condition(TypedDict, total=False):
    """When a file may be put: only over this version, or only where there is none."""

    IfMatch: str
    IfNoneMatch: str


@dataclass(frozen=True, slots=True)
class Found:
    """A public file as it is there.

    Attributes:
        tag: Its ETag.
        mark: The hash of its bytes, if a run of ours has put it.
        served_as: Its content type and cache rule.
    """

    tag: str
    mark: str
    served_as: tuple[str, str]

    def is_from(self, entry: Entry) -> bool:
        """Tell whether a request with the bytes of a manifest's file has put it.

        Its digest went with the bytes, so that a part of them was never taken.
        """
        return self.mark == entry.sha256

    def fits(self, entry: Entry) -> bool:
        """Tell whether it has that file's headers."""
        return self.served_as == (entry.content_type, entry.cache_control)


class PublicFiles:
    """The pages under one prefix of a bucket, by their path in the site."""

    def __init__(self, client: "S3Client", asked: Asked, prefix: str) -> None:
        self._client = client
        self._asked = asked
        self._prefix = prefix

    def put(self, entry: Entry, body: bytes, condition: Condition) -> str | None:
        """Store a file with its headers, and return its ETag; None where it is refused."""
        with translated(self._asked):
            try:
                answer = self._client.put_object(
                    Bucket=self._asked.bucket,
                    Key=f"{self._prefix}{entry.path}",
                    Body=body,
                    ContentMD5=digest_of(body),
                    ContentType=entry.content_type,
                    CacheControl=entry.cache_control,
                    Metadata={_MARK: entry.sha256},
                    **condition,
                )
            except ClientError as error:
                # What is refused without a condition has another reason.
                if condition and code_of(error) in REFUSED | CONFLICT:
                    return None
                raise
        return tag_of(answer.get("ETag"), self._asked)

    def find(self, path: str) -> Found | None:
        """Return a file as it is there, or None when there is none."""
        answer = self._head(path)
        if answer is None:
            return None
        tag, marks, headers = answer
        named = {name.lower(): value for name, value in marks.items()}
        served_as = headers.get("content-type", ""), headers.get("cache-control", "")
        return Found(tag, named.get(_MARK, ""), served_as)

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

    def read(self, path: str) -> PublicFile | None:
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
        return PublicFile(body, _MARK in map(str.lower, answer[1]))

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
        key = f"{self._prefix}{path}"
        with translated(self._asked):
            try:
                self._client.delete_object(Bucket=self._asked.bucket, Key=key, IfMatch=tag)
            except ClientError as error:
                if code_of(error) in REFUSED:
                    return False
                if code_of(error) not in UNSUPPORTED:
                    raise
                self._client.delete_object(Bucket=self._asked.bucket, Key=key)
        return True

    def _marked(self, path: str) -> bool:
        answer = self._head(path)
        return answer is not None and _MARK in map(str.lower, answer[1])

    def _head(self, path: str) -> tuple[str, dict[str, str], dict[str, str]] | None:
        """Return a file's ETag, its marks and its headers."""
        with translated(self._asked):
            try:
                answer = self._client.head_object(
                    Bucket=self._asked.bucket, Key=f"{self._prefix}{path}"
                )
            except ClientError as error:
                if code_of(error) in GONE:
                    return None
                raise
        headers = answer["ResponseMetadata"]["HTTPHeaders"]
        return tag_of(answer.get("ETag"), self._asked), answer["Metadata"], headers
