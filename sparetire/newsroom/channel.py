"""What a feed is made of, whatever its format: a channel, its items, where older ones are."""

from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import TypeVar

__all__ = ["Archive", "Channel", "Item", "Media", "parted"]

ARCHIVED = 25  # items in one archive; a feed then holds 20 to 44
FEWEST = 20


@dataclass(frozen=True, slots=True)
class Media:
    """A picture that goes with an item."""

    url: str
    type: str
    size: int
    width: int
    height: int
    alt: str
    caption: str = ""
    credit: str = ""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing said; ``id`` is minted once and never depends on title, date or address.

    Attributes:
        updated: When its words last changed; when it was published, if left out.
        html: All of it, every address absolute.
        withdrawn: It only holds a notice now.
        tombstone: The address of a document that says so to programs (RFC 6721).
    """

    id: str
    title: str
    address: str
    published: datetime
    summary: str
    html: str
    categories: tuple[str, ...]
    updated: datetime | None = None
    media: Media | None = None
    withdrawn: bool = False
    tombstone: str = ""

    @property
    def changed(self) -> datetime:
        """When its words last changed."""
        return self.updated or self.published


@dataclass(frozen=True, slots=True)
class Archive:
    """A channel's place among its archives (RFC 5005, section 4), oldest first.

    Attributes:
        current: The address of the feed that people subscribe to; empty in that feed itself.
        before: The address of the next older archive, or nothing.
        after: What follows the oldest archive, which has none before it: the next one, or the
            feed. The W3C's validator wants one of the two in each.
    """

    current: str = ""
    before: str = ""
    after: str = ""


@dataclass(frozen=True, slots=True)
class Channel:
    """A feed: ``address`` is its own, ``page`` the HTML page that says the same.

    Attributes:
        author: Who speaks in it; nothing leaves it out.
        hubs: WebSub hubs that are told when it changes.
        icon: A square picture of who speaks.
    """

    title: str
    description: str
    language: str
    address: str
    page: str
    author: str = ""
    hubs: tuple[str, ...] = ()
    icon: str = ""
    archive: Archive = field(default_factory=Archive)

    def at(self, address: str) -> "Channel":
        """Return the same channel at another address: its other formats."""
        return replace(self, address=address)


Anything = TypeVar("Anything")


def parted(oldest_first: Sequence[Anything]) -> tuple[list[Sequence[Anything]], int]:
    """Return the closed archives, and where the feed's own items begin.

    An archive is closed once, when newer items fill the feed; it never gains an item after.
    """
    closed = max(0, (len(oldest_first) - FEWEST) // ARCHIVED)
    parts = [oldest_first[n * ARCHIVED : (n + 1) * ARCHIVED] for n in range(closed)]
    return parts, closed * ARCHIVED
