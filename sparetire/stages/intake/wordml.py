"""The words of WordprocessingML (ECMA-376, part 1) that matter here, in both its namespaces."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element, ParseError

from defusedxml import DefusedXmlException
from defusedxml.ElementTree import fromstring

from sparetire.stages.intake.package import refused

__all__ = ["attribute", "is_on", "local", "parse", "text_of", "under"]

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


def attribute(element: Element, name: str) -> str:
    """Return an attribute, whatever its namespace, or nothing."""
    for key, value in element.attrib.items():
        if key.rpartition("}")[2] == name:
            return value
    return ""


def is_on(element: Element) -> bool:
    """Tell whether a switch such as ``<w:vanish/>`` is on."""
    return attribute(element, "val").lower() not in _OFF


def under(element: Element, *names: str) -> Iterator[Element]:
    """Yield every element below that has one of these local names."""
    for each in element.iter():
        if local(each) in names:
            yield each


def text_of(element: Element) -> str:
    """Return the letters below an element, deleted ones too, in one line."""
    letters = (each.text or "" for each in under(element, "t", "delText"))
    return " ".join("".join(letters).split())
