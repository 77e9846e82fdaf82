"""Reads a home page, as a hostile stranger's, for its owner's logo and colours alone."""

import re
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urljoin, urlsplit

from typing_extensions import override

from sparetire.errors import HostUnreachable
from sparetire.hosts.deadline import TooLargeError, exchange

__all__ = ["Homepage", "fetch", "read_homepage"]

DEADLINE = 30.0  # seconds for all of it
MOST_READ = 2_000_000
MOST_LOGOS = 5
_COLOUR = re.compile(r"#(?:[0-9a-fA-F]{6}|[0-9a-fA-F]{3})")
_THEMES = {"theme-color", "msapplication-tilecolor"}
_PICTURE = re.compile(r"\.(?:svg|png)(?:[?#]|$)", re.IGNORECASE)


@dataclass
class Homepage(HTMLParser):
    """What a page says about how its owner looks.

    Attributes:
        address: The page's own; what it names is relative to it.
        logos: Addresses of pictures that may be the logo, likeliest first.
        colours: Colours that it asks browsers to wear.
    """

    address: str
    colours: list[str] = field(default_factory=list)
    _named: list[str] = field(default_factory=list)
    _icons: list[str] = field(default_factory=list)

    def __post_init__(self) -> None:
        super().__init__()

    @property
    def logos(self) -> list[str]:
        """The candidates, without doubles."""
        found = (urljoin(self.address, each) for each in (*self._named, *self._icons))
        web = (url for url in found if urlsplit(url).scheme in {"http", "https"})
        return list(dict.fromkeys(web))[:MOST_LOGOS]

    @override
    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        """Keep what the tag tells."""
        told = {name: value or "" for name, value in attrs}
        if tag == "meta" and told.get("name", "").lower() in _THEMES:
            self.colours += _COLOUR.findall(told.get("content", ""))[:1]
        elif tag == "img" and "logo" in " ".join(told.values()).lower():
            source = told.get("src", "")
            if _PICTURE.search(source):
                self._named.append(source)
        elif tag == "link" and "icon" in told.get("rel", "").lower():
            source = told.get("href", "")
            if _PICTURE.search(source):
                self._icons.insert(0 if ".svg" in source else len(self._icons), source)


def read_homepage(url: str) -> Homepage:
    """Return what a page says about how its owner looks.

    Raises:
        HostUnreachable: It cannot be read.
    """
    page = Homepage(url)
    page.feed(fetch(url).decode(errors="replace"))
    return page


def fetch(url: str) -> bytes:
    """Return the body of an address, up to a size that no logo and no page needs.

    Raises:
        HostUnreachable: It cannot be read, or is far too large.
    """
    import requests  # noqa: PLC0415  slow to import

    try:
        answer = exchange(None, url, seconds=DEADLINE, most=MOST_READ)
    except TooLargeError as error:
        raise _unreadable(url, f"It is larger than {MOST_READ // 1_000_000} MB.") from error
    except (requests.RequestException, ValueError) as error:
        raise _unreadable(url, str(error)) from error
    if answer.status >= requests.codes.bad:
        raise _unreadable(url, f"It answers {answer.status}.")
    return answer.body


def _unreadable(url: str, why: str) -> HostUnreachable:
    return HostUnreachable(
        f"{url} cannot be read.",
        why=why,
        then="Give a file instead: sparetire brand import logo.svg",
    )
