"""A run may be killed at any request that changes something: readers never meet a broken site.

Each case kills a real process at one request to a real server: before the server hears of it,
with half of its body sent, or after its answer. KILL=all takes every place.
"""

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path

import boto3
import pytest

from sparetire.config.services import S3Service
from sparetire.hosts.s3 import S3Host
from tests.support.editions import edition, publish
from tests.support.faults import Proxy, faulty
from tests.support.orphans import ENDS_WITH_TESTS
from tests.support.places import s3_service
from tests.support.samples import SHARES, draw
from tests.support.seaweed import Seaweed, seaweed_server
from tests.support.victim import Victim, places_of

__all__ = ["seaweed_server"]

FEW = 4
ROOT = Path(__file__).parents[2]


def site(mark: str) -> dict[str, str]:
    """Return a small site, each of whose pages carries the mark of its style."""
    style = f"assets/site.{mark}.css"
    head = f'<link rel="stylesheet" href="/{style}"><p>mark={mark}'
    pages = {
        "index.html": f'{head}<a href="/fr/{mark}/index.html">',
        "fr/index.html": f'{head}<a href="/fr/{mark}/index.html">',
        f"fr/{mark}/index.html": head,
        "fr/verify/index.html": head,
    }
    feed = f'<feed><link href="/fr/{mark}/index.html"/></feed>'
    return pages | {style: f"body {{ --mark: {mark} }}", "fr/feed.xml": feed}


OLD, NEW = site("old"), site("new")


@pytest.fixture(scope="module")
def line(seaweed_server: Seaweed) -> Iterator[Proxy]:
    with faulty(seaweed_server.endpoint_url) as proxy:
        yield proxy


@pytest.fixture
def services(seaweed_server: Seaweed, monkeypatch: pytest.MonkeyPatch) -> Iterator[S3Service]:
    """Return one bucket after the other, each with a prefix of its own."""
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", seaweed_server.access_key)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", seaweed_server.secret_key)
    return (s3_service(seaweed_server) for _ in count())


@contextmanager
def publisher(folder: Path, service: S3Service) -> Iterator[subprocess.Popen[bytes]]:
    for path, text in NEW.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    asked = [str(folder), json.dumps(service.model_dump())]
    process = subprocess.Popen(
        [*ENDS_WITH_TESTS, sys.executable, "-m", "tests.kill.publisher", *asked],
        cwd=ROOT,
        stderr=subprocess.PIPE,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize("share", SHARES)
def test_a_kill_leaves_a_sound_site_that_a_plain_re_run_finishes(
    share: int, line: Proxy, services: Iterator[S3Service], tmp_path: Path
) -> None:
    line.seen.clear()
    with publisher(tmp_path / "whole", through(line, launched_once(services, tmp_path))) as run:
        assert run.wait(60) == 0
    changing = sum(method not in {"GET", "HEAD"} for method, _, _ in line.seen)
    for number, (step, when) in enumerate(draw(places_of(changing), FEW, "bucket", share)):
        service = launched_once(services, tmp_path / f"{number}")
        victim = Victim(step, when)
        line.rule = victim.rule
        with publisher(tmp_path / f"{number}/new", through(line, service)) as process:
            victim.process = process
            assert process.wait(60) == -signal.SIGKILL, (step, when)
        line.rule = lambda _method, _path: None
        seen = public(service)
        assert broken(seen) == [], (step, when, victim.died)
        with publisher(tmp_path / f"{number}/again", service) as process:
            said = process.communicate(timeout=60)[1]
            assert process.returncode == 0, said.decode()
        assert public(service) == OLD | NEW, (step, when, victim.died)
        live = S3Host(service).read_live()
        assert live is not None
        assert set(live.manifest.entries) == set(NEW)
        assert S3Host(service).drift(live) == ()
        assert leftovers(service) == [], (step, when, victim.died)


def launched_once(services: Iterator[S3Service], folder: Path) -> S3Service:
    """Return a bucket with the old site in it."""
    service = next(services)
    publish(S3Host(service), edition(folder / "old", OLD))
    return service


def through(line: Proxy, service: S3Service) -> S3Service:
    """Return the same bucket as it is reached through the proxy."""
    return service.model_copy(update={"endpoint_url": line.endpoint_url})


def broken(seen: dict[str, str]) -> list[str]:
    """Follow every link from the pages that readers know, and name what is wrong."""
    wrong, todo, known = [], [path for path in OLD if path.endswith("html")], set[str]()
    while todo:
        path = todo.pop()
        text = seen.get(path)
        if text is None:
            wrong.append(f"{path} is dead")
            continue
        known.add(path)
        if not text:
            wrong.append(f"{path} is empty")
            continue
        links = re.findall(r'href="/(.+?)"', text)
        todo += [link for link in links if link not in known]
        styles = [seen.get(link, "") for link in links if link.endswith(".css")]
        marks = re.findall(r"mark=(\w+)", text)
        wrong += [f"{path} wears {style!r}" for style in styles if marks[0] not in style]
    return wrong


def public(service: S3Service) -> dict[str, str]:
    client = boto3.client("s3", endpoint_url=service.endpoint_url, region_name="us-east-1")
    listed = client.list_objects_v2(Bucket=service.bucket, Prefix=service.prefix)
    found = {}
    for each in listed.get("Contents", []):
        body = client.get_object(Bucket=service.bucket, Key=each["Key"])["Body"].read()
        found[each["Key"].removeprefix(service.prefix)] = body.decode()
    client.close()
    return found


def leftovers(service: S3Service) -> list[str]:
    """List state files that only a run under way may have."""
    client = boto3.client("s3", endpoint_url=service.endpoint_url, region_name="us-east-1")
    start = f"{service.bucket}/{service.prefix}"
    listed = client.list_objects_v2(Bucket=service.state_bucket, Prefix=start)
    client.close()
    names = [each["Key"].removeprefix(start) for each in listed.get("Contents", [])]
    kept = ("packs/", "commits/", "manifests/", "tags/", "live.json", "conditions.probe")
    return [name for name in names if not name.startswith(kept)]
