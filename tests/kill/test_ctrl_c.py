"""Whatever Ctrl-C interrupts, the last word on the public is what an outside reader finds.

Launch, update, withdrawal and rollback on SeaweedFS, at drawn requests and instants; KILL=all
takes every changing request. What is there is fetched without credentials and compared.
"""

import json
import os
import shutil
import signal
import time
from collections.abc import Iterator, Mapping
from contextlib import closing, suppress
from dataclasses import dataclass, field
from pathlib import Path
from threading import Lock, Timer
from typing import Literal
from uuid import uuid4

import pytest

from sparetire.config.load import load_settings
from sparetire.hosts.registry import open_host
from sparetire.model.manifest import Entry
from tests.kill.test_runs import Buckets, console, look_away
from tests.support.command import Outcome, Team, new_team
from tests.support.errands import ERRANDS, TARGET, Errand, finish, restore, typed
from tests.support.faults import Death, Fault, Proxy, faulty
from tests.support.outside import differences, read_public
from tests.support.samples import SHARES, draw, lots, repeats
from tests.support.seaweed import Seaweed, seaweed_server
from tests.support.warm import Program, Warm, warm

__all__ = ["seaweed_server", "warm"]

FEW = 3
ENDS_WITHIN = 30.0  # seconds after Ctrl-C
Moment = Literal["before", "after", "instant"]
MOMENTS: tuple[Moment, ...] = ("before", "after")
WITHDRAWAL = Errand(
    ERRANDS["update"].before,
    lambda _team: ["withdraw", "--reason", "error", *TARGET],
    "retir",
    no_more="Personne n’est blessé",
)
KINDS = {**ERRANDS, "withdraw": WITHDRAWAL}
CASES = [(errand, share) for errand in KINDS for share in SHARES]


@dataclass(slots=True)
class Typist:
    """Presses Ctrl-C as a request arrives, or once the service has answered it.

    Attributes:
        step: How many changing requests are left until then, that one included.
        moment: When; the answer of a request that the service has done may be lost.
        program: The run.
        pressed: When it was, by the monotonic clock; 0 before.
        request: The request.
    """

    step: int
    moment: Moment
    program: Program | None = None
    pressed: float = 0.0
    request: str = ""
    _turn: Lock = field(default_factory=Lock)

    def rule(self, method: str, path: str) -> Fault:
        if away := look_away(method, path):
            return away
        if method in {"GET", "HEAD"}:
            return None
        with self._turn:
            self.step -= 1
            if self.step:
                return None
        self.request = f"{method} {path}"
        if self.moment == "after":
            return Death(self.press, "after")
        self.press()
        return None

    def press(self) -> None:
        assert self.program is not None
        self.pressed = time.monotonic()
        with suppress(ProcessLookupError):
            os.kill(self.program.pid, signal.SIGINT)


@pytest.fixture
def line(seaweed_server: Seaweed) -> Iterator[Proxy]:
    with faulty(seaweed_server.endpoint_url) as proxy:
        proxy.rule = look_away
        yield proxy


@pytest.fixture
def team(
    seaweed_server: Seaweed, line: Proxy, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Team:
    made = new_team(tmp_path / f"team-{uuid4().hex[:8]}")
    made.use_bucket(seaweed_server, endpoint_url=line.endpoint_url)
    made.set("crisis", "page_urls", value='"file"')
    for name, value in made.env.items():
        monkeypatch.setenv(name, value)
    return made


def places(requests: int) -> list[tuple[int, Moment]]:
    return [(step, moment) for step in range(1, requests + 1) for moment in MOMENTS]


@pytest.mark.parametrize("part", CASES, ids=str)
def test_the_last_word_after_ctrl_c_is_what_an_outside_reader_finds(
    part: tuple[str, int], seaweed_server: Seaweed, team: Team, line: Proxy, warm: Warm
) -> None:
    errand, share = part
    told = KINDS[errand]
    told.before(team)
    base = f"{seaweed_server.endpoint_url}/{seaweed_server.bucket}/{team.folder.name}"
    with closing(console(seaweed_server)) as client:
        buckets = Buckets(client, seaweed_server, team)
        before = buckets.site()
        template = team.folder.with_name("template")
        shutil.copytree(team.folder, template, symlinks=True)
        old = live_files(team)
        line.seen.clear()
        finish(team, told, warm, buckets.site)
        count = sum(method not in {"GET", "HEAD"} for method, _, _ in line.seen)
        for step, moment in draw(places(count), FEW, f"Ctrl-C {errand}", share):
            restore(team.folder, template)
            buckets.restore()
            typist = Typist(step, moment)
            ended = interrupted(team, told, typist, line, warm)
            now = read_public(base, buckets.site())
            line.rule = look_away
            note = f"request {step}, {moment}: {typist.request}; {ended.code}\n{ended.out}"
            restored = buckets.site()
            assert now == restored, note  # Readers need no credentials.
            finish(team, told, warm, buckets.site)
            if ended.code != 0:
                assert ended.code == 130, note + ended.err
                public = json.loads(ended.out)["error"]["public"]
                assert differences(public, before, now, planned(team, old)) == [], note


def live_files(team: Team) -> Mapping[str, Entry]:
    live = open_host(load_settings(team.folder).target("production"), team.folder).read_live()
    assert live is not None
    return live.manifest.entries


def planned(team: Team, old: Mapping[str, Entry]) -> dict[str, str]:
    """Return the hash of each file that a run puts from the old version to the live one."""
    return {
        path: entry.sha256
        for path, entry in live_files(team).items()
        if path not in old or old[path].served_as != entry.served_as
    }


def interrupted(team: Team, errand: Errand, typist: Typist, line: Proxy, warm: Warm) -> Outcome:
    line.rule = typist.rule
    with warm.started(*typed(team, errand), env=team.env) as program:
        typist.program = program
        ended = program.said()
    assert typist.pressed, f"it had fewer requests: {ended}"
    assert time.monotonic() - typist.pressed < ENDS_WITHIN, typist.request
    assert "Traceback" not in ended.err
    return ended


def test_ctrl_c_at_any_instant_is_never_lost(
    seaweed_server: Seaweed, team: Team, warm: Warm
) -> None:
    told = ERRANDS["update"]
    told.before(team)
    base = f"{seaweed_server.endpoint_url}/{seaweed_server.bucket}/{team.folder.name}"
    lot = lots("Ctrl-C at an instant")
    with closing(console(seaweed_server)) as client:
        buckets = Buckets(client, seaweed_server, team)
        before = buckets.site()
        old = live_files(team)
        template = team.folder.with_name("template")
        shutil.copytree(team.folder, template, symlinks=True)
        for _ in range(repeats(2, 20)):
            restore(team.folder, template)
            buckets.restore()
            typist = Typist(-1, "instant")
            after = lot.uniform(0.05, 2.0)
            with warm.started(*typed(team, told), env=team.env) as program:
                typist.program = program
                Timer(after, typist.press).start()
                ended = program.said()
            if typist.pressed:
                assert time.monotonic() - typist.pressed < ENDS_WITHIN
            now = read_public(base, buckets.site())
            finish(team, told, warm, buckets.site)
            if ended.code == 130 and ended.out:
                public = json.loads(ended.out)["error"]["public"]
                assert differences(public, before, now, planned(team, old)) == [], after
