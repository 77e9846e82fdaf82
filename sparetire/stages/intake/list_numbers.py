"""The numbers that Word shows before the items of its lists.

The converter begins each list at 1. So the number of each item travels as a mark at the start
of its text, which `html_tree` and `writing` read (ECMA-376, part 1, 17.9).
"""

import re
from xml.etree.ElementTree import Element

from sparetire.stages.intake.wordml import attribute, child, under

__all__ = ["MARK", "mark_numbers", "number_of"]

MARK = re.compile("\ue000(\\d{1,9})?\ue001")
_SIGNS = re.compile("[\ue000\ue001]")
_LEVELS = 9


def number_of(text: str) -> tuple[int | None, str]:
    """Return the number that a text is marked with, if any, and the text without its marks."""
    found = MARK.match(text.lstrip())
    return int(found[1]) if found and found[1] else None, MARK.sub("", text)


def mark_numbers(document: Element, numbering: Element | None, styles: Element | None) -> None:
    """Mark each item of a numbered list with the number that Word shows."""
    for text in under(document, "t"):
        text.text = _SIGNS.sub("", text.text or "")
    if numbering is None:
        return
    lists = _Lists(numbering)
    by_style = {
        attribute(style, "styleId"): found
        for style in (under(styles, "style") if styles is not None else ())
        if (found := child(style, "pPr", "numPr")) is not None
    }
    for paragraph in under(document, "p"):
        properties = child(paragraph, "pPr")
        named = attribute(child(properties, "pStyle"), "val")
        given = child(properties, "numPr")
        given = by_style.get(named) if given is None else given
        if given is None:
            continue
        level = attribute(child(given, "ilvl"), "val") or "0"
        number = lists.next(attribute(child(given, "numId"), "val"), level)
        if number is not None and properties is not None:
            _put_first(paragraph, properties, f"\ue000{number}\ue001")


def _put_first(paragraph: Element, properties: Element, text: str) -> None:
    space = str(paragraph.tag).rpartition("}")[0] + "}"
    run = Element(f"{space}r")
    mark = Element(f"{space}t")
    mark.text = text
    run.append(mark)
    paragraph.insert(list(paragraph).index(properties) + 1, run)


class _Lists:
    """Counts the items of all lists of a document."""

    def __init__(self, numbering: Element) -> None:
        self._levels: dict[tuple[str, str], tuple[int, str]] = {}
        self._abstract: dict[str, str] = {}
        self._restarts: dict[tuple[str, str], int] = {}
        self._count: dict[tuple[str, int], int] = {}
        for each in under(numbering, "abstractNum"):
            self._read_levels(attribute(each, "abstractNumId"), each)
        for each in under(numbering, "num"):
            name = attribute(each, "numId")
            self._abstract[name] = attribute(child(each, "abstractNumId"), "val")
            for change in under(each, "lvlOverride"):
                start = attribute(child(change, "startOverride"), "val")
                if start.isdecimal():
                    self._restarts[name, attribute(change, "ilvl")] = int(start)

    def next(self, name: str, level: str) -> int | None:
        """Return the number of the next item, or None for one without a number."""
        abstract = self._abstract.get(name, "")
        start, shape = self._levels.get((abstract, level), (1, ""))
        if not abstract or not level.isdecimal() or shape in {"bullet", "none", ""}:
            return None
        depth = min(int(level), _LEVELS)
        restart = self._restarts.pop((name, level), None)
        if restart is not None:
            self._count[abstract, depth] = restart
        else:
            self._count[abstract, depth] = self._count.get((abstract, depth), start - 1) + 1
        for deeper in range(depth + 1, _LEVELS):
            self._count.pop((abstract, deeper), None)
        return self._count[abstract, depth]

    def _read_levels(self, name: str, abstract: Element) -> None:
        for level in under(abstract, "lvl"):
            start = attribute(child(level, "start"), "val")
            shape = attribute(child(level, "numFmt"), "val")
            place = (name, attribute(level, "ilvl"))
            self._levels[place] = (int(start) if start.isdecimal() else 1, shape)
