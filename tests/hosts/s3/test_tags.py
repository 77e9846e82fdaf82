"""The ETags of all that was ever put, in a few short records."""

from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from sparetire.config.services import S3Service
from sparetire.hosts.s3 import S3Host
from sparetire.hosts.s3.buckets import Buckets
from sparetire.hosts.s3.pointer import Pointer, read_pointer
from sparetire.hosts.s3.tags import older_after
from sparetire.model.edition import Live
from sparetire.model.manifest import Manifest
from tests.hosts.s3.test_history import client, write_state
from tests.support.editions import edition, page_with_style, publish
from tests.support.faults import Proxy

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

__all__ = ["client"]

MANY = 20  # more than the records that stand side by side


def pointer_of(service: S3Service) -> Pointer:
    pointer = read_pointer(Buckets(service, None).state)
    assert pointer is not None
    return pointer


def test_every_file_is_known_after_any_number_of_commits(
    service: S3Service, tmp_path: Path
) -> None:
    host, lengths = S3Host(service), []
    for number in range(MANY):
        files = page_with_style(f"{number}") | {f"{number}/index.html": "page"}
        publish(host, edition(tmp_path / f"{number}", files))
        lengths.append(len(pointer_of(service).older))
    buckets, pointer = Buckets(service, None), pointer_of(service)
    assert buckets.tags.of(pointer) == buckets.public.tags()
    assert host.drift(pointer.live) == ()
    assert 1 < lengths[-1] < max(lengths) < MANY


def test_a_commit_writes_no_more_for_a_larger_site(
    behind: S3Host, line: Proxy, tmp_path: Path
) -> None:
    pages = {f"{number}/index.html": "page" for number in range(50)}
    for text in ("one", "two", "three"):
        line.seen.clear()
        publish(behind, edition(tmp_path / text, pages | page_with_style(text)))
    (written,) = [
        int(headers["Content-Length"])
        for method, path, headers in line.seen
        if method == "PUT" and "/tags/" in path
    ]
    assert written < 50 * len("0/index.html")


@pytest.mark.parametrize("damage", [b"", b"{", b"[1]"])
def test_files_of_which_no_record_tells_are_put_again(
    service: S3Service, client: "S3Client", tmp_path: Path, damage: bytes
) -> None:
    host = S3Host(service)
    first = publish(host, edition(tmp_path / "1", page_with_style("one") | {"a/x.html": "x"}))
    publish(host, edition(tmp_path / "2", page_with_style("one") | {"a/y.html": "y"}))
    write_state(service, client, f"tags/{pointer_of(service).older[0]}.json", damage)
    found = S3Host(service).read_live()
    assert found is not None
    hashes = {path: entry.sha256 for path, entry in found.manifest.entries.items()}
    assert hashes["a/y.html"]
    assert hashes["index.html"] == ""
    assert first.manifest.entries["index.html"].sha256


def test_the_first_commit_has_no_record_before_it() -> None:
    assert older_after("000001-abc", None) == ()
    nothing = Pointer(Live("", Manifest({}), 1, "", {}), (), {}, ())
    assert older_after("000002-def", nothing) == ("000002-def",)
