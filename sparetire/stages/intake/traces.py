"""Finds what a Word file still holds of its making, and takes it out.

A change that nobody accepted goes public with the text, as in the United Nations' Mehlis report
(20 October 2005). So do words that only look absent.
"""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from sparetire.stages.intake.wordml import attribute, is_on, local, text_of, under

__all__ = ["hidden_styles", "remove_traces", "traces"]

_CHANGES = {
    "ins": "an insertion",
    "del": "a deletion",
    "moveFrom": "a move",
    "moveTo": "a move",
}
_GONE = {"del", "moveFrom"}
_COMMENTS = {"commentRangeStart", "commentRangeEnd", "commentReference"}
_NOTES = {"footnoteReference", "endnoteReference"}
_HIDING = {"vanish", "webHidden", "specVanish"}
_TINY = 4  # half-points: nobody reads 2-point letters
_SHOWN = 60


def hidden_styles(styles: Element | None) -> frozenset[str]:
    """Return the ids of the styles whose text does not show, inherited or not."""
    if styles is None:
        return frozenset()
    bases: dict[str, str] = {}
    hidden: set[str] = set()
    for style in under(styles, "style"):
        name = attribute(style, "styleId")
        bases[name] = next((attribute(one, "val") for one in under(style, "basedOn")), "")
        if any(_hides(properties) for properties in under(style, "rPr")):
            hidden.add(name)
    for _ in range(len(bases)):
        inherited = {name for name, base in bases.items() if base in hidden} - hidden
        if not inherited:
            break
        hidden |= inherited
    return frozenset(hidden)


def traces(body: Element, hidden: frozenset[str]) -> Iterator[str]:
    """Yield what nobody has settled yet, with the paragraph that it stands in."""
    for number, paragraph in enumerate(under(body, "p"), start=1):
        for element in paragraph.iter():
            name = local(element)
            if name in _CHANGES and (said := text_of(element)):
                by = attribute(element, "author")
                yield (
                    f"paragraph {number}: {_CHANGES[name]} that was not accepted"
                    f"{f' (by {by})' if by else ''}: {_excerpt(said)}"
                )
            elif name == "commentReference":
                yield f"paragraph {number}: a comment on {_excerpt(text_of(paragraph))}"
        for run in _hidden_runs(paragraph, hidden):
            if said := text_of(run):
                yield f"paragraph {number}: hidden text: {_excerpt(said)}"


def remove_traces(body: Element, hidden: frozenset[str]) -> Iterator[str]:
    """Take out all that readers are not to see, and yield what it was."""
    for paragraph in under(body, "p"):
        for run in list(_hidden_runs(paragraph, hidden)):
            if said := text_of(run):
                yield f"hidden text: {_excerpt(said)}"
            run.clear()
    for parent in list(body.iter()):
        for child in [one for one in parent if local(one) in _GONE | _COMMENTS | _NOTES]:
            parent.remove(child)
            if local(child) in _NOTES:
                yield "the mark of a note at the foot of a page"
            elif said := text_of(child):
                yield f"deleted text: {_excerpt(said)}"


def _hidden_runs(paragraph: Element, hidden: frozenset[str]) -> Iterator[Element]:
    whole = any(attribute(style, "val") in hidden for style in under(paragraph, "pStyle"))
    for run in under(paragraph, "r"):
        properties = [each for each in run if local(each) == "rPr"]
        styled = any(
            attribute(style, "val") in hidden
            for each in properties
            for style in under(each, "rStyle")
        )
        if whole or styled or any(_hides(each) for each in properties):
            yield run


def _hides(properties: Element) -> bool:
    """Tell whether letters with these properties cannot be read, though they are there."""
    for each in properties:
        name, value = local(each), attribute(each, "val")
        if name in _HIDING and is_on(each):
            return True
        if name == "color" and value.upper() == "FFFFFF":
            return True
        if name == "sz" and value.isdecimal() and int(value) <= _TINY:
            return True
    return False


def _excerpt(text: str) -> str:
    return repr(text if len(text) <= _SHOWN else f"{text[:_SHOWN]}…")
