"""The fields of a Word file: boxes and lists of old forms, and fields without a result.

ECMA-376, part 1: 17.16.5 (field codes), 17.16.17 (ffData).
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from sparetire.stages.intake.traces import Trace, excerpt
from sparetire.stages.intake.wordml import (
    attribute,
    child,
    is_on,
    local,
    parents_of,
    run_of,
    text_of,
    under,
)

__all__ = ["state_fields"]

# They mark a place, or count pages, which a web page has not.
_WITHOUT_RESULT = {
    *("", "XE", "TC", "TA", "SET", "ADVANCE", "PAGE", "NUMPAGES", "SECTIONPAGES", "RD"),
    *("FORMCHECKBOX", "FORMDROPDOWN", "FORMTEXT", "PRIVATE", "BOOKMARK", "NEXT", "GOTOBUTTON"),
}
_SIGNS = {True: "☒", False: "☐"}


def state_fields(document: Element, numbers: dict[Element, int]) -> Iterator[Trace]:
    """Put the values of old form fields into the text; yield fields that show nothing."""
    parents = parents_of(document)
    for start in [each for each in under(document, "fldChar") if _kind(each) == "begin"]:
        value = _value(child(start, "ffData"))
        run = parents[start]
        if value and local(run) == "r":
            parent = parents[run]
            parent.insert(list(parent).index(run), run_of(document, value))
    yield from _empty(document, numbers)


def _kind(element: Element) -> str:
    return attribute(element, "fldCharType")


def _value(form: Element | None) -> str:
    """Return what a box or a list of an old form shows, or nothing for other fields."""
    box, choice = child(form, "checkBox"), child(form, "ddList")
    if box is not None:
        checked = child(box, "checked")
        checked = child(box, "default") if checked is None else checked
        return _SIGNS[checked is not None and is_on(checked)]
    if choice is None:
        return ""
    chosen = attribute(child(choice, "result"), "val") or "0"
    entries = [attribute(each, "val") for each in choice if local(each) == "listEntry"]
    number = int(chosen) if chosen.isdecimal() else 0
    return entries[number] if number < len(entries) else ""


def _empty(document: Element, numbers: dict[Element, int]) -> Iterator[Trace]:
    """Yield the fields that Word computes when it opens the file, and that hold no result."""
    unended: list[list[str]] = []
    for element in document.iter():
        name, kind = local(element), _kind(element)
        if name == "fldSimple" and not text_of(element):
            yield from _loss(attribute(element, "instr"), numbers[element])
        elif name == "fldChar" and kind == "begin":
            unended.append([""])
        elif name == "instrText" and unended:
            unended[-1][0] += element.text or ""
        elif name == "fldChar" and kind == "separate" and unended:
            unended[-1] = [""]  # a result follows: nothing is lost
        elif name == "fldChar" and kind == "end" and unended:
            yield from _loss(unended.pop()[0], numbers[element])


def _loss(code: str, number: int) -> Iterator[Trace]:
    parts = code.split()
    if parts and parts[0].upper() not in _WITHOUT_RESULT:
        what = f"a field without a result: {excerpt(' '.join(parts))}"
        yield Trace(number, what, None, what)
