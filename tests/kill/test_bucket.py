"""A run may be killed at any request that changes something: readers never meet a broken site.

Each case kills a real process at one request to a real server: before the server hears of it,
with half of its body sent, or after its answer. Some are drawn by lot; KILL=all takes all.
"""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import boto3
import pytest

from sparetire.config.services import S3Service
from sparetire.hosts.s3 import S3Host
from tests.support.editions import edition, publish
from tests.support.faults import Proxy, faulty
from tests.support.places import s3_service
from tests.support.seaweed import Seaweed, seaweed_server
from tests.support.victim import Victim, When, places_of, some_of

__all__ = ["seaweed_server"]

MOST_REQUESTS = 21  # A publish of this site changes something 19 times.
CASES = some_of(places_of(MOST_REQUESTS), 4, 8)
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
def service(seaweed_server: Seaweed, monkeypatch: pytest.MonkeyPatch) -> S3Service:
    monkeypatch.setenv("AWS_ACCESS_KEY_ID", seaweed_server.access_key)
    monkeypatch.setenv("AWS_SECRET_ACCESS_KEY", seaweed_server.secret_key)
    return s3_service(seaweed_server)


@contextmanager
def publisher(folder: Path, service: S3Service) -> Iterator[subprocess.Popen[bytes]]:
    for path, text in NEW.items():
        (folder / path).parent.mkdir(parents=True, exist_ok=True)
        (folder / path).write_text(text, encoding="utf-8")
    asked = [str(folder), json.dumps(service.model_dump())]
    process = subprocess.Popen(
        [sys.executable, "-m", "tests.kill.publisher", *asked],
        cwd=ROOT,
        stderr=subprocess.PIPE,
    )
    try:
        yield process
    finally:
        process.kill()
        process.communicate()


@pytest.mark.parametrize(("step", "when"), CASES)
def test_a_kill_leaves_a_sound_site_that_a_plain_re_run_finishes(
    step: int, when: When, line: Proxy, service: S3Service, tmp_path: Path
) -> None:
    publish(S3Host(service), edition(tmp_path / "old", OLD))
    victim = Victim(step, when)
    line.rule = victim.rule
    slow = service.model_copy(update={"endpoint_url": line.endpoint_url})
    with publisher(tmp_path / "new", slow) as process:
        victim.process = process
        process.wait(60)
    seen = public(service)
    assert broken(seen) == []
    if victim.step > 0:
        assert NEW.items() <= seen.items()  # It had fewer requests than this.
    with publisher(tmp_path / "again", service) as process:
        told = process.communicate(timeout=60)[1]
        assert process.returncode == 0, told.decode()
    assert public(service) == OLD | NEW
    live = S3Host(service).read_live()
    assert live is not None
    assert set(live.manifest.entries) == set(NEW)
    assert S3Host(service).drift(live) == ()
    assert leftovers(service) == []


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
