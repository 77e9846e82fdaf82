"""Reads something of others, at an address or on this disk, up to a size and a time."""

from dataclasses import dataclass
from pathlib import Path

from sparetire.errors import ContentRefused, HostUnreachable, UsageFault
from sparetire.hosts.deadline import TooLargeError, exchange

__all__ = ["MOST_READ", "Foreign", "is_address", "read_foreign"]

MOST_READ = 5_000_000  # bytes: where the W3C's validator stops reading a feed too
DEADLINE = 30.0  # seconds for all of it


@dataclass(frozen=True, slots=True)
class Foreign:
    """What was read.

    Attributes:
        body: Its bytes.
        address: Where it was served in the end, or nothing for a file.
        kind: Its media type as served, or nothing for a file.
    """

    body: bytes
    address: str = ""
    kind: str = ""


def is_address(where: str) -> bool:
    """Tell an address from the name of a file."""
    return where.startswith(("http://", "https://"))


def read_foreign(where: str) -> Foreign:
    """Return what an address serves, or a file holds.

    Raises:
        HostUnreachable: The address cannot be read, or takes too long.
        ContentRefused: It is larger than anything of the kind.
        UsageFault: There is no such file.
    """
    if is_address(where):
        return _fetched(where)
    try:
        with Path(where).open("rb") as file:
            body = file.read(MOST_READ + 1)
    except OSError as error:
        raise UsageFault(
            f"{where} cannot be read.",
            why=f"{error.strerror}.",
            then="Give the name of a file, or an address that begins with https://",
        ) from error
    if len(body) > MOST_READ:
        raise _too_large(where)
    return Foreign(body)


def _fetched(url: str) -> Foreign:
    import requests  # noqa: PLC0415  slow to import

    headers = {"User-Agent": "sparetire"}
    try:
        answer = exchange(None, url, seconds=DEADLINE, most=MOST_READ, headers=headers)
    except TooLargeError as error:
        raise _too_large(url) from error
    except (requests.RequestException, UnicodeError) as error:
        raise _unread(url, _reason(error)) from error
    if answer.status != requests.codes.ok:
        raise _unread(url, f"It answers {answer.status}.")
    return Foreign(answer.body, answer.url, answer.headers.get("Content-Type", ""))


def _reason(error: Exception) -> str:
    """Return why nothing came, in words; the first kind that fits."""
    from requests import exceptions as kinds  # noqa: PLC0415  as above

    told: dict[type[Exception], str] = {
        kinds.SSLError: "Its certificate is not one that this machine trusts.",
        kinds.Timeout: f"It takes too long to answer: {DEADLINE:.0f} seconds are allowed.",
        kinds.TooManyRedirects: "It sends from one address to the next without end.",
        kinds.ConnectionError: "Nobody answers there: the name may be wrong, the service down, "
        "or this machine without a network.",
    }
    known = (words for kind, words in told.items() if isinstance(error, kind))
    return next(known, "It is no address that can be asked.")


def _unread(url: str, why: str) -> HostUnreachable:
    return HostUnreachable(
        f"{url} cannot be read.", why=why, then="Look whether it opens in a browser."
    )


def _too_large(where: str) -> ContentRefused:
    return ContentRefused(
        f"{where} is too large.",
        why=f"It holds more than {MOST_READ // 1_000_000} MB.",
        then="Give a shorter feed, or the files one by one.",
    )
