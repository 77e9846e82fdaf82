"""Tells one receiver one thing, and says what is known of it afterwards."""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace
from typing import TYPE_CHECKING

from sparetire.hosts.deadline import exchange
from sparetire.model.announcement import Channel, Notice, Standing

if TYPE_CHECKING:
    import requests

__all__ = ["send"]

PATIENCE = 15.0  # seconds
PAUSES = (0.5,)  # seconds before each new try of what was surely not heard
FORM = "application/x-www-form-urlencoded"
JSON = "application/json; charset=utf-8"
_BUSY = 429
_SERVER = 500
_WORDS = {
    (
        Channel.INDEXNOW,
        403,
    ): "It does not find the key file of this site, or not its key in it.",
    (Channel.INDEXNOW, 422): "It says that these addresses are not of this site.",
}


def send(
    notice: Notice, environment: Mapping[str, str], keep: Callable[[Notice], None]
) -> Notice:
    """Return the notice as it stands after telling its receiver.

    Before each try the notice is kept as ``unknown``: whatever kills us from there on, no
    receiver is told more than twice.

    Args:
        notice: What to tell.
        environment: Where the addresses of webhooks are.
        keep: Writes down how it stands.
    """
    address = notice.to
    if notice.channel is Channel.WEBHOOK:
        address = environment.get(notice.to, "").strip()
        if not address.startswith(("https://", "http://")):
            why = f"The environment variable {notice.to} holds no address."
            return _kept(replace(notice, standing=Standing.FAILED, why=why), keep)
    for pause in (*PAUSES, None):
        notice = _kept(
            replace(notice, standing=Standing.UNKNOWN, tellings=notice.tellings + 1), keep
        )
        notice, again = _told(notice, address)
        _kept(notice, keep)
        if pause is None or not (again and notice.open):
            break
        time.sleep(pause)
    return notice


def _kept(notice: Notice, keep: Callable[[Notice], None]) -> Notice:
    keep(notice)
    return notice


def _told(notice: Notice, address: str) -> tuple[Notice, bool]:
    """Return how the notice stands after one try, and whether another one may help."""
    import requests  # noqa: PLC0415  slow to import, and only needed here

    kind = FORM if notice.channel is Channel.WEBSUB else JSON
    headers = {"Content-Type": kind, "User-Agent": "sparetire"}
    try:
        answer = exchange(
            None,
            address,
            method="POST",
            seconds=PATIENCE,
            data=notice.body.encode(),
            headers=headers,
            allow_redirects=False,
        )
        return _heard(notice, answer.status)
    except (requests.ConnectTimeout, requests.exceptions.InvalidURL):
        return _unheard(notice, "It cannot be reached."), True
    except requests.ConnectionError as error:
        if _never_connected(error):
            return _unheard(notice, "It cannot be reached."), True
        return replace(notice, why="The connection broke before it answered."), True
    except requests.RequestException:
        return replace(notice, why="It did not answer in time."), True


def _heard(notice: Notice, status: int) -> tuple[Notice, bool]:
    if 200 <= status < 300:  # noqa: PLR2004  every kind of yes, 202 and 204 among them
        return replace(notice, standing=Standing.ACCEPTED, why=""), False
    why = _WORDS.get((notice.channel, status), f"It answers {status}.")
    return _unheard(notice, why), status == _BUSY or status >= _SERVER


def _unheard(notice: Notice, why: str) -> Notice:
    """A receiver that said no, or never heard us, was not told: that try does not count."""
    return replace(notice, standing=Standing.FAILED, tellings=notice.tellings - 1, why=why)


def _never_connected(error: "requests.ConnectionError") -> bool:
    from urllib3.exceptions import (  # noqa: PLC0415  comes with requests
        MaxRetryError,
        NewConnectionError,
    )
    from urllib3.exceptions import SSLError as TlsError  # noqa: PLC0415  as above

    cause = error.args[0] if error.args else None
    if isinstance(cause, MaxRetryError):
        return isinstance(cause.reason, NewConnectionError | TlsError)
    return isinstance(cause, NewConnectionError)
