"""When a run may trust what the last commit wrote down, and when it must look at each file."""

from collections.abc import Callable
from concurrent.futures import Future
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from time import sleep
from typing import TYPE_CHECKING, cast
from uuid import uuid4

import boto3
import pytest

from sparetire.config.services import S3Service
from sparetire.errors import SparetireError
from sparetire.hosts.base import Commit
from sparetire.hosts.s3 import S3Host
from sparetire.hosts.s3.buckets import Buckets
from sparetire.hosts.s3.doubt import Doubt
from sparetire.hosts.s3.pointer import Pointer, read_pointer
from sparetire.model.edition import Live
from sparetire.model.manifest import Manifest
from sparetire.stages.plan import make_plan
from sparetire.stages.push import Push
from tests.support.delay import delayed
from tests.support.editions import AT, HOLDER, edition, page_with_style
from tests.support.faults import Answer, Proxy

if TYPE_CHECKING:
    from sparetire.hosts.lease import Lease
    from sparetire.hosts.s3.state import StateFile

ONE, TWO = page_with_style("one"), page_with_style("two")


@pytest.fixture
def memory(tmp_path: Path) -> Path:
    """Return a folder that knows nothing of any service yet."""
    return tmp_path / "memory"


@pytest.fixture
def slow(service: S3Service, line: Proxy) -> S3Service:
    """Return the target behind a line that tells what was asked."""
    line.rule = lambda _method, _path: None
    line.seen.clear()
    return service.model_copy(update={"endpoint_url": line.endpoint_url})


def run(host: S3Host, folder: Path, files: dict[str, str]) -> Live | None:
    """Publish as a run does: under the lock, from the plan; returns what it found live."""
    site = edition(folder, files)
    with host.lock(replace(HOLDER, nonce=uuid4().hex)):
        live = host.read_live()
        commit = Commit(site.manifest, live, {}, AT)
        push = Push(site, make_plan("bucket", site.manifest, live), host, commit)
        push.send(_deaf)
        push.commit()
    return live


def _deaf(_event: object) -> None:
    """Nobody listens."""


def listings(line: Proxy, service: S3Service) -> int:
    """Count the lists of the public bucket that were asked for since the last count."""
    asked = [path for method, path, _ in line.seen if method == "GET" and "list-type" in path]
    line.seen.clear()
    return sum(path.startswith(f"/{service.bucket}?") for path in asked)


def test_a_known_site_is_never_listed(
    slow: S3Service, line: Proxy, tmp_path: Path, memory: Path
) -> None:
    for name, files in (("1", ONE), ("2", TWO)):
        run(S3Host(slow, memory=memory), tmp_path / name, files)
        listings(line, slow)
    run(S3Host(slow, memory=memory), tmp_path / "3", ONE)
    assert listings(line, slow) == 0


def test_what_the_service_can_do_is_asked_once_on_a_machine(
    slow: S3Service, line: Proxy, memory: Path
) -> None:
    assert S3Host(slow, memory=memory).features.conditional_writes
    line.seen.clear()
    host = S3Host(slow, memory=memory)
    assert host.features.conditional_writes
    with host.lock(HOLDER):
        pass
    locked = [method for method, path, _ in line.seen if "lock.json" in path]
    assert locked == ["PUT", "DELETE"]
    assert not any("conditions.probe" in path for _, path, _ in line.seen)


def test_a_check_asks_again_what_the_service_can_do(
    slow: S3Service, line: Proxy, memory: Path
) -> None:
    assert S3Host(slow, memory=memory).features.conditional_writes
    line.always("PUT", "conditions.probe", Answer(200, headers={"ETag": '"any"'}))
    host = S3Host(slow, memory=memory)
    host.probe()
    assert not host.features.conditional_writes
    assert not S3Host(slow, memory=memory).features.conditional_writes


def test_a_service_that_ignores_conditions_is_listed_each_time(
    slow: S3Service, line: Proxy, tmp_path: Path, memory: Path
) -> None:
    run(S3Host(slow, memory=memory), tmp_path / "1", ONE)
    line.always("PUT", "conditions.probe", Answer(200, headers={"ETag": '"any"'}))
    S3Host(slow, memory=memory).probe()
    line.seen.clear()
    run(S3Host(slow, memory=memory), tmp_path / "2", TWO)
    assert listings(line, slow) == 1


def test_a_run_that_stopped_half_way_is_made_whole_by_another(
    slow: S3Service, line: Proxy, tmp_path: Path, memory: Path
) -> None:
    run(S3Host(slow, memory=memory), tmp_path / "1", ONE)
    line.always("PUT", "live.json", Answer(403, "AccessDenied"))
    with pytest.raises(SparetireError):
        run(S3Host(slow, memory=memory), tmp_path / "2", TWO)
    line.rule = lambda _method, _path: None
    found = run(S3Host(slow, memory=memory), tmp_path / "3", ONE)
    assert found is not None
    assert found.manifest.entries["index.html"].sha256 == ""
    live = S3Host(slow).read_live()
    assert live is not None
    assert set(live.manifest.entries) == set(ONE)
    listings(line, slow)
    run(S3Host(slow, memory=memory), tmp_path / "4", ONE)
    assert listings(line, slow) == 0


def test_where_no_sign_can_be_left_the_lock_is_the_sign(
    slow: S3Service, line: Proxy, tmp_path: Path, memory: Path
) -> None:
    run(S3Host(slow, memory=memory), tmp_path / "1", ONE)

    def refuse(method: str, path: str) -> Answer | None:
        wanted = path.endswith(("live.json", "doubt"))
        return Answer(403, "AccessDenied") if method == "PUT" and wanted else None

    line.rule = refuse
    with pytest.raises(SparetireError):
        run(S3Host(slow, memory=memory, lease=1), tmp_path / "2", TWO)
    line.rule = lambda _method, _path: None
    sleep(2.1)  # Ages of files are whole seconds.
    found = run(S3Host(slow, memory=memory, lease=1), tmp_path / "3", ONE)
    assert found is not None
    assert found.manifest.entries["index.html"].sha256 == ""


def test_what_was_found_to_differ_is_mended_by_the_next_run(
    slow: S3Service, service: S3Service, tmp_path: Path, memory: Path
) -> None:
    run(S3Host(slow, memory=memory), tmp_path / "1", ONE)
    live = S3Host(service).read_live()
    assert live is not None
    with closing(boto3.client("s3", "us-east-1", endpoint_url=service.endpoint_url)) as console:
        console.delete_object(Bucket=service.bucket, Key=f"{service.prefix}404.html")
    assert S3Host(service).drift(live) == ("404.html is missing.",)
    run(S3Host(slow, memory=memory), tmp_path / "2", ONE)
    assert S3Host(service).drift(live) == ()


def test_what_was_seen_before_the_lock_counts_while_nobody_has_committed_since(
    service: S3Service, tmp_path: Path
) -> None:
    run(S3Host(service), tmp_path / "1", ONE)
    state = Buckets(service, None).state
    before = read_pointer(state)
    assert before is not None
    glimpsed: Future[Pointer | None] = Future()
    glimpsed.set_result(before)
    assert read_pointer(state, glimpsed) is before
    run(S3Host(service), tmp_path / "2", ONE | {"fr/statement/index.html": "<p>Corrigé"})
    now = read_pointer(state, glimpsed)
    assert now is not None
    assert now.live.counter == before.live.counter + 1
    assert now.live.manifest != before.live.manifest


def test_the_list_of_an_edition_that_is_known_is_not_fetched(
    slow: S3Service, line: Proxy, tmp_path: Path
) -> None:
    run(S3Host(slow), tmp_path / "1", ONE)
    files = edition(tmp_path / "2", ONE).manifest

    def lists_read(tell: Callable[[], Manifest | None]) -> tuple[bool, int]:
        line.seen.clear()
        live = S3Host(slow, known={files.edition: tell}).read_live()
        asked = [path for method, path, _ in line.seen if method == "GET"]
        return live is not None and live.manifest == files, _lists(asked)

    assert lists_read(lambda: files) == (True, 0)
    assert lists_read(lambda: None) == (True, 1)


def _lists(paths: list[str]) -> int:
    return sum("/manifests/" in path for path in paths)


def test_a_changed_file_is_live_after_two_round_trips(
    service: S3Service, tmp_path: Path, memory: Path
) -> None:
    run(S3Host(service), tmp_path / "1", ONE)
    changed = edition(tmp_path / "2", ONE | {"fr/statement/index.html": "<p>Corrigé"})
    with delayed(service.endpoint_url or "", 0.2) as line:
        behind = service.model_copy(update={"endpoint_url": line.endpoint_url})
        assert S3Host(behind, memory=memory).features.conditional_writes
        host = S3Host(behind, memory=memory)
        line.spans.clear()
        with host.lock(HOLDER):
            live = host.read_live()
            assert line.rounds() == 2, line.spans
            line.spans.clear()
            plan = make_plan("bucket", changed.manifest, live)
            commit = Commit(changed.manifest, live, {}, AT)
            push = Push(changed, plan, host, commit)
            push.send(_deaf)
            push.commit()
            assert line.rounds() == 2, line.spans
            line.spans.clear()
        assert line.rounds() == 1, line.spans


class Impatient:
    """A sign that somebody interrupts while it is being written."""

    def overwrite(self, _body: bytes) -> None:
        raise KeyboardInterrupt


def test_an_interrupted_end_leaves_the_lock_as_the_sign() -> None:
    doubt, kept = Doubt(cast("StateFile", Impatient())), HeldLock()
    doubt.unsure = True
    with pytest.raises(KeyboardInterrupt):
        doubt.hand_on(cast("Lease", kept))
    assert kept.left


class HeldLock:
    """A lock that remembers whether it is to outlive its holder."""

    left = False

    def leave(self) -> None:
        self.left = True
