"""Netlify's API, one request at a time: patient where asked to be, and with our own errors.

Limits: https://docs.netlify.com/api-and-cli-guides/api-guides/get-started-with-api/#rate-limiting
"""

import os
import time
from collections.abc import Callable, Mapping
from email.utils import parsedate_to_datetime
from typing import Any, NoReturn
from urllib.parse import urlsplit

import requests
from requests.auth import AuthBase
from typing_extensions import override

from sparetire.clock import now
from sparetire.errors import ConfigurationFault, CredentialsRefused, HostUnreachable
from sparetire.hosts.proxy import proxy_failure

__all__ = ["API", "PATIENCE", "Api"]

API = "https://api.netlify.com/api/v1"
PATIENCE = 150.0
"""Seconds that one operation may take: the wait for a deploy a minute from now fits in."""

_TIMES = (5.0, 20.0)  # seconds to connect, to read
_TRIES = 6
_FIRST_PAUSE, _LONGEST_PAUSE = 0.25, 8.0
_CHANGING = {"POST", "PUT", "DELETE"}
_TOO_MANY = 429
_AGAIN = {408, 500, 502, 503, 504}
_RETRY = "Run the same command again; if it goes on, publish to your backup target."


class _Bearer(AuthBase):
    """Sends the token; a header alone would give way to what a ``.netrc`` says."""

    def __init__(self, token: str) -> None:
        self._token = token

    @override
    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        request.headers["Authorization"] = f"Bearer {self._token}"
        return request


class Api:
    """Asks Netlify on behalf of one site; may be shared between threads.

    Args:
        site: The site's address at Netlify, or its site ID.
        variable: The environment variable that holds the token; it is read, never shown.
        address: Where the API is.
        guard: Asked before each try of a request that changes something.
    """

    def __init__(
        self,
        site: str,
        variable: str,
        address: str = API,
        guard: Callable[[], None] = lambda: None,
    ) -> None:
        self._site = site
        self._variable = variable
        self._address = address
        self._guard = guard
        self._session = requests.Session()

    def ask(self, method: str, path: str, *, until: float, **sent: Any) -> Any:  # noqa: ANN401  JSON
        """Return the JSON of an answer, or None for an empty one.

        Args:
            method: The HTTP method.
            path: The address below the API's own.
            until: When to give up, by the monotonic clock.
            sent: What `requests` is to send: ``params``, ``json``, ``data``, ``headers``.

        Raises:
            CredentialsRefused: There is no token, or Netlify does not accept it.
            ConfigurationFault: Netlify has no such site.
            HostUnreachable: It did not do as asked in time.
        """
        sent["auth"] = _Bearer(self._token())
        answer = self._patiently(method, f"{self._address}{path}", until, sent)
        if answer.status_code >= requests.codes.bad:
            self._refuse(answer, path)
        if not answer.content:
            return None
        try:
            return answer.json()
        except ValueError as error:
            raise HostUnreachable(
                f"{urlsplit(self._address).hostname} does not answer as Netlify does.",
                why="Something in between answers in its place, such as a sign-in page.",
                then="Open any web page, sign in to the network if asked, then try again.",
            ) from error

    def public(self, url: str, *, until: float) -> bytes | None:
        """Return what everybody can read at an address, or None where it is not there."""
        answer = self._patiently("GET", url, until, {})
        if answer.status_code == requests.codes.not_found:
            return None
        if answer.status_code >= requests.codes.bad:
            raise ConfigurationFault(
                f"A deploy of the site {self._site!r} cannot be read.",
                why=f"It answers {answer.status_code} to readers: it may want a password.",
                then="Open the site to visitors at Netlify, then run the command again.",
            )
        return answer.content

    def send(self, url: str, body: bytes, *, until: float) -> None:
        """Put a file at an address that Netlify has signed for us.

        Raises:
            HostUnreachable: It was not taken.
        """
        answer = self._patiently("PUT", url, until, {"data": body})
        if answer.status_code >= requests.codes.bad:
            self._refuse(answer, "")

    def _token(self) -> str:
        token = os.environ.get(self._variable, "").strip()
        if token:
            return token
        raise CredentialsRefused(
            f"There is no token for the Netlify site {self._site!r}.",
            why=f"The environment variable {self._variable} is not set.",
            then=f"Make a personal access token at Netlify and set {self._variable} to it.",
        )

    def _patiently(
        self, method: str, url: str, until: float, sent: Mapping[str, Any]
    ) -> requests.Response:
        tried, pause = 0, _FIRST_PAUSE
        while True:
            tried += 1
            if method in _CHANGING:
                self._guard()
            try:
                answer = self._session.request(method, url, timeout=_TIMES, **sent)
            except requests.RequestException as error:
                why = proxy_failure(url, error) or f"no answer came ({type(error).__name__})"
                self._rest(pause, until, tried, why)
            else:
                busy = answer.status_code == _TOO_MANY
                if not busy and answer.status_code not in _AGAIN:
                    return answer
                asked = _asked_to_wait(answer) if busy else pause
                # Being told to wait is no failure, so only the time is counted.
                self._rest(asked, until, 0 if busy else tried, _said(answer))
            pause = min(pause * 2, _LONGEST_PAUSE)

    def _rest(self, seconds: float, until: float, tried: int, why: str) -> None:
        if tried < _TRIES and time.monotonic() + seconds <= until:
            time.sleep(seconds)
            return
        wait = f" It asks for {seconds:.0f} s of patience." if not tried else ""
        raise HostUnreachable(
            f"Netlify does not take requests for the site {self._site!r} now.",
            why=f"It was asked several times: {why}.{wait}",
            then=_RETRY,
        )

    def _refuse(self, answer: requests.Response, path: str) -> NoReturn:
        status = answer.status_code
        if status in {requests.codes.unauthorized, requests.codes.forbidden}:
            unknown = status == requests.codes.unauthorized
            raise CredentialsRefused(
                f"Netlify refuses the token in {self._variable}.",
                why="It is unknown, withdrawn or expired."
                if unknown
                else f"Its owner may not do this with the site {self._site!r}.",
                then=f"Set {self._variable} to a token of somebody who may publish there.",
            )
        if status == requests.codes.not_found and path.startswith("/sites/"):
            raise ConfigurationFault(
                f"Netlify has no site {self._site!r}.",
                why="It says 404: no such site, or not one that this token may see.",
                then="Correct site in sparetire.toml: its address at Netlify, or its site ID.",
            )
        raise HostUnreachable(
            f"Netlify did not do what was asked for the site {self._site!r}.",
            why=proxy_failure(answer.url, status=status) or f"It says {_said(answer)}.",
            then=_RETRY,
        )


def _asked_to_wait(answer: requests.Response) -> float:
    """Return for how many seconds a refusal asks; a second where it does not say."""
    told = answer.headers.get("Retry-After", "")
    reset = answer.headers.get("X-RateLimit-Reset", "")
    if told.isdigit():
        seconds = float(told)
    elif told:
        seconds = (parsedate_to_datetime(told) - now()).total_seconds()
    elif reset.isdigit():
        seconds = int(reset) - now().timestamp()
    else:
        seconds = 1.0
    return max(seconds, _FIRST_PAUSE)


def _said(answer: requests.Response) -> str:
    try:
        said = str(answer.json()["message"])
    except (ValueError, KeyError, TypeError):
        said = answer.reason or ""
    return f"{answer.status_code} {said}".rstrip()
