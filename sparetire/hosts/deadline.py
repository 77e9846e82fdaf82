"""One deadline for all that an answer from outside takes: name, connection, TLS, head, body.

A timeout of `requests` bounds each wait for the next bytes. A server that sends a byte now and
then never exceeds it.
"""

import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, Generic, TypeVar

if TYPE_CHECKING:
    from collections.abc import Mapping

    import requests

__all__ = ["Answer", "TooLargeError", "exchange", "within"]

CONNECT, READ = 5.0, 10.0  # seconds to connect, to wait for the next bytes
PIECE = 65_536

T = TypeVar("T")


class TooLargeError(Exception):
    """The body holds more bytes than were asked for."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What an address answered, read to its end.

    Attributes:
        url: The address after all redirects.
        headers: Their names in any case.
    """

    status: int
    url: str
    headers: "Mapping[str, str]"
    body: bytes = b""


@dataclass
class _Outcome(Generic[T]):
    """What came of a call in another thread."""

    results: list[T] = field(default_factory=list)
    errors: list[BaseException] = field(default_factory=list)


def within(seconds: float, do: Callable[[], T]) -> T:
    """Return what a call returns, or give it up after some seconds.

    It goes on in a thread that ends with the process: a lookup of a name cannot be interrupted.

    Raises:
        TimeoutError: It was not done in time.
    """
    outcome: _Outcome[T] = _Outcome()

    def run() -> None:
        try:
            outcome.results.append(do())
        except BaseException as error:  # noqa: BLE001  raised again by who waits
            outcome.errors.append(error)

    thread = threading.Thread(target=run, name="exchange", daemon=True)
    thread.start()
    thread.join(max(seconds, 0.0))
    for error in outcome.errors:
        raise error
    if not outcome.results:
        raise TimeoutError(f"It was not done after {seconds:.0f} seconds.")
    return outcome.results[0]


def exchange(
    session: "requests.Session | None",
    url: str,
    *,
    seconds: float,
    most: int = 0,
    method: str = "GET",
    **sent: Any,  # noqa: ANN401  as requests takes it
) -> Answer:
    """Return what an address answers, all of it before a deadline.

    Args:
        session: What keeps connections open; None for a single request.
        url: The address.
        seconds: For everything together, redirects among it.
        most: How many bytes of a body are read; with none the body is left alone.
        method: The HTTP method.
        sent: What `requests` is to send: ``data``, ``headers``, ``allow_redirects``.

    Raises:
        requests.RequestException: There was no whole answer in time; `Timeout` at the deadline.
        TooLargeError: The body holds more.
    """
    import requests  # noqa: PLC0415  slow to import

    end = time.monotonic() + seconds
    limits = min(CONNECT, seconds), min(READ, seconds)
    ask = session.request if session else requests.request

    def ask_and_read() -> Answer:
        with ask(method, url, stream=True, timeout=limits, **sent) as answer:
            body = _body(answer, end, most) if most else b""
            return Answer(answer.status_code, answer.url, answer.headers, body)

    try:
        return within(seconds, ask_and_read)
    except TimeoutError as error:
        why = f"after {seconds:.0f} seconds it was still busy with its answer"
        raise requests.Timeout(why) from error


def _body(answer: "requests.Response", end: float, most: int) -> bytes:
    body = bytearray()
    for piece in answer.iter_content(PIECE):
        body += piece
        if len(body) > most:
            if answer.ok:
                raise TooLargeError
            break  # why it refuses needs no more words
        if time.monotonic() > end:
            raise TimeoutError
    return bytes(body)
