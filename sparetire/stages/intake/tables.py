"""What a table's style makes of each of its cells: the colour behind them and their letters.

ECMA-376, part 1: 17.7.6 (conditional formats and their order), 17.4.56 (tblLook).
"""

from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from sparetire.stages.intake.styles import Styles, Traits
from sparetire.stages.intake.wordml import attribute, child, is_on, local

__all__ = ["TableLook", "cells_of", "rows_of"]

Cell = tuple[Element, Traits, str]
"""A cell, what the style says about its letters, and the colour behind them or nothing."""

_LOW = 40  # twentieths of a point
_FLAGS = {
    "firstRow": 0x20,
    "lastRow": 0x40,
    "firstColumn": 0x80,
    "lastColumn": 0x100,
    "noHBand": 0x200,
    "noVBand": 0x400,
}
_WRAPPERS = {"sdt", "sdtContent", "customXml", "ins", "del", "moveFrom", "moveTo"}


def rows_of(table: Element) -> list[Element]:
    """Return the rows of a table, also those in a content control."""
    return list(_children(table, "tr"))


def cells_of(row: Element) -> list[Element]:
    """Return the cells of a row, also those in a content control."""
    return list(_children(row, "tc"))


def _children(parent: Element, name: str) -> Iterator[Element]:
    for each in parent:
        if local(each) == name:
            yield each
        elif local(each) in _WRAPPERS:
            yield from _children(each, name)


@dataclass(frozen=True)
class TableLook:
    """A table with what its style and its own properties say about each cell.

    Attributes:
        rows: Each row with its cells.
    """

    rows: list[tuple[Element, list[Cell]]]

    @classmethod
    def of(cls, table: Element, styles: Styles) -> "TableLook":
        """Return the look of a table."""
        properties = child(table, "tblPr")
        named = attribute(child(properties, "tblStyle"), "val")
        known = styles.cells_of(named or styles.defaults.get("table", ""))
        base = styles.letters_of(named)
        whole = _fill(child(properties, "shd"), styles)
        wished = _wished(child(properties, "tblLook"))
        found = []
        rows = rows_of(table)
        for number, row in enumerate(rows):
            cells = cells_of(row)
            exception = _fill(child(row, "tblPrEx", "shd"), styles)
            looks = []
            for place, cell in enumerate(cells):
                kinds = _kinds((number, len(rows)), (place, len(cells)), wished)
                text, fill = dict(base), ""
                for kind in kinds:
                    more, colours = known.get(kind, ({}, {}))
                    text |= more
                    fill = colours.get("fill", fill)
                own = _fill(child(cell, "tcPr", "shd"), styles)
                looks.append((cell, text, own or exception or fill or whole))
            found.append((row, looks))
        return cls(found)

    def hides(self, row: Element) -> str:
        """Return why a row cannot be seen, or nothing."""
        properties = child(row, "trPr")
        hidden = child(properties, "hidden")
        if hidden is not None and is_on(hidden):
            return "a hidden row"
        height = child(properties, "trHeight")
        value = attribute(height, "val")
        exact = attribute(height, "hRule") == "exact"
        return (
            "a row without height" if exact and value.isdecimal() and int(value) <= _LOW else ""
        )


def _fill(shading: Element | None, styles: Styles) -> str:
    return styles.theme.fill(shading) if shading is not None else ""


def _wished(look: Element | None) -> set[str]:
    """Return which parts of a style a table asks for."""
    value = attribute(look, "val")
    try:
        bits = int(value, 16) if value else 0
    except ValueError:
        bits = 0
    wished = {name for name, bit in _FLAGS.items() if bits & bit}
    for name in _FLAGS:
        given = attribute(look, name)
        if given:
            (wished.add if given in {"1", "true", "on"} else wished.discard)(name)
    return wished


def _kinds(row: tuple[int, int], column: tuple[int, int], wished: set[str]) -> list[str]:
    """Return the parts of a style that apply to a cell, the strongest last."""
    edges = {
        "firstCol": column[0] == 0 and "firstColumn" in wished,
        "lastCol": column[0] == column[1] - 1 and "lastColumn" in wished,
        "firstRow": row[0] == 0 and "firstRow" in wished,
        "lastRow": row[0] == row[1] - 1 and "lastRow" in wished,
    }
    kinds = ["wholeTable"]
    if "noVBand" not in wished:
        kinds.append(f"band{1 + (column[0] - ('firstColumn' in wished)) % 2}Vert")
    if "noHBand" not in wished:
        kinds.append(f"band{1 + (row[0] - ('firstRow' in wished)) % 2}Horz")
    kinds += [name for name, holds in edges.items() if holds]
    corners = {"nw": ("firstRow", "firstCol"), "ne": ("firstRow", "lastCol")}
    corners |= {"sw": ("lastRow", "firstCol"), "se": ("lastRow", "lastCol")}
    return kinds + [f"{at}Cell" for at, both in corners.items() if all(edges[b] for b in both)]
