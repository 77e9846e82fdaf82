"""A page is put over the very version that was read: an older one never covers a newer one."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from sparetire.config.services import S3Service
from sparetire.errors import Locked
from sparetire.hosts.base import Commit, Upload
from sparetire.hosts.s3 import S3Host
from sparetire.hosts.s3.buckets import Buckets
from sparetire.hosts.s3.public import Condition
from sparetire.model.edition import Edition
from tests.support.editions import AT, HOLDER, edition, page_with_style, publish, uploads
from tests.support.faults import Answer, Fault, LostAnswer, Proxy, faulty
from tests.support.moto_server import moto_buckets
from tests.support.places import s3_service
from tests.support.seaweed import Seaweed

PAGE = "fr/statement/index.html"
FILES = page_with_style("one")


@pytest.fixture(params=["seaweed", "moto"])
def server(
    request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Seaweed]:
    if request.param == "seaweed":
        found: Seaweed = request.getfixturevalue("seaweed_server")
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", found.access_key)
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", found.secret_key)
        yield found
        return
    with moto_buckets(monkeypatch) as found:
        monkeypatch.setenv("AWS_ACCESS_KEY_ID", found.access_key)
        monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", found.secret_key)
        yield found


@pytest.fixture
def line(server: Seaweed) -> Iterator[Proxy]:
    with faulty(server.endpoint_url) as proxy:
        yield proxy


@pytest.fixture
def slow(server: Seaweed, line: Proxy) -> S3Service:
    return s3_service(server, endpoint_url=line.endpoint_url)


def changed(folder: Path, text: str) -> Edition:
    return edition(folder, FILES | {PAGE: text})


def conditions_of(line: Proxy, service: S3Service, path: str) -> list[tuple[str, str]]:
    """Return under which conditions a public file was put, in order."""
    found = []
    for method, asked, headers in line.seen:
        named = {name.lower(): value for name, value in headers.items()}
        if method == "PUT" and asked == f"/{service.bucket}/{service.prefix}{path}":
            found.append((named.get("if-match", ""), named.get("if-none-match", "")))
    return found


def body_at(service: S3Service, path: str) -> bytes:
    client = Buckets(service, None).client
    answer = client.get_object(Bucket=service.bucket, Key=f"{service.prefix}{path}")
    return answer["Body"].read()


def overtake(service: S3Service, site: Edition) -> None:
    """Put a page as another run would that has taken the lock over."""
    entry = site.manifest.entries[PAGE]
    Buckets(service, None).public.put(entry, site.file(entry).read_bytes(), Condition())


def once_before(line: Proxy, act: "object", then: Fault = None) -> None:
    """Do something as the next put of the page arrives, before the service sees it."""
    left = [act]

    def rule(method: str, path: str) -> Fault:
        if left and method == "PUT" and path.endswith(PAGE):
            call = left.pop()
            assert callable(call)
            call()
            return then
        return None

    line.rule = rule


def test_a_new_page_is_created_and_a_changed_one_replaces_what_was_read(
    slow: S3Service, line: Proxy, tmp_path: Path
) -> None:
    publish(S3Host(slow), edition(tmp_path / "1", FILES))
    assert conditions_of(line, slow, PAGE) == [("", "*")]
    found = Buckets(slow, None).public.find(PAGE)
    assert found is not None
    line.seen.clear()
    publish(S3Host(slow), changed(tmp_path / "2", "<p>Corrigé"))
    assert conditions_of(line, slow, PAGE) == [(found.tag, "")]
    assert not [path for method, path, _ in line.seen if method == "HEAD"]


def test_only_an_etag_that_no_record_at_hand_holds_is_asked_for(
    slow: S3Service, line: Proxy, tmp_path: Path
) -> None:
    publish(S3Host(slow), edition(tmp_path / "1", FILES))
    publish(S3Host(slow), edition(tmp_path / "2", FILES | {"404.html": "<p>Rien"}))
    line.seen.clear()
    both = FILES | {"404.html": "<p>Rien ici", PAGE: "<p>Corrigé"}
    site, host = edition(tmp_path / "3", both), S3Host(slow)
    with host.lock(HOLDER):
        live = host.read_live()
        commit = Commit(site.manifest, live, {}, AT)
        host.expect(commit, uploads(site, live))
        list(host.put(uploads(site, live)))
        host.commit(commit)
    asked = [path for method, path, _ in line.seen if method == "HEAD"]
    assert asked == [f"/{slow.bucket}/{slow.prefix}{PAGE}"]
    assert body_at(slow, PAGE) == "<p>Corrigé".encode()


def test_a_put_that_arrives_after_a_newer_page_is_refused_and_the_run_stops(
    slow: S3Service, line: Proxy, tmp_path: Path
) -> None:
    publish(S3Host(slow), edition(tmp_path / "1", FILES))
    newer = changed(tmp_path / "3", "<p>Retiré")
    once_before(line, lambda: overtake(slow, newer))
    older = changed(tmp_path / "2", "<p>Avant")
    host = S3Host(slow)
    with host.lock(HOLDER):
        live = host.read_live()
        upload = Upload(older.manifest.entries[PAGE], older.file(older.manifest.entries[PAGE]))
        tell_lost_lock(slow)
        with pytest.raises(Locked, match="not locked for this run any more"):
            list(host.put([upload]))
        assert live is not None
    assert body_at(slow, PAGE) == "<p>Retiré".encode()


def tell_lost_lock(service: S3Service) -> None:
    """Write the lock as another run does that takes it over."""
    Buckets(service, None).state.file("lock.json").overwrite(b'{"nonce": "n", "who": "ben"}')


def test_what_is_changed_without_the_lock_after_it_was_read_is_not_covered(
    slow: S3Service, line: Proxy, tmp_path: Path
) -> None:
    publish(S3Host(slow), edition(tmp_path / "1", FILES))
    publish(S3Host(slow), edition(tmp_path / "2", FILES | {"404.html": "<p>Rien"}))
    strange = changed(tmp_path / "3", "<p>À la main")
    once_before(line, lambda: overtake(slow, strange))
    with pytest.raises(Locked, match="was not replaced"):
        publish(S3Host(slow), changed(tmp_path / "4", "<p>Corrigé"))
    assert body_at(slow, PAGE) == "<p>À la main".encode()


def test_our_own_bytes_behind_a_refusal_are_a_success(
    slow: S3Service, line: Proxy, tmp_path: Path
) -> None:
    publish(S3Host(slow), edition(tmp_path / "1", FILES))
    once_before(line, lambda: None, LostAnswer())
    site = changed(tmp_path / "2", "<p>Corrigé")
    assert publish(S3Host(slow), site).edition == site.manifest.edition
    assert len(conditions_of(line, slow, PAGE)) == 3  # the first, the lost one, its retry
    assert body_at(slow, PAGE) == "<p>Corrigé".encode()


def test_a_page_that_left_the_site_and_is_still_there_is_taken_for_what_it_is(
    slow: S3Service, tmp_path: Path
) -> None:
    publish(S3Host(slow), edition(tmp_path / "1", FILES))
    without = {path: text for path, text in FILES.items() if path != PAGE}
    publish(S3Host(slow), edition(tmp_path / "2", without))
    publish(S3Host(slow), edition(tmp_path / "3", FILES))
    assert body_at(slow, PAGE) == FILES[PAGE].encode()
    publish(S3Host(slow), edition(tmp_path / "4", without))
    site = changed(tmp_path / "5", "<p>Corrigé")
    live = publish(S3Host(slow), site)
    assert body_at(slow, PAGE) == "<p>Corrigé".encode()
    assert S3Host(slow).drift(live) == ()


def test_no_retry_is_sent_once_the_lock_is_lost(
    slow: S3Service, line: Proxy, tmp_path: Path
) -> None:
    publish(S3Host(slow), edition(tmp_path / "1", FILES))
    host = S3Host(slow, lease=0)  # so that each try asks whether the lock is still ours
    site = changed(tmp_path / "2", "<p>Avant")
    once_before(line, lambda: tell_lost_lock(slow), Answer(503, "SlowDown"))
    with host.lock(HOLDER):
        live = host.read_live()
        line.seen.clear()
        with pytest.raises(Locked, match="not locked"):
            list(host.put(uploads(site, live)))
    assert len(conditions_of(line, slow, PAGE)) == 1
    assert body_at(slow, PAGE) == FILES[PAGE].encode()
