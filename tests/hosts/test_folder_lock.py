"""A run that can wait lets a person through; a person never waits for a person."""

import threading
from pathlib import Path

import pytest

from sparetire.errors import Locked
from sparetire.hosts.base import Holder
from sparetire.hosts.folder_lock import asked_for, folder_lock

TIMER = Holder("cron@press", "newsroom publish", "a", yields=True)
PERSON = Holder("anne@press", "launch spill", "b")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / ".sparetire" / "lock"


def test_a_person_is_told_at_once_of_another_person(path: Path) -> None:
    with folder_lock(path, PERSON), pytest.raises(Locked) as caught:
        _take(path, Holder("luc@press", "update spill", "c"))
    assert "anne@press is at work: launch spill" in caught.value.why[0]


@pytest.mark.parametrize("holder", [PERSON, TIMER])
def test_a_timer_never_waits(path: Path, holder: Holder) -> None:
    with folder_lock(path, holder), pytest.raises(Locked):
        _take(path, TIMER)
    assert not asked_for(path)


def test_a_timer_hears_that_a_person_asks_and_the_person_comes_in(path: Path) -> None:
    inside, entered = threading.Event(), threading.Event()

    def hold() -> None:
        with folder_lock(path, TIMER):
            inside.set()
            while not asked_for(path):
                inside.wait(0.01)

    timer = threading.Thread(target=hold)
    timer.start()
    inside.wait()
    with folder_lock(path, PERSON):
        entered.set()
        assert not asked_for(path)
    timer.join()
    assert entered.is_set()


def test_who_was_killed_while_waiting_asks_no_more(path: Path) -> None:
    path.parent.mkdir()
    path.with_name("lock.wanted").touch()
    with folder_lock(path, TIMER):
        assert not asked_for(path)


def _take(path: Path, holder: Holder) -> None:
    with folder_lock(path, holder):
        pass
