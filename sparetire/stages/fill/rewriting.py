"""What a team wrote, or left out, where a scenario had words ready: for its next edition."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from difflib import SequenceMatcher

from sparetire.stages.fill.blanks import BLANK, blocks_of

__all__ = ["Compared", "compare"]

ALIKE = 0.6  # of the words; filled blanks and their articles differ, a new thought differs more
FEWEST = 3  # words; a piece with fewer is a blank, and whatever fills it is its answer
_WORD = re.compile(r"\w+")
_MARK = re.compile(r"\A(?:[-*]|\d+\.|#{1,6}) +")


@dataclass(frozen=True, slots=True)
class Compared:
    """Where a text and the ready one part ways, in paragraphs and items of lists.

    Attributes:
        added: What the ready text does not hold.
        left_out: What of the ready text was not said, with its blanks.
    """

    added: tuple[str, ...]
    left_out: tuple[str, ...]


def compare(ready: str, said: str) -> Compared:
    """Return what was said beside a ready text, and what of that was left out."""
    prepared = list(_pieces(ready))
    words = [_words(BLANK.sub(" ", piece)) for piece in prepared]
    added: list[str] = []
    used: set[int] = set()
    last = -1
    for piece in _pieces(said):
        told = _words(piece)
        best = max(range(len(words)), key=lambda at: _likeness(told, words[at]), default=-1)
        if best >= 0 and _likeness(told, words[best]) >= ALIKE:
            last = best
        elif last + 1 < len(words) and len(words[last + 1]) < FEWEST:
            last += 1
        else:
            added.append(piece)
            continue
        used.add(last)
    unsaid = set(range(len(words))) - used
    left_out = (prepared[at] for at in sorted(unsaid) if len(words[at]) >= FEWEST)
    return Compared(tuple(added), tuple(left_out))


def _pieces(text: str) -> Iterator[str]:
    """Yield paragraphs and items of lists, each in one line and without its mark."""
    for block in blocks_of(text):
        for piece in block:
            if _WORD.search(piece):
                yield _MARK.sub("", " ".join(piece.split()))


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _likeness(said: list[str], ready: list[str]) -> float:
    """Return which share of the ready words was said, in their order."""
    if len(ready) < FEWEST:
        return 0.0
    blocks = SequenceMatcher(None, said, ready, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(ready)
