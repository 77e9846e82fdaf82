"""Claims that a scenario forbids: cause, blame, and comfort that nobody can vouch for.

In 2024 an aircraft maker lost its access to an inquiry because it had explained the facts.
"""

from collections.abc import Iterator

from sparetire.rules.base import Draft, Sight
from sparetire.rules.folding import folded_words
from sparetire.rules.lines import Part, draft_lines

__all__ = ["claim_forbidden", "says"]


def claim_forbidden(draft: Draft) -> Iterator[Sight]:
    """None of the words that the incident's scenario forbids is said."""
    for line in draft_lines(draft):
        if line.part not in {Part.TITLE, Part.SUMMARY, Part.BODY}:
            continue
        for words in draft.forbidden.get(line.code, ()):
            if says(line.text, words):
                yield (
                    line.place,
                    f"It says {words!r}, which the scenario forbids.",
                    "Say it in other words.",
                )


def says(text: str, words: str) -> bool:
    """Tell whether a text holds some words in a row, as a reader hears them."""
    return f" {' '.join(folded_words(words))} " in f" {' '.join(folded_words(text))} "
