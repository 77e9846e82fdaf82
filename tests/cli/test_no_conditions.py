"""S3 services that refuse each conditional PUT: the lock is advisory, and everything works."""

from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from urllib.request import urlopen

import pytest

from sparetire.errors import Locked
from sparetire.hosts.base import Holder
from sparetire.hosts.s3 import S3Host
from tests.support.command import Team
from tests.support.faults import Answer, Proxy, faulty
from tests.support.places import s3_service
from tests.support.seaweed import Seaweed

ANSWERS = (
    Answer(501, "NotImplemented"),
    Answer(501),
    Answer(400, "InvalidArgument"),
    Answer(400, "NotImplemented"),
)
TO_PRODUCTION = ("--yes", "--target", "production")


@pytest.fixture(params=ANSWERS, ids=lambda answer: f"{answer.status}-{answer.code or 'bare'}")
def line(request: pytest.FixtureRequest, seaweed_server: Seaweed) -> Iterator[Proxy]:
    with faulty(seaweed_server.endpoint_url) as proxy:
        proxy.no_conditions = request.param
        yield proxy


def read(url: str) -> str:
    with urlopen(url, timeout=10) as answer:
        return str(answer.read().decode())


def test_launch_update_and_withdraw_are_live(
    team: Team, seaweed_server: Seaweed, line: Proxy
) -> None:
    team.use_bucket(replace(seaweed_server, endpoint_url=line.endpoint_url))
    team.set("crisis", "page_urls", value='"file"')
    team.set("crisis", "targets", value='["production"]')

    launched = team.call(*team.launch(*TO_PRODUCTION, "--json"))
    assert launched.code == 0, launched.out
    urls = launched.json["urls"]
    assert "Nobody is hurt" in read(urls["en"])
    name = launched.json["incident"]
    team.words("en").write_text("The power is back.\n", encoding="utf-8")
    team.words("fr").write_text("Le courant est rétabli.\n", encoding="utf-8")
    content = [f"--content={code}={team.words(code)}" for code in ("fr", "en")]
    updated = team.call("update", name, *content, "--yes")
    assert updated.code == 0, updated.err
    assert updated.err.count("The lock of production is advisory") == 1
    assert "The power is back" in read(urls["en"])
    withdrawn = team.call("withdraw", name, "--reason", "error", "--yes")
    assert withdrawn.code == 0, withdrawn.err
    assert "The power is back" not in read(urls["en"])
    assert "the lock is advisory" in team.call("check").out


def test_a_second_run_sees_the_lock(
    seaweed_server: Seaweed, line: Proxy, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", seaweed_server.access_key)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", seaweed_server.secret_key)
    service = s3_service(seaweed_server)
    service = service.model_copy(update={"endpoint_url": line.endpoint_url})
    first = Holder(who="ana@desk", purpose="launch", nonce="1")
    second = Holder(who="bo@desk", purpose="launch", nonce="2")
    with ExitStack() as locks:
        locks.enter_context(S3Host(service).lock(first))
        with pytest.raises(Locked, match="in use"):
            locks.enter_context(S3Host(service).lock(second))
    with S3Host(service).lock(second):
        pass
    assert not S3Host(service).features.conditional_writes
