"""A service that is busy, slow, lost or wrong: told in the right words, in good time."""

import socket
from functools import partial
from pathlib import Path
from random import Random
from urllib.parse import urlsplit

import pytest

from sparetire.errors import (
    ConfigurationFault,
    CredentialsRefused,
    HostUnreachable,
    SparetireError,
)
from sparetire.hosts.s3 import S3Host
from tests.support.editions import edition, page_with_style, publish
from tests.support.faults import Answer, Fault, Proxy, Silence, faulty

PAGE = Answer(200, body=b"<!doctype html><title>Welcome to the hotel</title>")
FILES = {f"fr/{number}/index.html": f"<p>{number}" for number in range(20)}


@pytest.mark.parametrize("share", [0.05, 0.2, 0.4])
def test_a_service_that_is_busy_now_and_then_is_asked_until_it_answers(
    behind: S3Host, line: Proxy, tmp_path: Path, share: float
) -> None:
    lot = Random(share)

    def rule(_method: str, _path: str) -> Fault:
        return Answer(503, "SlowDown") if lot.random() < share else None

    publish(behind, edition(tmp_path / "1", page_with_style("one")))
    line.rule = rule
    site = edition(tmp_path / "2", page_with_style("one") | FILES)
    assert publish(behind, site).edition == site.manifest.edition


@pytest.mark.parametrize(
    "case",
    [
        (Answer(503, "SlowDown"), HostUnreachable, "SlowDown"),
        (Answer(400, "ExpiredToken"), CredentialsRefused, "session has ended"),
        (Answer(403, "RequestTimeTooSkewed"), CredentialsRefused, "clocks"),
        (Answer(507, "InsufficientStorage"), HostUnreachable, "no more room"),
        (
            Answer(301, "PermanentRedirect", {"x-amz-bucket-region": "ca-central-1"}),
            ConfigurationFault,
            "ca-central-1",
        ),
        (PAGE, HostUnreachable, "sign-in page"),
    ],
    ids=lambda case: case[0].code or "page",
)
def test_each_refusal_in_the_middle_of_a_run_has_its_own_words(
    behind: S3Host, line: Proxy, tmp_path: Path, case: tuple[Answer, type[SparetireError], str]
) -> None:
    answer, kind, told = case
    first = publish(behind, edition(tmp_path / "1", page_with_style("one")))
    line.always("PUT", "/site/", answer)
    with pytest.raises(kind) as refusal:
        publish(behind, edition(tmp_path / "2", page_with_style("two")))
    assert told in " ".join((refusal.value.what, *refusal.value.why, refusal.value.then))
    line.rule = lambda _method, _path: None
    live = behind.read_live()
    assert live is not None
    assert live.edition == first.edition


def test_a_list_that_is_a_sign_in_page_is_told(
    behind: S3Host, line: Proxy, tmp_path: Path
) -> None:
    publish(behind, edition(tmp_path, page_with_style("one")))
    line.always("GET", "list-type=2", PAGE)
    with pytest.raises(HostUnreachable, match="does not answer as an S3 service"):
        behind.read_live()


def test_a_service_that_falls_silent_is_given_up(behind: S3Host, line: Proxy) -> None:
    line.always("GET", "live.json", Silence())
    with pytest.raises(HostUnreachable) as refusal:
        behind.read_live()
    assert "No answer came" in refusal.value.why[0]


def test_the_line_hangs_up_at_the_service_when_whoever_asks_has_died() -> None:
    with socket.create_server(("127.0.0.1", 0)) as service:
        service.settimeout(10)
        with faulty(f"http://127.0.0.1:{service.getsockname()[1]}") as line:
            port = urlsplit(line.endpoint_url).port
            with socket.create_connection(("127.0.0.1", port)) as dead:
                dead.sendall(b"PUT /site/fr HTTP/1.1\r\nContent-Length: 6\r\n\r\nent")
            asked, _ = service.accept()
            with asked:
                asked.settimeout(10)
                heard = b"".join(iter(partial(asked.recv, 4096), b""))
    assert heard.endswith(b"\r\n\r\nent")
