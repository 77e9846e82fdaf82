"""What a team wrote itself where a scenario had words ready: hints for its next edition."""

import re
from difflib import SequenceMatcher

from sparetire.stages.fill.blanks import BLANK
from sparetire.workspace.scenarios import STATEMENT, Scenario

__all__ = ["rewritten"]

ALIKE = 0.6  # of the words; filled blanks and their articles differ, a new thought differs more
FEWEST = 3  # words; a paragraph with fewer is a blank, and whatever fills it is its answer
_WORD = re.compile(r"\w+")


def rewritten(scenario: Scenario, body: str, code: str) -> tuple[str, ...]:
    """Return the paragraphs of a first statement that the scenario does not hold."""
    texts = _paragraphs(scenario.text(STATEMENT, code))
    ready = [_words(BLANK.sub(" ", text)) for text in texts]
    told, last = [], -1
    for text in _paragraphs(body):
        words = _words(text)
        best = max(range(len(ready)), key=lambda at: _likeness(words, ready[at]), default=-1)
        if best >= 0 and _likeness(words, ready[best]) >= ALIKE:
            last = best
        elif last + 1 < len(ready) and len(ready[last + 1]) < FEWEST:
            last += 1
        else:
            told.append(" ".join(text.split()))
    return tuple(told)


def _paragraphs(text: str) -> list[str]:
    return [part for part in re.split(r"\n\s*\n", text) if _WORD.search(part)]


def _words(text: str) -> list[str]:
    return [word.casefold() for word in _WORD.findall(text)]


def _likeness(said: list[str], ready: list[str]) -> float:
    """Return which share of the ready words was said, in their order."""
    if len(ready) < FEWEST:
        return 0.0
    blocks = SequenceMatcher(None, said, ready, autojunk=False).get_matching_blocks()
    return sum(block.size for block in blocks) / len(ready)
