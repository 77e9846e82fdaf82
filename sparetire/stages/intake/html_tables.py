"""The cells of an HTML table, row by row, where some of them span several rows or columns.

Markdown knows no such cells: what one says is repeated in each place that it covers, so that
every row can be read by itself and no value moves under another heading.
"""

from sparetire.stages.intake.html_tree import Node

__all__ = ["grid"]

_WIDEST = 100  # columns: no table for the public has more
_CELLS = {"td", "th"}


def grid(table: Node) -> list[list[Node]]:
    """Return the rows of a table, each with a cell for every column (HTML, section 4.9.12)."""
    rows = [row for row in _rows(table) if row]
    found: list[list[Node]] = []
    covered: dict[tuple[int, int], Node] = {}
    for number, cells in enumerate(rows):
        row: list[Node] = []
        for cell in cells:
            _take_covered(row, number, covered)
            wide = min(_span(cell, "colspan"), _WIDEST - len(row))
            high = min(_span(cell, "rowspan"), len(rows) - number)
            for column in range(len(row), len(row) + wide):
                covered |= {(below, column): cell for below in range(number + 1, number + high)}
            row += [cell] * wide
        _take_covered(row, number, covered)
        found.append(row)
    return found


def _take_covered(row: list[Node], number: int, covered: dict[tuple[int, int], Node]) -> None:
    while (cell := covered.pop((number, len(row)), None)) is not None:
        row.append(cell)


def _span(cell: Node, name: str) -> int:
    given = cell.attributes.get(name, "")
    if given == "0" and name == "rowspan":  # down to the last row
        return _WIDEST * _WIDEST
    return max(1, min(int(given), _WIDEST * _WIDEST)) if given.isdecimal() else 1


def _rows(node: Node) -> list[list[Node]]:
    found: list[list[Node]] = []
    for child in node.children:
        if isinstance(child, Node) and child.tag == "tr":
            cells = [each for each in child.children if isinstance(each, Node)]
            found.append([each for each in cells if each.tag in _CELLS])
        elif isinstance(child, Node) and child.tag in {"thead", "tbody", "tfoot"}:
            found += _rows(child)
    return found
