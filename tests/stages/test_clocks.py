"""Either clock may be wrong; a public address tells its own in every answer."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import pytest

from sparetire.stages.clocks import Clocks, host_time
from tests.support.ports import free_port

NOON = datetime(2026, 12, 1, 17, tzinfo=UTC)
HOUR, SECOND = timedelta(hours=1), timedelta(seconds=1)


@contextmanager
def saying(status: int, headers: dict[str, str]) -> Iterator[str]:
    class Answering(BaseHTTPRequestHandler):
        def do_HEAD(self) -> None:
            self.send_response_only(status)
            for name, value in headers.items():
                self.send_header(name, value)
            self.end_headers()

        def log_message(self, *_: object) -> None:
            """Say nothing."""

    with ThreadingHTTPServer(("127.0.0.1", 0), Answering) as server:
        thread = threading.Thread(target=server.serve_forever, args=(0.05,), daemon=True)
        thread.start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()
        thread.join()


@pytest.mark.parametrize("status", [200, 301, 403, 404, 503])
def test_every_answer_tells_the_time(status: int) -> None:
    with saying(status, {"Date": "Tue, 01 Dec 2026 17:00:00 GMT"}) as url:
        assert host_time(url) == NOON


def test_what_a_cache_has_kept_has_grown_older_since() -> None:
    with saying(200, {"Date": "Tue, 01 Dec 2026 16:00:00 GMT", "Age": "3600"}) as url:
        assert host_time(url) == NOON


@pytest.mark.parametrize(
    "headers",
    [
        {},
        {"Date": "yesterday"},
        {"Date": "Tue, 01 Dec 2026 17:00:00 -0000"},
        {"Date": "Tue, 01 Dec 2026 17:00:00 GMT", "Age": "old"},
    ],
    ids=["none", "no date", "no zone", "no age"],
)
def test_what_cannot_be_believed_is_not_told(headers: dict[str, str]) -> None:
    with saying(200, headers) as url:
        assert host_time(url) is None


def test_nobody_there_tells_nothing() -> None:
    assert host_time(f"http://127.0.0.1:{free_port()}/") is None


@pytest.mark.parametrize("skew", [-HOUR, HOUR], ids=["slow", "fast"])
@pytest.mark.parametrize("who", ["ours", "theirs"])
@pytest.mark.parametrize("after", [-SECOND, SECOND], ids=["before", "after"])
def test_an_hour_of_difference_is_seen_and_the_slower_clock_counts(
    skew: timedelta, who: str, after: timedelta
) -> None:
    true = NOON + after
    clocks = Clocks(true + skew, true) if who == "ours" else Clocks(true, true + skew)
    assert not clocks.agree
    assert clocks.earliest == min(true, true + skew)
    if after < timedelta():
        assert clocks.earliest < NOON


def test_seconds_of_difference_are_usual() -> None:
    assert Clocks(NOON, NOON + 30 * SECOND).agree
    assert Clocks(NOON, None).agree
    assert Clocks(NOON, NOON + 30 * SECOND).earliest == NOON
