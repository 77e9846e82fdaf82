"""The rules of taking, keeping and losing a lease, on a slot in memory."""

import json
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

import pytest
import time_machine

from sparetire.errors import HostUnreachable, Locked
from sparetire.hosts.base import Holder
from sparetire.hosts.guard import Guard, excused
from sparetire.hosts.lease import Kept, Lease
from tests.support.editions import HOLDER

RIVAL = Holder(who="ben@desk", purpose="update spill", nonce="nonce-of-ben")
LASTS = 120.0
START = datetime(2026, 11, 23, 3, 0, tzinfo=UTC)


@dataclass
class MemorySlot:
    """Keeps one file, and refuses as an S3 service does; its age is set by the test."""

    kept: Kept | None = None
    writes: int = 0
    silent: bool = False

    def read(self) -> Kept | None:
        return self.kept

    def write(self, body: bytes, replaces: str | None) -> str | None:
        if self.silent:
            raise HostUnreachable("no answer")
        if replaces != (self.kept.tag if self.kept else None):
            return None
        self.writes += 1
        self.kept = Kept(body, f"version {self.writes}", 0)
        return self.kept.tag

    def delete(self, tag: str) -> None:
        if self.kept is not None and self.kept.tag == tag:
            self.kept = None

    def note(self) -> dict[str, str]:
        assert self.kept is not None
        note: dict[str, str] = json.loads(self.kept.body)
        return note

    def plant(self, body: str, age: float) -> None:
        self.writes += 1
        self.kept = Kept(body.encode(), f"version {self.writes}", age)


def lease(slot: MemorySlot, holder: Holder = HOLDER) -> Lease:
    return Lease(slot, holder, "Bucket 'site'", lasts=LASTS)


def test_a_lease_is_there_while_held_and_gone_after() -> None:
    slot = MemorySlot()
    with lease(slot).held():
        assert slot.note()["who"] == "ana@laptop"
    assert slot.kept is None


def test_a_living_holder_keeps_it() -> None:
    slot = MemorySlot()
    with lease(slot).held(), pytest.raises(Locked) as refusal:
        lease(slot, RIVAL).held().__enter__()
    assert "ana@laptop is at work since" in refusal.value.why[0]
    assert "launch spill" in refusal.value.why[0]


@pytest.mark.parametrize(
    "body",
    [
        '{"nonce": "n", "who": "ben@desk", "machine": "elsewhere", "pid": 1}',
        '{"nonce": "n", "machine": "elsewhere", "pid": "many"}',
        "[1, 2]",
        "cut sho",
        "",
    ],
)
@pytest.mark.parametrize(
    ("age", "taken"), [(LASTS - 1, False), (LASTS + 1, True), (-30, False)]
)
def test_only_a_lease_that_ran_out_is_taken_over(body: str, age: float, *, taken: bool) -> None:
    slot = MemorySlot()
    slot.plant(body, age)
    if taken:
        with lease(slot).held():
            assert slot.note()["who"] == "ana@laptop"
    else:
        with pytest.raises(Locked):
            lease(slot).held().__enter__()


def test_our_own_trace_is_ours() -> None:
    slot = MemorySlot()
    slot.plant(json.dumps({"nonce": HOLDER.nonce, "machine": "elsewhere"}), 1)
    with lease(slot).held():
        assert slot.note()["who"] == "ana@laptop"


def test_of_two_who_take_over_one_wins() -> None:
    slot = MemorySlot()
    slot.plant("{}", LASTS + 1)
    with lease(slot).held(), pytest.raises(Locked):
        lease(slot, RIVAL).held().__enter__()


def test_after_a_long_sleep_the_lease_is_renewed_before_a_write() -> None:
    slot = MemorySlot()
    with time_machine.travel(START, tick=False) as clock:
        mine = lease(slot)
        with mine.held():
            before = slot.kept
            mine.confirm()
            assert slot.kept == before
            clock.shift(timedelta(hours=1))
            mine.confirm()
            assert slot.kept != before
    assert slot.kept is None


def test_who_slept_too_long_must_not_write() -> None:
    slot = MemorySlot()
    with time_machine.travel(START, tick=False) as clock:
        mine = lease(slot)
        with mine.held():
            assert slot.kept is not None
            slot.kept = replace(slot.kept, age=LASTS + 1)
            clock.shift(timedelta(hours=1))
            with lease(slot, RIVAL).held():
                with pytest.raises(Locked, match="not locked"):
                    mine.confirm()
                assert slot.note()["who"] == "ben@desk"
            with pytest.raises(Locked):
                mine.confirm()


def test_a_lease_taken_over_is_not_given_back() -> None:
    slot = MemorySlot()
    with time_machine.travel(START, tick=False) as clock:
        mine = lease(slot)
        with mine.held():
            slot.plant(json.dumps({"nonce": "other", "who": "ben@desk"}), 0)
            clock.shift(timedelta(hours=1))
            with pytest.raises(Locked):
                mine.confirm()
        assert slot.note()["who"] == "ben@desk"


def test_a_lease_that_ran_out_needs_an_answer() -> None:
    slot = MemorySlot()
    with time_machine.travel(START, tick=False) as clock:
        mine = lease(slot)
        with mine.held():
            slot.silent = True
            clock.shift(timedelta(hours=1))
            with pytest.raises(HostUnreachable):
                mine.confirm()


def test_no_renewal_looks_like_the_one_before() -> None:
    slot, bodies = MemorySlot(), set[bytes]()
    with time_machine.travel(START, tick=False) as clock:
        mine = lease(slot)
        with mine.held():
            for _ in range(3):
                assert slot.kept is not None
                bodies.add(slot.kept.body)
                clock.shift(timedelta(hours=1))
                mine.confirm()
    assert len(bodies) == 3


class Clocks:
    """Two clocks of a machine that can sleep: one counts sleep, the other is stopped by it."""

    def __init__(self) -> None:
        self.read = (1000.0, 5000.0)

    def __call__(self) -> tuple[float, ...]:
        return self.read

    def sleep(self, counted: float, wall: float) -> None:
        self.read = (self.read[0] + counted, self.read[1] + wall)


@pytest.mark.parametrize(
    ("counted", "wall"),
    [(LASTS / 2 + 1, 0), (0, LASTS / 2 + 1), (LASTS / 2 + 1, -3600)],
    ids=["by the clock that counts sleep", "by the wall clock", "and set back meanwhile"],
)
def test_a_machine_that_slept_asks_the_host_before_it_writes(
    counted: float, wall: float
) -> None:
    slot, clocks = MemorySlot(), Clocks()
    mine = Lease(slot, HOLDER, "Bucket 'site'", lasts=LASTS, clocks=clocks)
    with mine.held():
        mine.confirm()
        assert slot.writes == 1
        clocks.sleep(counted, wall)
        mine.confirm()
        assert slot.writes == 2
        mine.confirm()
        assert slot.writes == 2


@dataclass
class LateSlot(MemorySlot):
    """Its first answer takes as long as a lease lasts."""

    clocks: Clocks = field(default_factory=Clocks)

    def write(self, body: bytes, replaces: str | None) -> str | None:
        tag = super().write(body, replaces)
        if self.writes == 1:
            self.clocks.sleep(LASTS, LASTS)
        return tag


def test_a_lease_counts_from_before_its_renewal_was_sent() -> None:
    slot = LateSlot()
    mine = Lease(slot, HOLDER, "Bucket", lasts=LASTS, clocks=slot.clocks)
    with mine.held():
        mine.confirm()
        assert slot.writes == 2


def test_what_a_holder_counts_on_is_kept_by_who_would_wait_less() -> None:
    slot = MemorySlot()
    with lease(slot).held():
        assert slot.kept is not None
        slot.kept = replace(slot.kept, age=LASTS - 1)
        with pytest.raises(Locked):
            Lease(slot, RIVAL, "Bucket 'site'", lasts=1).held().__enter__()


def test_a_guard_asks_for_every_request_but_those_about_the_lock() -> None:
    slot, clocks, guard = MemorySlot(), Clocks(), Guard()
    guard()
    guard.lease = mine = Lease(slot, HOLDER, "Bucket 'site'", lasts=LASTS, clocks=clocks)
    with mine.held():
        slot.plant(json.dumps({"nonce": "other", "who": "ben@desk"}), 0)
        guard()
        clocks.sleep(LASTS, LASTS)
        with pytest.raises(Locked, match="not locked for this run any more") as refusal:
            guard()
        assert "ben@desk has taken the lock over" in refusal.value.why[0]
        with excused():
            guard()


def test_a_stopped_run_begins_no_request_but_gives_the_lock_back() -> None:
    slot, guard = MemorySlot(), Guard()
    guard.lease = mine = lease(slot)
    with mine.held():
        guard.stop()
        with pytest.raises(KeyboardInterrupt):
            guard()
    assert slot.kept is None
