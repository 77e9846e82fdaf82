"""Every link inside the site leads somewhere, on every target."""

import posixpath
from collections.abc import Iterator
from urllib.parse import SplitResult, unquote, urlsplit

from sparetire.rules.addresses import addresses, path_of, resolve
from sparetire.rules.base import Built, Sight
from sparetire.rules.pages import NOT_FOUND, pages
from sparetire.rules.ties import ties, ties_at

__all__ = ["link_broken", "link_rooted"]

_REMEDY = "Correct the link, or add what it should lead to."


def link_broken(built: Built) -> Iterator[Sight]:
    """Links, pictures and styles within the site exist, and so do the anchors they name."""
    known: dict[tuple[str, str], str] = {}  # Pages of one folder have many links in common.
    for path, tied in ties(built):
        folder = posixpath.dirname(path)
        for value, line in tied.addresses.items():
            wrong = known.get((folder, value))
            if wrong is None or "#" in value:
                wrong = known[folder, value] = _wrong(built, path, value)
            if wrong:
                yield f"{path}, line {line}" if line else path, wrong, _REMEDY


def link_rooted(built: Built) -> Iterator[Sight]:
    """Links do not start at the host's root: a target that lives in a folder would lose them.

    Only 404.html must: it is shown at any address.
    """
    for page in pages(built):
        for address in addresses(page):
            value = address.value.strip()
            if page.path != NOT_FOUND and value.startswith("/") and value[1:2] != "/":
                yield (
                    f"{page.path}, line {address.line}" if address.line else page.path,
                    f"The link {value!r} only works on a target at the root of its host.",
                    "Write it relative to the page.",
                )


def _climbs_out(path: str, parts: SplitResult) -> bool:
    """Tell whether a relative link goes above the site's top, where browsers stop silently."""
    if parts.scheme or parts.netloc:
        return False
    there = posixpath.normpath(posixpath.join(posixpath.dirname(path), parts.path))
    return there.startswith("..")


def _wrong(built: Built, path: str, value: str) -> str:
    """Say what is wrong with an address on the page at a path, or nothing."""
    try:
        return _astray(built, path, value)
    except ValueError:
        return f"The link {value!r} is not an address."


def _astray(built: Built, path: str, value: str) -> str:
    url = resolve(built, path, value)
    parts = urlsplit(value.strip())
    if _climbs_out(path, parts):
        return f"The link {value!r} leads out of this site."
    if (parts.scheme or parts.netloc) and not f"{url}/".startswith(f"{built.routes.base_url}/"):
        return ""
    fragment = unquote(urlsplit(url).fragment)
    there: str | None = path
    if parts.scheme or parts.netloc or parts.path:
        there = path_of(built, url)
    if there is None:
        return f"The link {value!r} leads nowhere in this site."
    if (
        fragment
        and fragment != "top"
        and there.endswith(".html")
        and fragment not in ties_at(built, there).ids
    ):
        return f"The link {value!r} leads to a place that is not on {there}."
    return ""
