"""Every link inside the site leads somewhere."""

from collections.abc import Iterator
from urllib.parse import unquote, urlsplit

from sparetire.rules.addresses import addresses, path_of, resolve
from sparetire.rules.base import Built, Sight
from sparetire.rules.pages import Page, pages

__all__ = ["link_broken"]

_REMEDY = "Correct the link, or add what it should lead to."


def link_broken(built: Built) -> Iterator[Sight]:
    """Links, pictures and styles within the site exist, and so do the anchors they name."""
    by_path = {page.path: page for page in pages(built)}
    for page in by_path.values():
        for address in addresses(page):
            try:
                wrong = _wrong(built, page, address.value, by_path)
            except ValueError:
                wrong = f"The link {address.value!r} is not an address."
            if wrong:
                place = f"{page.path}, line {address.line}" if address.line else page.path
                yield place, wrong, _REMEDY


def _wrong(built: Built, page: Page, value: str, by_path: dict[str, Page]) -> str:
    """Say what is wrong with an address, or nothing."""
    url = resolve(built, page.path, value)
    parts = urlsplit(value.strip())
    if (parts.scheme or parts.netloc) and not f"{url}/".startswith(f"{built.routes.base_url}/"):
        return ""
    fragment = unquote(urlsplit(url).fragment)
    there: str | None = page.path
    if parts.scheme or parts.netloc or parts.path:
        there = path_of(built, url)
    if there is None:
        return f"The link {value!r} leads nowhere in this site."
    if (
        fragment
        and fragment != "top"
        and there in by_path
        and fragment not in by_path[there].ids
    ):
        return f"The link {value!r} leads to a place that is not on {there}."
    return ""
