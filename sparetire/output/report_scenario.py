"""What a report tells of the scenario: for its next edition, and for the lawyers."""

from collections.abc import Iterator

from sparetire.model.report import Divergence, Rehearsed
from sparetire.output.report_words import WORDS
from sparetire.output.scenario_pages import part_name

__all__ = ["rehearsed_sections"]


def rehearsed_sections(rehearsed: Rehearsed, code: str) -> Iterator[tuple[str, list[str]]]:
    """Yield the headings and rows that say how the words part ways with the scenario."""
    words = WORDS[code]
    every = rehearsed.divergences
    added = [_row(one, text, code) for one in every for text in one.added]
    left_out = [_row(one, text, code) for one in every for text in one.left_out]
    yield words["rewritten"] % rehearsed.scenario, added or [words["nothing"]]
    yield words["left_out"], left_out or [words["nothing"]]
    asked = [each.rstrip(" \u00a0:") for each in rehearsed.unfilled.get(code, ())]
    yield words["unfilled"], asked or [words["none"]]
    if duties := rehearsed.duties.get(code):
        yield words["duties"], list(duties)


def _row(one: Divergence, text: str, code: str) -> str:
    colon = "\u00a0:" if code == "fr" else ":"
    return f"{part_name(one.part, code)} ({one.code}){colon} {text}"
