"""Finds what a Word file still holds of its making, and takes it out.

A change that nobody accepted goes public with the text, as in the United Nations' Mehlis report
(20 October 2005). So does text that only looks absent.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from sparetire.stages.intake.appearance import HiddenRun, hidden_runs
from sparetire.stages.intake.pictures import odd_shape
from sparetire.stages.intake.shapes import covering_shape, hidden_shape
from sparetire.stages.intake.styles import Styles
from sparetire.stages.intake.wordml import attribute, local, parents_of, text_of, under

__all__ = ["Trace", "excerpt", "find_traces", "remove_traces"]

_CHANGES = {
    "ins": "an insertion",
    "del": "a deletion",
    "moveFrom": "a move",
    "moveTo": "a move",
    "cellIns": "a new cell",
    "cellDel": "a deletion of a cell",
    "cellMerge": "a merging of cells",
}
_GONE = {"del", "moveFrom", "cellDel"}
_COMMENTS = {"commentRangeStart", "commentRangeEnd", "commentReference"}
_NOTES = {"footnoteReference", "endnoteReference"}
_PICTURES = ("drawing", "pict", "object")
_SHOWN = 60
_PAGE = re.compile(
    r"'\d{1,3}'"
)  # a number of a page, which Word hides so in a table of contents


@dataclass(frozen=True, slots=True)
class Trace:
    """One thing that its authors have not settled.

    Attributes:
        paragraph: The number of its paragraph, from 1.
        what: What it is, with the beginning of its text.
        gone: What stays behind once it is settled; None for what becomes part of the text.
        dropped: How that is reported, or nothing where nobody misses it.
    """

    paragraph: int
    what: str
    gone: Element | None = None
    dropped: str = ""


def find_traces(document: Element, styles: Styles, settings: Element | None) -> list[Trace]:
    """Return what nobody has settled yet, in its order."""
    hidden = hidden_runs(document, styles, settings)
    found = [*_changes(document), *map(_hidden, hidden), *_shapes(document, styles)]
    settled = [one for one in found if one is not None]
    return sorted(settled, key=lambda one: one.paragraph)


def remove_traces(document: Element, traces: list[Trace]) -> Iterator[str]:
    """Take out what readers are not to see, and yield what it was."""
    parents = parents_of(document)
    for trace in traces:
        parent = parents.get(trace.gone) if trace.gone is not None else None
        if parent is not None and trace.gone in list(parent):
            parent.remove(trace.gone)
        if trace.dropped:
            yield trace.dropped
    for parent in list(document.iter()):
        for each in [one for one in parent if local(one) in _COMMENTS | _NOTES]:
            parent.remove(each)
            if local(each) in _NOTES:
                yield "the mark of a note at the foot of a page"


def excerpt(text: str) -> str:
    """Return the beginning of a text, in quotation marks."""
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")


def _changes(document: Element) -> Iterator[Trace]:
    parents = parents_of(document)
    number = 0
    for element in document.iter():
        name = local(element)
        if name == "p":
            number += 1
        elif name == "commentReference":
            said = text_of(_enclosing(element, parents, "p"))
            yield Trace(number, f"a comment on {excerpt(said)}")
        elif name in _CHANGES:
            trace = _change(element, parents, number)
            if trace is not None:
                yield trace


def _change(element: Element, parents: dict[Element, Element], number: int) -> Trace | None:
    """Return a tracked change, or None for one of formatting alone."""
    name, holder = local(element), local(parents[element])
    by = attribute(element, "author")
    what = f"{_CHANGES[name]}{{}} that was not accepted{f' (by {by})' if by else ''}: "
    if holder == "rPr":
        return _change_of_mark(element, parents, number, what)
    if holder in {"trPr", "tcPr"}:
        part = _enclosing(element, parents, "tr" if holder == "trPr" else "tc")
        gone = part if name in _GONE else None
        first = next(iter(under(part, "p")), None)
        row = " of a row" if holder == "trPr" else ""
        number += 1 if first is not None else 0  # its properties come before its paragraphs
        said = excerpt(text_of(part))
        return Trace(
            number,
            what.format(row) + said,
            gone,
            _gone_as(said, gone),
        )
    said = _content(element)
    if not said:
        return None
    gone = element if name in _GONE else None
    return Trace(
        max(number, 1),
        what.format("") + said,
        gone,
        _gone_as(said, gone),
    )


def _gone_as(said: str, gone: Element | None) -> str:
    return f"deleted text: {said}" if gone is not None else ""


def _change_of_mark(
    element: Element, parents: dict[Element, Element], number: int, what: str
) -> Trace | None:
    """Return a change of the end of a paragraph: once deleted, it is one with the next."""
    if local(parents[parents[element]]) != "pPr" or local(element) not in {"ins", "del"}:
        return None
    said = excerpt(text_of(_enclosing(element, parents, "p")))
    return Trace(number, what.format(" of the end of a paragraph") + said)


def _content(element: Element) -> str:
    """Return what a change or a hidden run holds, or nothing."""
    if said := text_of(element):
        return excerpt(said)
    if list(under(element, *_PICTURES)):
        return f"a picture{_described(element)}"
    return "an equation" if list(under(element, "oMath")) else ""


def _described(element: Element) -> str:
    for each in under(element, "docPr", "cNvPr"):
        if said := attribute(each, "descr") or attribute(each, "name"):
            return f" ({excerpt(said)})"
    return ""


def _hidden(run: HiddenRun) -> Trace | None:
    said = _content(run.element)
    if not said or (run.why == "text hidden on the web" and _PAGE.fullmatch(said)):
        return None
    what = f"{run.why}: {said}"
    return Trace(run.paragraph, what, run.element, what)


def _shapes(document: Element, styles: Styles) -> Iterator[Trace]:
    number = 0
    for element in document.iter():
        if local(element) == "p":
            number += 1
        elif local(element) in {"inline", "anchor", "pict"}:
            why = hidden_shape(element)
            if why and not text_of(element):  # its text is found as hidden text
                what = f"a picture that is {why}{_described(element)}"
                yield Trace(number, what, element, what)
            elif odd_shape(element):
                what = f"a picture cut to a shape{_described(element)}"
                yield Trace(number, what, element, what)
            elif covering_shape(element, styles.theme):
                yield Trace(
                    number,
                    "a filled shape in front of the text, which may cover some of it"
                    f"{_described(element)}",
                    element,
                    f"a filled shape{_described(element)}",
                )


def _enclosing(element: Element, parents: dict[Element, Element], name: str) -> Element:
    while local(element) != name and element in parents:
        element = parents[element]
    return element
