"""Shapes and pictures of a Word file: what fills them, and whether Word shows them.

DrawingML is ECMA-376, part 1, chapter 20; VML, which older files use, is part 4, chapter 19.
"""

import re
from xml.etree.ElementTree import Element

from sparetire.stages.intake.colours import HIGHLIGHTS, Theme
from sparetire.stages.intake.wordml import attribute, child, local, under

__all__ = ["covering_shape", "hidden_shape", "shape_fill"]

_OFF = {"f", "false", "0", "off"}
_ON = {"1", "t", "true", "on"}
_INVISIBLE = re.compile(
    r"(?:^|;)\s*(?:visibility\s*:\s*hidden|display\s*:\s*none)", re.IGNORECASE
)
_FLOATS = re.compile(r"(?:^|;)\s*position\s*:\s*absolute", re.IGNORECASE)
_FAINT = 5000  # 1000ths of a per cent of opacity
_BLEACHED = 90_000  # 1000ths of a per cent of brightness
_MIXED = {"gradFill", "pattFill", "blipFill"}
_FAR = 15_000_000  # English metric units: a page is about 7.7 million wide, 10 million high
_VML = {"shape", "rect", "roundrect", "oval", "line", "polyline"}


def hidden_shape(element: Element) -> str:
    """Return why a drawing, or a shape of one, cannot be seen, or nothing."""
    for each in (element, *under(element, "docPr", "cNvPr")):
        if attribute(each, "hidden").lower() in _ON:
            return "hidden in its properties"
    if local(element) in _VML and _INVISIBLE.search(attribute(element, "style")):
        return "hidden in its properties"
    if local(element) in {"inline", "anchor"} and _is_faded(element):
        return "made transparent or white"
    offsets = (each.text or "" for each in under(element, "posOffset"))
    if local(element) == "anchor" and any(
        given.lstrip("-").isdecimal() and abs(int(given)) > _FAR for given in offsets
    ):
        return "outside of the page"
    return ""


def _is_faded(drawing: Element) -> bool:
    """Tell whether a picture is shown so faintly, so light or so dark that nothing is seen."""
    for blip in under(drawing, "blip"):
        amount = attribute(child(blip, "alphaModFix"), "amt")
        bright = attribute(child(blip, "lum"), "bright").lstrip("-")
        if amount.isdecimal() and int(amount) <= _FAINT:
            return True
        if bright.isdecimal() and int(bright) >= _BLEACHED:
            return True
    return False


def shape_fill(shape: Element, theme: Theme) -> str | None:
    """Return the colour of a shape, nothing where it has several, None where it has none."""
    if local(shape) != "wsp":
        return _vml_fill(shape)
    properties = child(shape, "spPr")
    if properties is not None:
        if colour := theme.solid(properties):
            return colour
        names = {local(each) for each in properties}
        if "noFill" in names:
            return None
        if names & _MIXED:
            return ""
    reference = child(shape, "style", "fillRef")
    if reference is not None and attribute(reference, "idx") != "0":
        return theme.named(attribute(child(reference, "schemeClr"), "val"))
    return None


def _vml_fill(shape: Element) -> str | None:
    if attribute(shape, "filled").lower() in _OFF:
        return None
    colour = attribute(shape, "fillcolor").partition("[")[0].strip()
    if re.fullmatch(r"#[0-9A-Fa-f]{6}", colour):
        return colour[1:].upper()
    if re.fullmatch(r"#[0-9A-Fa-f]{3}", colour):
        return "".join(2 * each for each in colour[1:]).upper()
    return HIGHLIGHTS.get(colour.lower(), "" if colour else "FFFFFF")


def covering_shape(drawing: Element, theme: Theme) -> bool:
    """Tell whether a drawing is a filled shape in front of the text, such as a black bar."""
    if list(under(drawing, "txbxContent", "pic", "imagedata", "textpath", "relIds", "chart")):
        return False
    if local(drawing) == "anchor":
        floats = attribute(drawing, "behindDoc").lower() not in _ON
        free = child(drawing, "wrapNone") is not None
        return (
            floats and free and any(shape_fill(each, theme) for each in under(drawing, "wsp"))
        )
    return any(
        _FLOATS.search(attribute(each, "style")) and shape_fill(each, theme)
        for each in under(drawing, *_VML - {"line", "polyline"})
    ) and "z-index:-" not in "".join(attribute(each, "style") for each in drawing)
