"""Finds, for a release from elsewhere, the one here that says the same in another language."""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sparetire.model.release import Release
from sparetire.stages.archive.piece import Piece

__all__ = ["Twins", "twins_among"]


@dataclass(frozen=True, slots=True)
class Twins:
    """What stands here already.

    Attributes:
        language: The code of the language of what comes.
        told: By the instant they first appeared, those that are told in the language, too.
        waiting: By the instant they first appeared, those that are not told in it.
        coming: How many come in the language, by the same instant.
    """

    language: str
    told: dict[datetime | None, list[Release]]
    waiting: dict[datetime, list[Release]]
    coming: Counter[datetime]

    def here(self, piece: Piece) -> bool:
        """Tell whether it was taken over before; the title of a pair may have changed since."""
        told = self.told.get(piece.date, [])
        if any(one.wordings[self.language].title == piece.title for one in told):
            return True
        paired = piece.timed and len(told) == 1 and len(told[0].wordings) > 1
        return paired and piece.date is not None and self.coming[piece.date] == 1

    def of(self, piece: Piece) -> Release | None:
        """Return its twin: alone of its instant on either side, or nobody can tell.

        A day alone names no instant: two releases of a day may be about anything.
        """
        if piece.date is None or not piece.timed or self.coming[piece.date] > 1:
            return None
        found = self.waiting.get(piece.date, [])
        return found[0] if len(found) == 1 else None


def twins_among(
    releases: Iterable[Release], pieces: Iterable[Piece | str], language: str
) -> Twins:
    """Return what stands here, seen from the language of what comes."""
    told: dict[datetime | None, list[Release]] = {}
    waiting: dict[datetime, list[Release]] = {}
    for release in releases:
        if language in release.wordings:
            told.setdefault(release.dated, []).append(release)
        elif release.dated and release.publication is None:
            waiting.setdefault(release.dated, []).append(release)
    dates = (piece.date for piece in pieces if isinstance(piece, Piece) and piece.date)
    return Twins(language, told, waiting, Counter(dates))
