"""Nothing on a page makes the browser ask another site."""

from collections.abc import Iterator

from sparetire.rules.addresses import addresses, css_addresses, resolve, same_origin
from sparetire.rules.base import Built, Sight
from sparetire.rules.pages import file_text, pages

__all__ = ["third_party"]


def third_party(built: Built) -> Iterator[Sight]:
    """Pictures, styles, icons, scripts and frames come from the site itself.

    Another site would learn who reads the page, could change it, and is one more thing that may
    be down tonight. A plain link elsewhere is fine: nothing is asked until somebody follows it.
    """
    for page in pages(built):
        for address in addresses(page):
            if address.fetched and _elsewhere(built, page.path, address.value):
                place = f"{page.path}, line {address.line}" if address.line else page.path
                yield _sight(place, address.value)
    for path in built.fresh:
        if path.endswith(".css"):
            for value in css_addresses(file_text(built, path)):
                if _elsewhere(built, path, value):
                    yield _sight(path, value)


def _elsewhere(built: Built, path: str, value: str) -> bool:
    if value.strip().lower().startswith("data:"):
        return False
    try:
        return not same_origin(built, resolve(built, path, value))
    except ValueError:  # not an address: browsers differ in what they make of it
        return True


def _sight(place: str, value: str) -> Sight:
    return (
        place,
        f"The browser would ask another site: {value}",
        "Keep the file in the theme or the brand folder, or leave it out.",
    )
