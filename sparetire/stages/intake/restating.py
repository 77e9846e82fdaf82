"""Says in plain runs and paragraphs what the converter does not know, or refuses it by place.

Check boxes, drop-down lists, fields, equations, text boxes, diagrams and WordArt say something;
without this they would be missing from the text.
"""

import re
from collections.abc import Iterator
from xml.etree.ElementTree import Element

from sparetire.stages.intake.equations import NoLineError, in_a_line
from sparetire.stages.intake.fields import state_fields
from sparetire.stages.intake.package import Package
from sparetire.stages.intake.relations import Relation
from sparetire.stages.intake.restated_drawings import state_drawings
from sparetire.stages.intake.tables import cells_of, rows_of
from sparetire.stages.intake.traces import Trace, excerpt
from sparetire.stages.intake.wordml import (
    child,
    is_on,
    local,
    paragraph_numbers,
    parents_of,
    replace_with,
    run_of,
    text_of,
    under,
)

__all__ = ["restate"]

_UNWRAPPED = {"fldSimple", "bdo", "dir"}
_RENAMED = {"cr": "br", "ptab": "tab", "dstrike": "strike"}
_BOXES = {True: "☒", False: "☐"}


def restate(
    document: Element, package: Package, relations: tuple[Relation, ...]
) -> list[Trace]:
    """Rewrite a document in place; return what is lost, each with its paragraph."""
    numbers = paragraph_numbers(document)
    found = [*_controls(document, numbers), *_equations(document, numbers)]
    found += state_drawings(document, numbers, package, relations)
    found += state_fields(document, numbers)
    _unwrap(document)
    _open_frames(document)
    found += [
        Trace(numbers.get(each, 1), "another document within this one", each)
        for each in under(document, "altChunk")
    ]
    return sorted(found, key=lambda one: one.paragraph)


def _controls(document: Element, numbers: dict[Element, int]) -> Iterator[Trace]:
    """Turn check boxes into signs, and leave out the prompts of empty controls."""
    parents = parents_of(document)
    for control in list(under(document, "sdt")):
        properties = child(control, "sdtPr")
        box = child(properties, "checkbox")
        prompt = child(properties, "showingPlcHdr")
        content = child(control, "sdtContent")
        if box is not None:
            checked = child(box, "checked")
            sign = _BOXES[checked is not None and is_on(checked)]
            replace_with(parents[control], control, [run_of(document, sign)])
        elif prompt is not None and is_on(prompt) and content is not None:
            said = text_of(content)
            for run in list(under(content, "t")):
                run.text = ""
            if said:
                what = f"a control that is empty: {excerpt(said)}"
                yield Trace(numbers.get(control, 1), "", None, what)


def _equations(document: Element, numbers: dict[Element, int]) -> Iterator[Trace]:
    parents = parents_of(document)
    for name in ("oMathPara", "oMath"):
        for equation in list(under(document, name)):
            if equation not in parents or equation not in list(parents[equation]):
                continue
            try:
                line = in_a_line(equation)
            except NoLineError:
                what = f"an equation: {excerpt(text_of(equation))}"
                yield Trace(numbers.get(equation, 1), what, equation, what)
            else:
                replace_with(parents[equation], equation, [run_of(document, line)])


def _unwrap(parent: Element) -> None:
    """Leave the content of elements that the converter would skip; give others known names."""
    children: list[Element] = []
    for each in parent:
        _unwrap(each)
        name = local(each)
        if name in _UNWRAPPED:
            children += list(each)
        elif name == "ruby":
            base = child(each, "rubyBase")
            children += [part for run in (base if base is not None else ()) for part in run]
        else:
            if name in _RENAMED:
                each.tag = re.sub(rf"{name}$", _RENAMED[name], str(each.tag))
            children.append(each)
    parent[:] = children


def _open_frames(document: Element) -> None:
    """Take the content of a table with one cell out of it: such a table is a frame."""
    parents = parents_of(document)
    for table in list(under(document, "tbl")):
        rows = rows_of(table)
        cells = cells_of(rows[0]) if len(rows) == 1 else []
        if len(cells) == 1 and local(parents[table]) in {"body", "sdtContent"}:
            inner = [each for each in cells[0] if local(each) != "tcPr"]
            replace_with(parents[table], table, inner)
