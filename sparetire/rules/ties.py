"""What ties a page to the rest of its site: all that rules on the site must know of it.

A launch changes a few pages, and the links of all others may lead to them. Ties are small
enough to be kept from one run to the next, so that nobody parses what has not changed.
"""

import json
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import asdict, dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from sparetire.rules.addresses import addresses
from sparetire.rules.base import Built
from sparetire.rules.pages import Page, page_of

__all__ = ["Ties", "read_ties", "ties", "ties_at", "write_ties"]


@dataclass(frozen=True, slots=True)
class Ties:
    """The ties of one page.

    Attributes:
        titles: The text of each ``title`` in the head.
        hidden: Whether the page asks search engines to leave it out.
        alternates: Language and address of each version of it that the page names.
        addresses: Every address in it, with the line where it stands; 0 for a style.
        ids: The places in it that a link can lead to.
    """

    titles: tuple[str, ...]
    hidden: bool
    alternates: tuple[tuple[str, str], ...]
    addresses: Mapping[str, int]
    ids: frozenset[str]


def ties(built: Built) -> Iterator[tuple[str, Ties]]:
    """Yield the path and the ties of every HTML page to look at, sorted by path."""
    return ((path, ties_at(built, path)) for path in built.fresh if path.endswith(".html"))


def ties_at(built: Built, path: str) -> Ties:
    """Return the ties of one HTML page of the site."""
    sha256 = built.manifest.entries[path].sha256
    return built.ties.get(sha256) or _tied(built.bodies, path, sha256)


def write_ties(known: Mapping[str, Ties]) -> str:
    """Return the ties of some pages, each by the hash of its bytes, as a text."""
    rows = {sha256: {**asdict(one), "ids": sorted(one.ids)} for sha256, one in known.items()}
    return json.dumps(rows, ensure_ascii=False)


def read_ties(text: str) -> dict[str, Ties]:
    """Read what `write_ties` wrote; of a text that is damaged nothing is known."""
    with suppress(ValueError, KeyError, TypeError, AttributeError):
        return {sha256: _read(row) for sha256, row in json.loads(text).items()}
    return {}


def _read(row: dict[str, Any]) -> Ties:
    return Ties(
        titles=tuple(row["titles"]),
        hidden=row["hidden"],
        alternates=tuple((code, url) for code, url in row["alternates"]),
        addresses={value: int(line) for value, line in row["addresses"].items()},
        ids=frozenset(row["ids"]),
    )


@lru_cache(maxsize=512)
def _tied(bodies: Path, path: str, sha256: str) -> Ties:
    page = page_of(bodies, path, sha256)
    return Ties(
        titles=page.titles,
        hidden=page.hidden,
        alternates=tuple(_alternates(page)),
        addresses={address.value: address.line for address in addresses(page)},
        ids=page.ids,
    )


def _alternates(page: Page) -> Iterator[tuple[str, str]]:
    for tag in page.links("alternate"):
        if tag.get("hreflang"):
            yield tag.get("hreflang"), tag.get("href")
