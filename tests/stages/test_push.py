"""A push sends waves in order, commits last, and tells what the public sees when it stops."""

from dataclasses import replace
from pathlib import Path

import pytest

from sparetire.errors import HostUnreachable
from sparetire.events import Event, FilePut, WaveStarted
from sparetire.hosts.base import Commit
from sparetire.model.edition import Edition, Live
from sparetire.model.manifest import Wave
from sparetire.model.plan import Plan
from sparetire.model.receipt import Receipt
from sparetire.stages.plan import make_plan
from sparetire.stages.push import Push
from tests.support.editions import AT, edition, page_with_style
from tests.support.memory import MemoryHost

OUTAGE = HostUnreachable("The host hung up.", why="Connection reset.")


@pytest.fixture
def site(tmp_path: Path) -> Edition:
    return edition(tmp_path / "site", page_with_style("new") | {"fr/feed.xml": "<rss/>"})


def push(
    site: Edition, host: MemoryHost, live: Live | None = None, told: list[Event] | None = None
) -> Receipt:
    commit = Commit(site.manifest, live, {"spill": AT}, AT)
    emit = ([] if told is None else told).append
    one = Push(site, plan(site, live), host, commit)
    one.send(emit)
    return one.commit()


def plan(site: Edition, live: Live | None) -> Plan:
    return make_plan("local", site.manifest, live)


def before(site: Edition) -> Live:
    """Return the same site as it was live before: every page with other bytes."""
    entries = {
        path: replace(one, sha256="0" * 64) for path, one in site.manifest.entries.items()
    }
    return Live("old", replace(site.manifest, entries=entries), 4, AT, {})


def test_waves_go_in_their_order_and_the_commit_is_last(site: Edition) -> None:
    host = MemoryHost()
    receipt = push(site, host, before(site))
    waves = [Wave.ASSETS, Wave.PAGES, Wave.FEEDS]
    sent = [site.manifest.entries[path].wave for path in host.asked[:-1]]
    assert sent == sorted(sent)
    assert list(dict.fromkeys(sent)) == waves
    assert host.asked[-1] == "commit"
    live = host.read_live()
    assert live is not None
    assert (live.edition, live.counter) == (site.manifest.edition, 5)
    assert receipt == Receipt("local", site.manifest.edition, 5, 0, 0, site.manifest.size)


def test_everything_sent_is_told(site: Edition) -> None:
    told: list[Event] = []
    push(site, MemoryHost(), told=told)
    put = [event.path for event in told if isinstance(event, FilePut)]
    assert sorted(put) == sorted(site.manifest.entries)
    assert sum(event.files for event in told if isinstance(event, WaveStarted)) == len(put)


def test_nothing_to_change_asks_nothing_of_the_host(site: Edition) -> None:
    host = MemoryHost()
    live = Live(site.manifest.edition, site.manifest, 4, AT, {})
    receipt = push(site, host, live)
    assert host.asked == []
    assert not receipt.changed
    assert receipt.kept == len(site.manifest.entries)


def test_a_page_that_is_only_dropped_is_still_committed(site: Edition, tmp_path: Path) -> None:
    host = MemoryHost()
    live = push_and_read(site, host)
    smaller = edition(tmp_path / "less", page_with_style("new"))
    assert push(smaller, host, live).retired == 1
    assert host.asked[-1] == "commit"
    assert "fr/feed.xml" in host.files


def push_and_read(site: Edition, host: MemoryHost) -> Live:
    push(site, host)
    live = host.read_live()
    assert live is not None
    return live


@pytest.mark.parametrize("step", ["fr/feed.xml", "commit", "404.html"])
def test_a_stop_goes_no_further_and_is_told_as_it_is(site: Edition, step: str) -> None:
    host = MemoryHost(fails_at=step, failure=OUTAGE)
    with pytest.raises(HostUnreachable) as stopped:
        push(site, host, before(site))
    assert stopped.value is OUTAGE
    assert host.asked[-1] == step
    assert host.read_live() is None


def test_the_same_push_again_finishes_the_job(site: Edition) -> None:
    live = before(site)
    stopped = MemoryHost(fails_at="fr/feed.xml", failure=OUTAGE)
    with pytest.raises(HostUnreachable):
        push(site, stopped, live)
    again = MemoryHost()
    again.files |= stopped.files
    push(site, again, live)
    assert again.files.keys() == site.manifest.entries.keys()
    assert again.read_live() is not None


def test_a_stop_before_the_first_write_is_told_as_it_is(site: Edition) -> None:
    first = next(iter(next(plan(site, None).waves())[1])).path
    host = MemoryHost(fails_at=first, failure=OUTAGE)
    with pytest.raises(HostUnreachable) as stopped:
        push(site, host)
    assert stopped.value is OUTAGE
    assert host.files == {}


@pytest.mark.parametrize("step", ["fr/feed.xml", "commit"])
def test_on_a_host_that_switches_at_once_a_stop_changes_nothing(
    site: Edition, step: str
) -> None:
    host = MemoryHost(atomic=True, fails_at=step, failure=OUTAGE)
    with pytest.raises(HostUnreachable) as stopped:
        push(site, host, before(site))
    assert stopped.value is OUTAGE
