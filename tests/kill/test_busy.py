"""A service that refuses many requests at random: a run gets through, or stops safely.

A change of 20 files, with 503 in answer to 5, 20 and 40 % of all requests. KILL=all tries
enough times to state the share that succeeds; otherwise each rate is tried once.
"""

from collections.abc import Iterator
from pathlib import Path
from random import Random
from threading import Lock

import pytest

from sparetire.config.load import load_settings
from sparetire.errors import SparetireError
from sparetire.hosts.base import Host
from sparetire.hosts.registry import open_host
from sparetire.model.edition import Edition
from sparetire.model.published import Published
from tests.support.built import publish_built
from tests.support.command import Team, new_team
from tests.support.editions import edition
from tests.support.faults import Answer, Fault, Proxy, faulty
from tests.support.samples import repeats
from tests.support.seaweed import Seaweed, seaweed_server

__all__ = ["seaweed_server"]

FILES = 20
TRIES = repeats(1, 40)
NEEDED = {0.05: 1.0, 0.20: 1.0, 0.40: 0.95}


class Weather:
    """Refuses a share of the requests, by a lot that can be drawn again."""

    def __init__(self, share: float, seed: int) -> None:
        self._share = share
        self._lots = Random(seed)
        self._turn = Lock()
        self.refused = 0

    def rule(self, _method: str, _path: str) -> Fault:
        with self._turn:
            if self._lots.random() >= self._share:
                return None
            self.refused += 1
            return Answer(503, "SlowDown")


@pytest.fixture
def line(seaweed_server: Seaweed) -> Iterator[Proxy]:
    with faulty(seaweed_server.endpoint_url) as proxy:
        yield proxy


@pytest.fixture
def team(
    seaweed_server: Seaweed, line: Proxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Team:
    made = new_team(tmp_path / f"busy-{tmp_path.name}")
    made.use_bucket(seaweed_server, endpoint_url=line.endpoint_url)
    for name, value in made.env.items():
        monkeypatch.setenv(name, value)
    return made


def site(mark: str) -> dict[str, str]:
    """Return twenty pages, each of which every mark changes."""
    return {f"fr/page-{n}.html": f"<p>{mark} {n}" for n in range(FILES - 1)} | {
        "index.html": f"<p>{mark}"
    }


def host_of(team: Team) -> Host:
    return open_host(load_settings(team.folder).target("production"), team.folder)


def attempt(team: Team, built: Edition) -> Published | SparetireError:
    try:
        return publish_built(team, built)
    except SparetireError as error:
        return error


@pytest.mark.parametrize("share", NEEDED)
def test_a_busy_service_is_got_through_or_left_safely(
    share: float, team: Team, line: Proxy, tmp_path: Path
) -> None:
    publish_built(team, edition(tmp_path / "first", site("first")))
    through = refused = 0
    for seed in range(1, TRIES + 1):
        weather = Weather(share, seed)
        line.rule = weather.rule
        built = edition(tmp_path / f"{seed}", site(f"{share} {seed}"))
        ended = attempt(team, built)
        line.rule = lambda _method, _path: None
        if isinstance(ended, SparetireError):
            assert ended.exit_code in {6, 7}, ended.why
            assert ended.public
        else:
            through += 1
            assert ended.receipts[0].put == FILES
        refused += weather.refused
        live = host_of(team).read_live()
        assert live is not None
        if live.edition != built.manifest.edition:
            publish_built(team, built)
        live = host_of(team).read_live()
        assert live is not None
        assert (live.edition, host_of(team).drift(live)) == (built.manifest.edition, ())
    assert refused >= TRIES * share
    assert through / TRIES >= NEEDED[share]
