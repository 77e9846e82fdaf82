from datetime import UTC, datetime

import time_machine

from sparetire import clock


def test_now_is_in_utc_and_cut_to_the_second() -> None:
    with time_machine.travel(datetime(2026, 11, 23, 14, 0, 5, 999_999, tzinfo=UTC), tick=False):
        assert clock.now() == datetime(2026, 11, 23, 14, 0, 5, tzinfo=UTC)
        assert clock.now().isoformat() == "2026-11-23T14:00:05+00:00"


def test_a_stopwatch_counts_up_whatever_happens_to_the_date() -> None:
    watch = clock.Stopwatch()
    first = watch.elapsed()
    assert 0 <= first <= watch.elapsed()
