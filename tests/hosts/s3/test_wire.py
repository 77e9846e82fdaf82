"""What really leaves this machine, seen from the other end of a secure line."""

import ssl
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
import trustme

from sparetire.config.services import S3Service
from sparetire.errors import HostUnreachable
from sparetire.hosts.base import Commit
from sparetire.hosts.s3 import S3Host
from tests.support.delay import delayed
from tests.support.editions import AT, edition, page_with_style, publish, uploads
from tests.support.faults import faulty
from tests.support.places import s3_service
from tests.support.rclone import ACCESS_KEY, SECRET_KEY, rclone_server
from tests.support.seaweed import Seaweed

PAST = datetime(2020, 1, 1, tzinfo=UTC)


def context(certificate: trustme.LeafCert) -> ssl.SSLContext:
    made = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    certificate.configure_cert(made)
    return made


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def trusted(
    authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> trustme.CA:
    """Return an authority that this machine trusts."""
    authority.cert_pem.write_to_path(str(tmp_path / "authority.pem"))
    monkeypatch.setenv("AWS_CA_BUNDLE", str(tmp_path / "authority.pem"))
    return authority


def test_pages_leave_as_they_are(
    service: S3Service, trusted: trustme.CA, tmp_path: Path
) -> None:
    site = edition(tmp_path / "built", page_with_style("one"))
    with faulty(service.endpoint_url or "", context(trusted.issue_cert("127.0.0.1"))) as line:
        host = S3Host(service.model_copy(update={"endpoint_url": line.endpoint_url}))
        publish(host, site)
    puts = [(path, headers) for method, path, headers in line.seen if method == "PUT"]
    assert len(puts) > len(site.manifest.entries)
    for path, headers in puts:
        named = {name.lower(): value.lower() for name, value in headers.items()}
        assert "expect" not in named, path
        assert "content-encoding" not in named, path
        assert "transfer-encoding" not in named, path
        assert "x-amz-trailer" not in named, path
        assert len(named["x-amz-content-sha256"]) == 64, path


Make = Callable[[trustme.CA], trustme.LeafCert]


@pytest.mark.parametrize(
    ("make", "told"),
    [
        (lambda ours: ours.issue_cert("127.0.0.1", not_after=PAST), "has expired"),
        (lambda ours: ours.issue_cert("another.example"), "belongs to another name"),
        (lambda _ours: trustme.CA().issue_cert("127.0.0.1"), "authority that this machine"),
    ],
    ids=["expired", "another name", "unknown authority"],
)
def test_a_certificate_that_is_wrong_is_told_apart(
    service: S3Service, trusted: trustme.CA, make: Make, told: str
) -> None:
    with faulty(service.endpoint_url or "", context(make(trusted))) as line:
        host = S3Host(service.model_copy(update={"endpoint_url": line.endpoint_url}))
        with pytest.raises(HostUnreachable) as refusal:
            host.read_live()
    assert told in refusal.value.why[0]
    assert line.seen == []


def test_one_changed_file_costs_three_round_trips(service: S3Service, tmp_path: Path) -> None:
    files = page_with_style("one")
    publish(S3Host(service), edition(tmp_path / "1", files))
    changed = edition(tmp_path / "2", files | {"fr/statement/index.html": "<p>Corrigé"})
    with delayed(service.endpoint_url or "", 0.15) as line:
        host = S3Host(service.model_copy(update={"endpoint_url": line.endpoint_url}))
        assert host.features.conditional_writes  # asked while the site is built
        live = host.read_live()
        line.spans.clear()
        list(host.put(uploads(changed, live)))
        host.commit(Commit(changed.manifest, live, {}, AT))
    assert 1 < line.rounds() <= 3, line.spans


def test_a_server_that_ignores_conditions_serves_but_is_found_out(
    server: Seaweed, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", ACCESS_KEY)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", SECRET_KEY)
    with rclone_server(tmp_path / "served", server.bucket, server.state_bucket) as address:
        service = s3_service(server, endpoint_url=address)
        assert not S3Host(service).features.conditional_writes
        publish(S3Host(service), edition(tmp_path / "1", page_with_style("one")))
        made = publish(S3Host(service), edition(tmp_path / "2", page_with_style("two")))
        host = S3Host(service)
        assert host.read_live() == made
        assert [each.counter for each in host.past()] == [2, 1]
        old = host.past()[1]
        page = host.fetch(old, host.manifest(old).entries["index.html"])
        assert page.decode() == page_with_style("one")["index.html"]
        assert host.drift(made) == ()
