"""A run that has lost its lock sends no new request, on any kind of host."""

import json
import time
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path, PosixPath

import pytest
import time_machine

from sparetire.clock import now
from sparetire.errors import Locked
from sparetire.hosts.base import Commit, Host
from sparetire.hosts.netlify import NetlifyHost
from sparetire.hosts.sftp import SftpHost
from sparetire.model.edition import Edition
from tests.support.editions import AT, HOLDER, edition, page_with_style, publish, uploads
from tests.support.netlify_stub import TOKEN, Limits, netlify_service, netlify_stub
from tests.support.places import (
    Place,
    folder_place,
    git_place,
    netlify_place,
    zip_place,
)
from tests.support.ports import free_port
from tests.support.sshd import needs_sshd, sftp_service, sshd

BEN = replace(HOLDER, who="ben@desk", purpose="withdraw spill", nonce="nonce-of-ben")


LEASE = 2.0  # seconds


@pytest.fixture(params=["directory", "zip", "git", "netlify"])
def place(
    request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Place]:
    folder = tmp_path / "place"
    folder.mkdir()
    if request.param == "directory":
        yield folder_place(folder / "site")
    elif request.param == "zip":
        with zip_place(folder / "site.zip") as found:
            yield found
    elif request.param == "git":
        with git_place(folder) as found:
            yield found
    else:
        with netlify_place(folder, monkeypatch) as found:
            yield found


@pytest.fixture
def sites(tmp_path: Path) -> tuple[Edition, Edition, Edition]:
    one, two, three = (
        edition(tmp_path / mark, page_with_style(mark)) for mark in ("one", "two", "three")
    )
    return one, two, three


def go_on(host: Host, site: Edition, commit: Commit) -> None:
    """Do what a run does that does not know yet."""
    list(host.put(uploads(site, commit.previous)))
    host.commit(commit)


def test_a_run_whose_lock_file_another_run_has_changes_nothing_more(
    place: Place, sites: tuple[Edition, Edition, Edition], tmp_path: Path
) -> None:
    one, two, three = sites
    publish(place.open(), one)
    first, second = place.open(), place.open()
    with first.lock(HOLDER):
        live = first.read_live()
        # As on a network's folder whose server gave the lock to another machine.
        for lock in (tmp_path / "place").rglob("lock"):
            lock.unlink()
        made = publish(second, two, BEN)
        with pytest.raises(Locked):
            go_on(first, three, Commit(three.manifest, live, {}, AT))
        with pytest.raises(Locked):
            first.keep("incidents/spill.json", b"{}")
    after = place.open().read_live()
    assert after is not None
    assert after.edition == made.edition
    assert place.open().drift(after) == ()


@needs_sshd
def test_a_server_gets_no_new_request_from_a_run_whose_lease_is_another_s(
    sites: tuple[Edition, Edition, Edition], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, _, three = sites
    root = tmp_path / "site"
    with sshd(tmp_path / "sshd", monkeypatch) as server:
        service = sftp_service(server, root, url=f"http://127.0.0.1:{free_port()}")
        publish(SftpHost(service), one)
        host = SftpHost(service, lease=LEASE)
        with host.lock(HOLDER):
            live = host.read_live()
            (root / "state/lock.json").write_text(json.dumps({"nonce": "n", "who": "ben@desk"}))
            time.sleep(LEASE + 0.5)  # our lease is certain no longer
            before = {path for path in root.rglob("*") if not path.name.endswith(".clock")}
            switched = (root / "current").readlink()
            commit = Commit(three.manifest, live, {}, AT)
            for act in (
                lambda: list(host.put(uploads(three, live))),
                lambda: host.commit(commit),
                lambda: host.keep("incidents/spill.json", b"{}"),
            ):
                with pytest.raises(Locked, match="not locked for this run any more"):
                    act()
            assert (root / "current").readlink() == switched
            assert {path for path in root.rglob("*") if path.suffix != ".clock"} == before


@pytest.mark.parametrize("place", ["directory", "zip", "git", "netlify"], indirect=True)
def test_a_run_that_is_told_to_stop_begins_nothing_more(
    place: Place, sites: tuple[Edition, Edition, Edition]
) -> None:
    one, two, _ = sites
    made, host = publish(place.open(), one), place.open()
    with host.lock(HOLDER):
        live = host.read_live()
        host.stop()
        with pytest.raises(KeyboardInterrupt):
            go_on(host, two, Commit(two.manifest, live, {}, AT))
    after = place.open().read_live()
    assert after is not None
    assert after.edition == made.edition


SLEEPS: list[Callable[[], object]] = []


class Sleeping(PosixPath):
    """A file in the middle of whose upload the machine sleeps, once."""

    def read_bytes(self) -> bytes:
        if SLEEPS:
            SLEEPS.pop()()
        return bytes(super().read_bytes())


def test_a_deploy_that_slept_looks_first_whether_another_machine_has_published(
    sites: tuple[Edition, Edition, Edition], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    one, two, three = sites
    monkeypatch.setenv("NETLIFY_AUTH_TOKEN", TOKEN)
    with netlify_stub(Limits(deploys=1000, calls=100_000)) as stub:
        service = netlify_service(stub)

        def machine(name: str) -> NetlifyHost:
            return NetlifyHost(service, tmp_path / name, api=stub.api)

        publish(machine("ana"), one)
        with time_machine.travel(now(), tick=True) as clock:

            def sleep() -> None:
                publish(machine("ben"), two, BEN)
                clock.shift(122)

            host = machine("ana")
            with host.lock(HOLDER):
                live = host.read_live()
                files = [
                    replace(each, source=Sleeping(each.source)) for each in uploads(three, live)
                ]
                list(host.put(files))
                SLEEPS.append(sleep)
                with pytest.raises(Locked, match="was not made live"):
                    host.commit(Commit(three.manifest, live, {}, AT))
        after = machine("ben").read_live()
        assert after is not None
        assert after.edition == two.manifest.edition
