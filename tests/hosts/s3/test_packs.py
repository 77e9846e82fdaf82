"""Bodies that are kept for the way back, many in one object."""

import hashlib
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
import pytest

from sparetire.config.services import S3Service
from sparetire.hosts.base import Commit, Upload
from sparetire.hosts.s3 import S3Host
from sparetire.hosts.s3.buckets import Buckets
from sparetire.hosts.s3.packs import Packs
from sparetire.stages.plan import make_plan
from sparetire.stages.push import Push
from tests.support.editions import AT, HOLDER, edition, page_with_style, publish
from tests.support.faults import Proxy

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client


@pytest.fixture
def client(service: S3Service) -> Iterator["S3Client"]:
    client = boto3.client("s3", endpoint_url=service.endpoint_url, region_name="us-east-1")
    yield client
    client.close()


@pytest.fixture
def packs(service: S3Service) -> Packs:
    return Packs(Buckets(service, None).state)


def bodies(folder: Path, files: Mapping[str, str]) -> list[Upload]:
    site = edition(folder, files)
    return [Upload(entry, site.file(entry)) for entry in site.manifest.entries.values()]


def hash_of(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def names(service: S3Service, client: "S3Client") -> list[str]:
    start = f"{service.bucket}/{service.prefix}packs/"
    listed = client.list_objects_v2(Bucket=service.state_bucket, Prefix=start)
    return [each["Key"].removeprefix(start) for each in listed.get("Contents", [])]


def test_bodies_come_back_as_they_were(packs: Packs, tmp_path: Path) -> None:
    files = {"a.html": "<p>Évitez le port" * 1000, "empty.txt": "", "b/index.html": "\n{}\n"}
    packs.keep("000001-one", bodies(tmp_path, files))
    for text in files.values():
        assert packs.read(hash_of(text)) == text.encode()
    assert packs.read(hash_of("nobody's")) is None


def test_a_body_is_found_that_was_kept_after_a_look(packs: Packs, tmp_path: Path) -> None:
    packs.keep("000001-one", bodies(tmp_path / "1", {"a.html": "one"}))
    assert packs.read(hash_of("two")) is None
    packs.keep("000002-two", bodies(tmp_path / "2", {"a.html": "two"}))
    assert packs.read(hash_of("two")) == b"two"


def test_many_bodies_take_several_packs(
    packs: Packs, service: S3Service, client: "S3Client", tmp_path: Path
) -> None:
    files = {f"{number}.html": f"page {number}" for number in range(300)}
    files["large.txt"] = "a long text " * 400_000
    packs.keep("000001-one", bodies(tmp_path, files))
    assert len(names(service, client)) == 3
    for text in files.values():
        assert packs.read(hash_of(text)) == text.encode()


def test_a_pack_goes_once_nothing_in_it_is_needed(packs: Packs, tmp_path: Path) -> None:
    packs.keep("000001-one", bodies(tmp_path / "1", {"a.html": "one", "b.html": "both"}))
    packs.keep("000002-two", bodies(tmp_path / "2", {"a.html": "two"}))
    assert packs.without({hash_of("both")}) == ["packs/000002-two-0"]
    packs.delete("packs/000002-two-0")
    assert packs.read(hash_of("two")) is None
    assert packs.read(hash_of("both")) == b"both"


@pytest.mark.parametrize("damage", [b"", b"{", b"[]\n", b'{"a": 1}\n', b"\xff\n"])
def test_a_damaged_pack_has_nothing(
    packs: Packs, service: S3Service, client: "S3Client", tmp_path: Path, damage: bytes
) -> None:
    packs.keep("000001-one", bodies(tmp_path / "1", {"a.html": "one"}))
    packs.keep("000002-two", bodies(tmp_path / "2", {"a.html": "two"}))
    key = f"{service.bucket}/{service.prefix}packs/000002-two-0"
    client.put_object(Bucket=service.state_bucket, Key=key, Body=damage)
    assert packs.read(hash_of("one")) == b"one"
    assert packs.read(hash_of("two")) is None


def test_a_body_that_rotted_has_no_bytes_that_fit(
    packs: Packs, service: S3Service, client: "S3Client", tmp_path: Path
) -> None:
    packs.keep("000001-one", bodies(tmp_path, {"a.html": "one"}))
    key = f"{service.bucket}/{service.prefix}packs/000001-one-0"
    kept = client.get_object(Bucket=service.state_bucket, Key=key)["Body"].read()
    spoilt = kept[:-4] + b"\0\0\0\0"
    client.put_object(Bucket=service.state_bucket, Key=key, Body=spoilt)
    assert packs.read(hash_of("one")) == b""


def test_a_publish_puts_each_file_once_and_keeps_all_in_one_request(
    behind: S3Host, line: Proxy, tmp_path: Path
) -> None:
    publish(behind, edition(tmp_path / "one", page_with_style("one")))
    site = edition(tmp_path / "two", page_with_style("two"))
    with behind.lock(HOLDER):
        live = behind.read_live()
        push = Push(
            site,
            make_plan("bucket", site.manifest, live),
            behind,
            Commit(site.manifest, live, {}, AT),
        )
        line.seen.clear()
        push.send(lambda _event: None)
        push.commit()
    put = [path for method, path, _ in line.seen if method == "PUT"]
    kinds = ("packs/", "manifests/", "commits/", "tags/", "live.json")
    assert [sum(kind in path for path in put) for kind in kinds] == [1] * len(kinds)
    assert len(put) == len(kinds) + 2  # a page and its style
    for past in behind.past():
        for entry in behind.manifest(past).entries.values():
            assert hashlib.sha256(behind.fetch(past, entry)).hexdigest() == entry.sha256
