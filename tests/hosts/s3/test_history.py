"""What a bucket remembers, what it takes away again, and whose files it knows."""

import gzip
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import boto3
import pytest

from sparetire.config.services import S3Service
from sparetire.errors import ConfigurationFault, SparetireError
from sparetire.hosts.s3 import S3Host
from sparetire.hosts.s3.lists import list_name, packed, unpacked
from sparetire.model.edition import Live, Past
from sparetire.model.manifest import Manifest
from tests.support.editions import edition, page_with_style, publish, uploads
from tests.support.faults import Answer, Proxy

if TYPE_CHECKING:
    from mypy_boto3_s3.client import S3Client

NOTHING = Live("", Manifest({}), 0, "", {})


@pytest.fixture
def client(service: S3Service) -> Iterator["S3Client"]:
    client = boto3.client("s3", endpoint_url=service.endpoint_url, region_name="us-east-1")
    yield client
    client.close()


def numbers(past: tuple[Past, ...]) -> list[int]:
    return [each.counter for each in past]


def test_a_commit_that_was_never_made_is_no_past_edition(
    behind: S3Host, line: Proxy, tmp_path: Path
) -> None:
    first = publish(behind, edition(tmp_path / "1", page_with_style("one")))
    line.always("PUT", "live.json", Answer(403, "AccessDenied"))
    with pytest.raises(SparetireError):
        publish(behind, edition(tmp_path / "2", page_with_style("two")))
    line.rule = lambda _method, _path: None
    third = publish(behind, edition(tmp_path / "3", page_with_style("three")))
    fourth = publish(behind, edition(tmp_path / "4", page_with_style("four")))
    told = [(each.counter, each.edition) for each in behind.past()]
    assert told == [(each.counter, each.edition) for each in (fourth, third, first)]


def test_a_damaged_record_hides_one_edition_only(
    service: S3Service, client: "S3Client", tmp_path: Path
) -> None:
    host = S3Host(service)
    made = [
        publish(host, edition(tmp_path / f"{n}", page_with_style(f"{n}"))) for n in range(4)
    ]
    name = f"commits/000002-{made[1].edition}.json"
    write_state(service, client, name, b"{")
    assert numbers(host.past()) == [4, 3, 1]


def test_a_damaged_list_of_files_is_told(
    service: S3Service, client: "S3Client", tmp_path: Path
) -> None:
    host = S3Host(service)
    for number in range(2):
        publish(host, edition(tmp_path / f"{number}", page_with_style(f"{number}")))
    old = host.past()[1]
    write_state(service, client, list_name(old.edition), b"[]")
    with pytest.raises(ConfigurationFault, match=old.edition):
        host.manifest(old)


def test_a_list_that_is_there_is_never_written_anew(
    behind: S3Host, line: Proxy, service: S3Service, client: "S3Client", tmp_path: Path
) -> None:
    first, second = (edition(tmp_path / text, page_with_style(text)) for text in ("1", "2"))
    publish(behind, first)
    publish(behind, second)
    line.seen.clear()
    publish(behind, first)
    asked = [headers.get("If-None-Match") for _, path, headers in puts_of_lists(line)]
    assert asked == ["*"]
    write_state(service, client, list_name(second.manifest.edition), b"[")
    publish(behind, second)
    assert behind.manifest(behind.past()[0]) == second.manifest


def test_a_list_that_another_machine_has_compressed_otherwise_stays(
    behind: S3Host, line: Proxy, service: S3Service, client: "S3Client", tmp_path: Path
) -> None:
    first, second = (edition(tmp_path / text, page_with_style(text)) for text in ("1", "2"))
    publish(behind, first)
    publish(behind, second)
    text = first.manifest.to_json().encode()
    name = list_name(first.manifest.edition)
    write_state(service, client, name, gzip.compress(text, 9, mtime=7))
    line.seen.clear()
    publish(behind, first)
    assert len(puts_of_lists(line)) == 1
    assert behind.manifest(behind.past()[0]) == first.manifest


def test_a_list_is_kept_in_a_form_that_a_person_can_open(tmp_path: Path) -> None:
    site = edition(tmp_path, page_with_style("one"))
    body = packed(site.manifest)
    assert gzip.decompress(body).decode() == site.manifest.to_json()
    assert b"".join(unpacked(body)) == gzip.decompress(body)
    for damaged in (b"", body[:-1], body[:9], b"[]"):
        with pytest.raises(ValueError, match=r"cut short|header"):
            list(unpacked(damaged))


def test_a_list_that_never_ends_is_not_unpacked_to_its_end() -> None:
    endless = gzip.compress(bytes(300_000_000), 1)
    with pytest.raises(ValueError, match="too large"):
        for _ in unpacked(endless):
            pass


def puts_of_lists(line: Proxy) -> list[tuple[str, str, dict[str, str]]]:
    return [one for one in line.seen if one[0] == "PUT" and "/manifests/" in one[1]]


def test_a_body_that_is_gone_is_told(
    service: S3Service, client: "S3Client", tmp_path: Path
) -> None:
    host = S3Host(service)
    publish(host, edition(tmp_path, page_with_style("one")))
    past = host.past()[0]
    entry = host.manifest(past).entries["index.html"]
    key = f"{service.bucket}/{service.prefix}packs/000001-{past.edition}-0"
    client.delete_object(Bucket=service.state_bucket, Key=key)
    with pytest.raises(ConfigurationFault, match=r"index\.html .* is not kept any more"):
        host.fetch(past, entry)


def test_lost_records_of_tags_make_every_older_file_be_put_again(
    service: S3Service, client: "S3Client", tmp_path: Path
) -> None:
    files = page_with_style("one")
    publish(S3Host(service), edition(tmp_path / "1", files))
    site = edition(tmp_path / "2", files | {"fr/statement/index.html": "<p>Corrigé"})
    made = publish(S3Host(service), site)
    write_state(service, client, f"tags/000002-{made.edition}.json", b"{")
    sent = uploads(site, S3Host(service).read_live())
    older = set(site.manifest.entries) - {"fr/statement/index.html"}
    assert {upload.entry.path for upload in sent} == older


def test_a_file_of_somebody_else_is_told_and_stays(
    service: S3Service, client: "S3Client", tmp_path: Path
) -> None:
    host = S3Host(service)
    write_page(service, client, "holiday.html", "sand")
    assert host.drift(NOTHING) == ("holiday.html is not ours.",)
    live = publish(host, edition(tmp_path, page_with_style("one")))
    assert host.drift(live) == ("holiday.html is not ours.",)
    host.remove([*live.manifest.entries.values()])
    assert host.drift(live) == ("holiday.html is not ours.",)


def test_a_page_that_was_defaced_or_deleted_is_told_and_put_again(
    service: S3Service, client: "S3Client", tmp_path: Path
) -> None:
    host, site = S3Host(service), edition(tmp_path, page_with_style("one"))
    live = publish(host, site)
    write_page(service, client, "index.html", "<p>defaced")
    client.delete_object(Bucket=service.bucket, Key=f"{service.prefix}404.html")
    seen = host.read_live()
    told = ("404.html is missing.", "index.html was changed by somebody.")
    assert host.drift(live) == told
    assert seen is not None
    assert host.drift(seen) == told
    assert {each.entry.path for each in uploads(site, seen)} == {"404.html", "index.html"}
    publish(host, site)
    assert host.drift(live) == ()


def test_the_rest_of_a_killed_run_is_ours(service: S3Service, tmp_path: Path) -> None:
    killed = edition(tmp_path / "killed", page_with_style("killed"))
    list(S3Host(service).put(uploads(killed, None)))
    assert S3Host(service).drift(NOTHING) == ()
    live = publish(S3Host(service), edition(tmp_path / "one", page_with_style("one")))
    style = next(path for path in killed.manifest.entries if path.endswith(".css"))
    list(S3Host(service).put(uploads(killed, live)))
    assert S3Host(service).drift(live) == (
        f"{style} comes from a run that did not finish.",
        "index.html comes from a run that did not finish.",
    )


def test_a_run_after_a_killed_one_leaves_no_mix(service: S3Service, tmp_path: Path) -> None:
    old = edition(tmp_path / "old", page_with_style("old"))
    live = publish(S3Host(service), old)
    list(S3Host(service).put(uploads(edition(tmp_path / "2", page_with_style("new")), live)))
    sent = uploads(old, S3Host(service).read_live())
    assert [each.entry.path for each in sent] == ["index.html"]


def test_only_what_is_retired_and_still_ours_is_removed(
    service: S3Service, client: "S3Client", tmp_path: Path
) -> None:
    host, files = S3Host(service), page_with_style("one")
    first = publish(host, edition(tmp_path / "1", files | {"a/x.html": "x", "a/y.html": "y"}))
    live = publish(host, edition(tmp_path / "2", files))
    write_page(service, client, "a/y.html", "somebody else's")
    host.remove([*first.manifest.entries.values()])
    assert host.read_live() == live
    assert host.drift(live) == ("a/y.html is not ours.",)
    host.remove([*first.manifest.entries.values()])


def write_page(service: S3Service, client: "S3Client", path: str, text: str) -> None:
    key = f"{service.prefix}{path}"
    client.put_object(Bucket=service.bucket, Key=key, Body=text.encode())


def write_state(service: S3Service, client: "S3Client", name: str, body: bytes) -> None:
    key = f"{service.bucket}/{service.prefix}{name}"
    client.put_object(Bucket=service.state_bucket, Key=key, Body=body)


def test_what_no_kept_edition_needs_is_let_go_of(
    service: S3Service, client: "S3Client", tmp_path: Path
) -> None:
    host = S3Host(service)
    for number in range(4):
        publish(host, edition(tmp_path / f"{number}", page_with_style(f"{number}")))
    before, past = state_files(service, client), host.past()
    gone = host.forget([past[2]])
    after = state_files(service, client)
    assert gone == len(before - after)
    # Two editions with a record and a list each, while ETags tell of files that may still be
    # there. The bodies of one: the other brought pages along that all editions have.
    assert len(before - after) == 2 * 2 + 1
    assert [name for name in sorted(after) if "packs/" in name] == [
        f"packs/{each.counter:06d}-{each.edition}-0" for each in (past[3], past[2], past[0])
    ]
    assert numbers(S3Host(service).past()) == [4, 2]
    assert host.forget([past[2]]) == 0


def state_files(service: S3Service, client: "S3Client") -> set[str]:
    start = f"{service.bucket}/{service.prefix}"
    listed = client.list_objects_v2(Bucket=service.state_bucket, Prefix=start)
    return {each["Key"].removeprefix(start) for each in listed["Contents"]}


def test_no_body_is_sent_without_its_digest(
    behind: S3Host, line: Proxy, tmp_path: Path
) -> None:
    line.seen.clear()
    publish(behind, edition(tmp_path, page_with_style("one")))
    puts = [headers for method, _, headers in line.seen if method == "PUT"]
    assert len(puts) > len(page_with_style("one"))
    assert [headers for headers in puts if "Content-MD5" not in headers] == []
