"""How long a request is tried again before somebody is told.

boto3's own policy waits up to 20 s between two tries, and gives up after a number of tries that
a busy service reaches by chance. People wait here: what counts is the time, not the number.
"""

from collections.abc import Mapping
from random import uniform
from typing import Any

from botocore.exceptions import (
    ConnectionError as NoConnection,
)
from botocore.exceptions import (
    EndpointConnectionError,
    HTTPClientError,
    ReadTimeoutError,
    SSLError,
)

from sparetire.clock import Stopwatch

__all__ = ["try_again"]

_PATIENCE = 12.0
"""Seconds after a first failure in which a new try may begin."""

_SILENT = 8.0
"""The same where nothing is said until a time limit: two tries, then it is given up."""

_NOBODY_THERE = 4.0
"""The same where no connection comes about at all: a wrong address rarely gets better."""

_NO_SERVICE = 2.0
"""The same for a page where XML is due, of which boto3 makes a bare 500."""

_LONGEST_PAUSE = 1.5
_BUSY = {429, 500, 502, 503, 504}
# https://docs.aws.amazon.com/AmazonS3/latest/API/ErrorResponses.html
_BUSY_CODES = {
    "BandwidthLimitExceeded",
    "PriorRequestNotComplete",
    "RequestTimeout",
    "SlowDown",
    "Throttling",
    "ThrottlingException",
    "TooManyRequestsException",
}


def try_again(
    *,
    attempts: int,
    response: tuple[Any, Mapping[str, Any]] | None,
    caught_exception: Exception | None,
    request_dict: dict[str, Any],
    **_more: object,
) -> float | None:
    """Return the seconds to wait before the next try, or None to give up.

    It is called as a handler of botocore's event ``needs-retry``.
    """
    watch: Stopwatch = request_dict["context"].setdefault("sparetire", Stopwatch())
    if caught_exception is not None:
        patience = _patience(caught_exception)
    else:
        patience = 0.0 if response is None else _patience_with(*response)
    if watch.elapsed() >= patience:
        return None
    # A share at random, so that sixteen threads do not all come back at once.
    pause: float = min(_LONGEST_PAUSE, 0.1 * 1.6**attempts)
    return pause * uniform(0.5, 1.0)  # noqa: S311  spreads retries


def _patience(error: Exception) -> float:
    if isinstance(error, SSLError) and ("CERTIFICATE" in str(error) or "match" in str(error)):
        return 0.0  # Another certificate will not come.
    if isinstance(error, ReadTimeoutError):
        return _SILENT
    if isinstance(error, EndpointConnectionError):
        return _NOBODY_THERE
    return _PATIENCE if isinstance(error, (HTTPClientError, NoConnection)) else 0.0


def _patience_with(answer: object, parsed: Mapping[str, Any]) -> float:
    code = parsed.get("Error", {}).get("Code")
    if code == "500":
        return _NO_SERVICE
    busy = getattr(answer, "status_code", 0) in _BUSY or code in _BUSY_CODES
    return _PATIENCE if busy else 0.0
