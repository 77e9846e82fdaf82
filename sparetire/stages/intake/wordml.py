"""The words of WordprocessingML (ECMA-376, part 1) that matter here, in both its namespaces."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from sparetire.stages.intake.package import refused

__all__ = ["attribute", "child", "is_on", "local", "parents_of", "parse", "text_of", "under"]

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
