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
    SSLError,
)

from sparetire.clock import Stopwatch

__all__ = ["try_again"]

_PATIENCE = 12.0
"""Seconds in which a new try may begin."""

_NOBODY_THERE = 4.0
"""The same where no connection comes about at all: a wrong address rarely gets better."""

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
    elif response is not None and _busy(*response):
        patience = _PATIENCE
    else:
        patience = 0.0
    if watch.elapsed() >= patience:
        return None
    # A share at random, so that sixteen threads do not all come back at once.
    pause: float = min(_LONGEST_PAUSE, 0.1 * 1.6**attempts)
    return pause * uniform(0.5, 1.0)  # noqa: S311


def _patience(error: Exception) -> float:
    if isinstance(error, SSLError) and "CERTIFICATE_VERIFY_FAILED" in str(error):
        return 0.0
    if isinstance(error, EndpointConnectionError):
        return _NOBODY_THERE
    return _PATIENCE if isinstance(error, (HTTPClientError, NoConnection)) else 0.0


def _busy(answer: object, parsed: Mapping[str, Any]) -> bool:
    code = parsed.get("Error", {}).get("Code")
    return getattr(answer, "status_code", 0) in _BUSY or code in _BUSY_CODES
