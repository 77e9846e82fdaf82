"""The words for who is told, and how that ended."""

from collections.abc import Iterable, Iterator
from typing import Any

from sparetire.model.announcement import Notice, Standing

__all__ = ["notice_rows", "notices_in_words"]

_ENDS = {
    Standing.PENDING: "to be told",
    Standing.ACCEPTED: "told",
    Standing.FAILED: "not told",
    Standing.UNKNOWN: "perhaps told",
}


def notices_in_words(notices: Iterable[Notice]) -> Iterator[str]:
    """Yield a line for each receiver."""
    for one in notices:
        yield f"{_ENDS[one.standing]}  {one.name}: {one.gist}"


def notice_rows(notices: Iterable[Notice]) -> list[dict[str, Any]]:
    """Return the same for programs; no address is in it, for some are secret."""
    return [
        {
            "channel": one.channel,
            "receiver": one.receiver,
            "standing": one.standing,
            "gist": one.gist,
        }
        for one in notices
    ]
