"""What only S3 services can do wrong, on a real one and behind a faulty line."""

import json
from pathlib import Path
from threading import Event, Thread
from time import sleep
from uuid import uuid4

import boto3
import pytest
import requests

from sparetire.config.services import S3Service
from sparetire.errors import (
    ConfigurationFault,
    CredentialsRefused,
    HostUnreachable,
    Locked,
    SparetireError,
)
from sparetire.hosts.base import Commit, Holder, Upload
from sparetire.hosts.s3 import S3Host
from sparetire.model.edition import Live
from sparetire.model.manifest import Manifest
from tests.support.editions import AT, HOLDER, edition, page_with_style, publish, uploads
from tests.support.faults import Answer, Fault, LostAnswer, Proxy
from tests.support.places import free_port, s3_service
from tests.support.seaweed import Seaweed


def key_of(service: S3Service, name: str) -> str:
    return f"{service.bucket}/{service.prefix}{name}"


def write_state(service: S3Service, name: str, body: str) -> None:
    client = boto3.client("s3", endpoint_url=service.endpoint_url, region_name="us-east-1")
    client.put_object(
        Bucket=service.state_bucket, Key=key_of(service, name), Body=body.encode()
    )
    client.close()


def test_nobody_else_can_list_either_bucket(service: S3Service, tmp_path: Path) -> None:
    publish(S3Host(service), edition(tmp_path, page_with_style("one")))
    answers = [requests.get(url, timeout=10) for url in S3Host(service).private_urls()]
    assert [answer.status_code for answer in answers] == [403, 403, 403]


def test_one_state_bucket_serves_two_sites(
    server: Seaweed, service: S3Service, tmp_path: Path
) -> None:
    made = publish(S3Host(service), edition(tmp_path, page_with_style("one")))
    assert S3Host(s3_service(server, prefix="another-" + service.prefix)).read_live() is None
    assert S3Host(service).read_live() == made


def test_a_bucket_that_is_not_there(server: Seaweed) -> None:
    host = S3Host(s3_service(server, bucket="not-made"))
    with pytest.raises(ConfigurationFault, match="no bucket 'not-made'"):
        host.probe()


def test_a_state_bucket_that_is_not_there(server: Seaweed) -> None:
    host = S3Host(s3_service(server, state_bucket="not-made"))
    with pytest.raises(ConfigurationFault, match="no bucket 'not-made'"):
        host.read_live()
    with pytest.raises(ConfigurationFault, match="no bucket 'not-made'"):
        host.lock(HOLDER).__enter__()


def test_a_missing_bucket_stops_the_put(server: Seaweed, tmp_path: Path) -> None:
    host = S3Host(s3_service(server, bucket="not-made"))
    site = edition(tmp_path, {f"assets/{n}.css": f"{n}" for n in range(40)})
    with pytest.raises(ConfigurationFault):
        list(host.put(uploads(site, None)))


@pytest.mark.parametrize(
    ("name", "why"),
    [
        ("AWS_SECRET_ACCESS_KEY", "does not belong to the key"),
        ("AWS_ACCESS_KEY_ID", "does not know this key"),
    ],
)
def test_wrong_credentials_are_told_without_showing_them(
    service: S3Service, monkeypatch: pytest.MonkeyPatch, name: str, why: str
) -> None:
    wrong = "AKIDTHEWRONGONE"
    monkeypatch.setenv(name, wrong)
    with pytest.raises(CredentialsRefused) as refusal:
        S3Host(service).read_live()
    assert why in " ".join(refusal.value.why)
    assert service.state_bucket in refusal.value.what
    assert wrong not in _told(refusal.value)


def test_no_credentials_at_all(service: S3Service, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("AWS_ACCESS_KEY_ID")
    monkeypatch.delenv("AWS_SECRET_ACCESS_KEY")
    with pytest.raises(CredentialsRefused, match="There are no credentials"):
        S3Host(service).read_live()


def test_a_profile_that_is_not_there(service: S3Service) -> None:
    host = S3Host(service.model_copy(update={"profile": "borrowed"}))
    with pytest.raises(ConfigurationFault) as refusal:
        host.read_live()
    assert "borrowed" in _told(refusal.value)


def test_nobody_listens(server: Seaweed) -> None:
    host = S3Host(s3_service(server, endpoint_url=f"http://127.0.0.1:{free_port()}"))
    with pytest.raises(HostUnreachable):
        host.read_live()


def test_a_rights_problem_names_the_right(behind: S3Host, line: Proxy) -> None:
    line.always("PUT", "lock.json", Answer(403, "AccessDenied"))
    with pytest.raises(CredentialsRefused) as refusal:
        behind.lock(HOLDER).__enter__()
    assert "s3:PutObject" in _told(refusal.value)


def test_another_region_is_named(behind: S3Host, line: Proxy) -> None:
    line.always(
        "GET",
        "live.json",
        Answer(400, "AuthorizationHeaderMalformed", {"x-amz-bucket-region": "ca-central-1"}),
    )
    with pytest.raises(ConfigurationFault) as refusal:
        behind.read_live()
    assert 'region = "ca-central-1"' in refusal.value.then


def test_a_wrong_clock_is_told(behind: S3Host, line: Proxy) -> None:
    past = {"Date": "Mon, 23 Nov 2020 08:00:00 GMT"}
    line.always("GET", "live.json", Answer(403, "RequestTimeTooSkewed", past))
    with pytest.raises(CredentialsRefused) as refusal:
        behind.read_live()
    assert "ahead of the service's" in _told(refusal.value)


def test_a_sign_in_page_is_no_service(behind: S3Host, line: Proxy, tmp_path: Path) -> None:
    page = Answer(200, body=b"<!doctype html><title>Welcome to the hotel</title>")
    site = edition(tmp_path, page_with_style("one"))
    line.always("PUT", "", page)
    with pytest.raises(HostUnreachable, match="does not answer as an S3 service"):
        list(behind.put(uploads(site, None)))
    line.always("GET", "", page)
    with pytest.raises(HostUnreachable, match="does not answer as an S3 service"):
        behind.read_live()


def test_a_busy_service_is_asked_again(behind: S3Host, line: Proxy, tmp_path: Path) -> None:
    line.once("PUT", "index.html", Answer(503, "SlowDown"))
    site = edition(tmp_path, page_with_style("one"))
    assert publish(behind, site).edition == site.manifest.edition


def test_rivals_for_one_key_are_waited_out(behind: S3Host, line: Proxy, tmp_path: Path) -> None:
    line.once("PUT", "live.json", Answer(409, "ConditionalRequestConflict"))
    site = edition(tmp_path, page_with_style("one"))
    assert publish(behind, site).edition == site.manifest.edition


def test_a_lock_whose_answer_was_lost_is_ours(behind: S3Host, line: Proxy) -> None:
    line.once("PUT", "lock.json", LostAnswer())
    with behind.lock(HOLDER):
        pass
    with behind.lock(HOLDER):
        pass


@pytest.mark.parametrize("before", [0, 1])
def test_a_commit_whose_answer_was_lost_is_made(
    behind: S3Host, line: Proxy, service: S3Service, tmp_path: Path, before: int
) -> None:
    for number in range(before):
        publish(behind, edition(tmp_path / f"{number}", page_with_style(f"{number}")))
    line.once("PUT", "live.json", LostAnswer())
    made = publish(behind, edition(tmp_path / "new", page_with_style("new")))
    assert made.counter == before + 1
    assert S3Host(service).read_live() == made


def test_a_release_that_fails_does_not_spoil_the_run(behind: S3Host, line: Proxy) -> None:
    line.always("DELETE", "lock.json", Answer(403, "AccessDenied"))
    with behind.lock(HOLDER):
        pass


def test_a_service_that_ignores_conditions_is_found_out(behind: S3Host, line: Proxy) -> None:
    line.always("PUT", ".probe", Answer(200, headers={"ETag": '"any"'}))
    assert not behind.features.conditional_writes


def test_a_service_that_keeps_nothing_fails_the_probe(behind: S3Host, line: Proxy) -> None:
    line.always("PUT", ".probe", Answer(200, headers={"ETag": '"any"'}))
    with pytest.raises(ConfigurationFault, match="does not keep what is written"):
        behind.probe()


def test_a_bucket_that_everybody_may_write_to_fails_the_probe(
    behind: S3Host, line: Proxy, service: S3Service
) -> None:
    def open_door(method: str, path: str) -> Fault:
        strangers = method == "PUT" and path.startswith(f"/{service.bucket}/")
        return Answer(200, headers={"ETag": '"any"'}) if strangers else None

    line.rule = open_door
    with pytest.raises(ConfigurationFault, match="Everybody may write to bucket 'site'"):
        behind.probe()
    line.rule = lambda _method, _path: None
    line.seen.clear()
    behind.probe()
    strangers = [path for method, path, headers in line.seen if "Authorization" not in headers]
    assert len(strangers) == 2


def test_the_lock_of_a_dead_process_here_is_taken_over(service: S3Service) -> None:
    with S3Host(service).lock(HOLDER):
        note = json.loads(_read_state(service, "lock.json"))
    # Numbers this high are never given to a process.
    write_state(service, "lock.json", json.dumps(note | {"nonce": "other", "pid": 2**22 + 1}))
    with S3Host(service).lock(HOLDER):
        pass


def test_the_lock_of_another_machine_is_taken_over_when_it_ran_out(
    service: S3Service,
) -> None:
    foreign = {"nonce": "other", "who": "ben@desk", "machine": "elsewhere", "pid": 1}
    write_state(service, "lock.json", json.dumps(foreign))
    with pytest.raises(Locked, match="in use"):
        S3Host(service).lock(HOLDER).__enter__()
    with S3Host(service, lease=-1).lock(HOLDER):
        pass


def test_a_timer_s_run_gives_way_to_a_launch_before_its_first_write(
    service: S3Service, tmp_path: Path
) -> None:
    timer = Holder("cron@desk", "newsroom publish", "nonce-of-cron", yields=True)
    site = edition(tmp_path, page_with_style("one"))
    got = Event()

    def launch() -> None:
        with S3Host(service).lock(HOLDER):
            got.set()

    crisis, host = Thread(target=launch), S3Host(service)
    with host.lock(timer):
        crisis.start()
        while b"wanted" not in _read_state(service, "lock.json"):
            sleep(0.05)
        while b"wanted" in _read_state(service, "lock.json"):
            sleep(0.05)  # It has heard of it.
        with pytest.raises(Locked, match="was left to a run that cannot wait"):
            list(host.put(uploads(site, None)))
        with pytest.raises(Locked, match="was left to a run that cannot wait"):
            host.expect(Commit(site.manifest, None, {}, AT), uploads(site, None))
    crisis.join(60)
    assert got.is_set()
    assert S3Host(service).read_live() is None
    assert S3Host(service).drift(Live("", Manifest({}), 0, "", {})) == ()


def test_a_timer_s_run_that_has_begun_ends_what_it_does(
    service: S3Service, tmp_path: Path
) -> None:
    timer = Holder("cron@desk", "newsroom publish", "nonce-of-cron", yields=True)
    site = edition(tmp_path, page_with_style("one"))
    got = Event()

    def launch() -> None:
        with S3Host(service).lock(HOLDER):
            got.set()

    crisis, host = Thread(target=launch), S3Host(service)
    with host.lock(timer):
        list(host.put(uploads(site, None)[:1]))
        crisis.start()
        while b"wanted" not in _read_state(service, "lock.json"):
            sleep(0.05)
        while b"wanted" in _read_state(service, "lock.json"):
            sleep(0.05)
        list(host.put(uploads(site, None)[1:]))
        host.commit(Commit(site.manifest, None, {}, AT))
    crisis.join(60)
    assert got.is_set()
    live = S3Host(service).read_live()
    assert live is not None
    assert live.edition == site.manifest.edition


def test_a_damaged_pointer_is_told_with_its_place(service: S3Service) -> None:
    write_state(service, "live.json", '{"edition": ')
    with pytest.raises(ConfigurationFault, match=key_of(service, "live.json")):
        S3Host(service).read_live()


def test_a_pointer_to_no_manifest_is_told(service: S3Service, tmp_path: Path) -> None:
    publish(S3Host(service), edition(tmp_path, page_with_style("one")))
    pointer = json.loads(_read_state(service, "live.json"))
    write_state(service, "live.json", json.dumps(pointer | {"manifest": uuid4().hex}))
    with pytest.raises(ConfigurationFault, match="does not say what is live"):
        S3Host(service).read_live()


def test_a_run_that_lost_its_lock_writes_nothing_more(
    service: S3Service, tmp_path: Path
) -> None:
    host, site = S3Host(service, lease=1), edition(tmp_path, page_with_style("one"))
    with host.lock(HOLDER):
        write_state(service, "lock.json", json.dumps({"nonce": "ben", "who": "ben@desk"}))
        with pytest.raises(Locked, match="not locked"):
            _put_until_refused(host, uploads(site, None))
        with pytest.raises(Locked, match="not locked"):
            host.commit(Commit(site.manifest, None, {}, AT))
    assert json.loads(_read_state(service, "lock.json"))["who"] == "ben@desk"
    assert S3Host(service).read_live() is None


def _put_until_refused(host: S3Host, files: list[Upload]) -> None:
    for _ in range(1000):  # The next renewal of the lease finds out.
        list(host.put(files))


def _read_state(service: S3Service, name: str) -> bytes:
    client = boto3.client("s3", endpoint_url=service.endpoint_url, region_name="us-east-1")
    answer = client.get_object(Bucket=service.state_bucket, Key=key_of(service, name))
    body: bytes = answer["Body"].read()
    client.close()
    return body


def _told(error: SparetireError) -> str:
    return " ".join((error.what, *error.why, error.public, error.then))
