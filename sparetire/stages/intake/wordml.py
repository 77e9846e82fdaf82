"""The words of WordprocessingML (ECMA-376, part 1) that matter here, in both its namespaces."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from sparetire.stages.intake.package import refused

__all__ = [
    "attribute",
    "child",
    "is_on",
    "local",
    "paragraph_numbers",
    "paragraph_of",
    "parents_of",
    "parse",
    "replace_with",
    "run_of",
    "text_of",
    "under",
]

_OFF = {"0", "false", "off", "none"}


def parse(name: str, content: bytes) -> Element:
    """Return the root of an XML part.

    Raises:
        ContentRefused: It is no XML, or declares entities.
    """
    try:
        root: Element = fromstring(content, forbid_dtd=True)
    except (ParseError, DefusedXmlException, ValueError, LookupError) as error:
        raise refused(f"Its part {name!r} is no sound XML: {error}.") from error
    return root


def local(element: Element) -> str:
    """Return the name of an element without its namespace."""
    return str(element.tag).rpartition("}")[2]


def attribute(element: Element | None, name: str) -> str:
    """Return an attribute, whatever its namespace, or nothing."""
    if element is None:
        return ""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return value
    return ""


def child(element: Element | None, *path: str) -> Element | None:
    """Return the first element along a path of local names, or None."""
    for name in path:
        if element is None:
            return None
        element = next((one for one in element if local(one) == name), None)
    return element


def is_on(element: Element) -> bool:
    """Tell whether a switch such as ``<w:vanish/>`` is on."""
    return attribute(element, "val").lower() not in _OFF


def under(element: Element, *names: str) -> Iterator[Element]:
    """Yield every element below that has one of these local names."""
    for each in element.iter():
        if local(each) in names:
            yield each


def parents_of(root: Element) -> dict[Element, Element]:
    """Return the parent of every element below a root."""
    return {each: parent for parent in root.iter() for each in parent}


def text_of(element: Element) -> str:
    """Return the letters below an element, deleted ones too, in one line."""
    letters = (each.text or "" for each in under(element, "t", "delText"))
    return " ".join("".join(letters).split())


def paragraph_numbers(document: Element) -> dict[Element, int]:
    """Return the number of the paragraph of every element, from 1."""
    found: dict[Element, int] = {}
    number = 0
    for each in document.iter():
        number += local(each) == "p"
        found[each] = max(number, 1)
    return found


def replace_with(parent: Element, element: Element, others: list[Element]) -> None:
    """Put others in the place of an element."""
    place = list(parent).index(element)
    parent[place : place + 1] = others


def run_of(document: Element, text: str) -> Element:
    """Return a run with a text, in the namespace of the document."""
    space = str(document.tag).rpartition("}")[0] + "}"
    run, letters = Element(f"{space}r"), Element(f"{space}t")
    letters.text = text
    letters.set("{http://www.w3.org/XML/1998/namespace}space", "preserve")
    run.append(letters)
    return run


def paragraph_of(document: Element, text: str) -> Element:
    """Return a paragraph with a text, in the namespace of the document."""
    space = str(document.tag).rpartition("}")[0] + "}"
    paragraph = Element(f"{space}p")
    paragraph.append(run_of(document, text))
    return paragraph
