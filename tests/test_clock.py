import time
from datetime import UTC, datetime

import pytest
import time_machine

from sparetire import clock


def test_now_is_in_utc_and_cut_to_the_second() -> None:
    with time_machine.travel(datetime(2026, 11, 23, 14, 0, 5, 999_999, tzinfo=UTC), tick=False):
        assert clock.now() == datetime(2026, 11, 23, 14, 0, 5, tzinfo=UTC)
        assert clock.now().isoformat() == "2026-11-23T14:00:05+00:00"


def test_the_clocks_count_what_each_of_them_missed() -> None:
    slept_by_both, paused_as_a_whole, set_back = (60.0, 60.0), (0.1, 60.0), (60.0, -3600.0)
    for until in (slept_by_both, paused_as_a_whole, set_back):
        assert clock.passed((0.0, 0.0), until) == 60.0
    assert clock.passed((0.0, 0.0), (1.0, 1.5)) == 1.5


def test_two_readings_of_the_clocks_are_as_far_apart_as_the_time_between_them() -> None:
    before, watch = clock.read_clocks(), clock.Stopwatch()
    time.sleep(0.05)
    assert watch.elapsed() >= 0.05
    assert clock.passed(before, clock.read_clocks()) >= 0.04


@pytest.mark.skipif(not hasattr(time, "CLOCK_BOOTTIME"), reason="this system has no such clock")
def test_one_of_the_clocks_is_the_one_that_counts_sleep() -> None:
    before = time.clock_gettime(time.CLOCK_BOOTTIME)
    read, _ = clock.read_clocks()
    assert before <= read <= time.clock_gettime(time.CLOCK_BOOTTIME)


def test_a_stopwatch_counts_up_whatever_happens_to_the_date() -> None:
    watch = clock.Stopwatch()
    first = watch.elapsed()
    assert 0 <= first <= watch.elapsed()
