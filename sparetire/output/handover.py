"""The words for pulling: what came from a host into this workspace."""

from collections.abc import Sequence

from sparetire.model.outcome import Pulled

__all__ = ["pulled_in_words"]

_OUTCOMES = {
    "new": "new here",
    "newer": "brought up to date",
    "same": "nothing newer there",
}


def pulled_in_words(rows: Sequence[Pulled]) -> str:
    """Return a line for each incident."""
    return "\n".join(
        f"{row.name}: {_OUTCOMES[row.outcome]}, {row.statements} statements" for row in rows
    )
