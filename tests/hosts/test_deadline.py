"""A server that sends a byte now and then keeps nobody longer than the deadline."""

import threading
import time

import pytest
import requests

from sparetire.hosts.deadline import TooLargeError, exchange, within
from tests.support.slow_server import WAYS, slow_server

DEADLINE = 0.6
AT_MOST = 5.0  # seconds, on a machine that is busy; the slow server alone would take minutes


@pytest.mark.parametrize("way", WAYS)
def test_no_way_to_be_slow_outlasts_the_deadline(way: str) -> None:
    with slow_server(way) as url:
        started = time.monotonic()
        with pytest.raises(requests.RequestException):
            exchange(None, url, seconds=DEADLINE, most=5_000_000)
        assert time.monotonic() - started < AT_MOST


@pytest.mark.parametrize("way", ["says nothing", "drips a header"])
def test_tls_that_does_not_come_about_is_given_up(way: str) -> None:
    with slow_server(way) as url:
        started = time.monotonic()
        with pytest.raises(requests.RequestException):
            exchange(None, url.replace("http:", "https:"), seconds=DEADLINE)
        assert time.monotonic() - started < AT_MOST


def test_what_cannot_be_interrupted_is_left_behind() -> None:
    over = threading.Event()
    with pytest.raises(TimeoutError):
        within(0.1, over.wait)
    over.set()


def test_an_error_is_that_of_the_call() -> None:
    with pytest.raises(ZeroDivisionError):
        within(5, lambda: 1 // 0)


def test_a_body_that_is_too_large_is_not_read_to_its_end() -> None:
    with slow_server("drips chunks") as url, pytest.raises(TooLargeError):
        exchange(None, url, seconds=60, most=3)
