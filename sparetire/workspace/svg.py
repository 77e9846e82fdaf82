"""Cleans an SVG drawing by an allow-list, because readers may open the file on its own.

What nobody sees is dropped without a word: scripts, handlers, links, comments, editors' notes,
titles and descriptions (the page itself describes the logo), and parts that are switched off.
What somebody would miss is refused, so that half a logo never goes public.
Names are those of SVG 2 (https://www.w3.org/TR/SVG2/eltindex.html, attindex.html).
"""

import re
from typing import TYPE_CHECKING

from defusedxml import DTDForbidden
from defusedxml import ElementTree as SafeTree

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["NotSvg", "clean_svg"]

_SVG = "http://www.w3.org/2000/svg"
_XLINK_HREF = "{http://www.w3.org/1999/xlink}href"


def _names(text: str) -> frozenset[str]:
    return frozenset(text.split())


_SHAPES = _names("path rect circle ellipse line polyline polygon text use")
_WORDS = _names("text tspan style")
_FRAMES = _names("svg g defs linearGradient radialGradient stop clipPath mask symbol")
_KEPT = _SHAPES | _WORDS | _FRAMES
# Illustrator puts a whole drawing into a switch, and a web editor into a link.
_GROUPS = _names("a switch")
_REFERRING = _names("use linearGradient radialGradient")
_MISSED = _names("image pattern filter marker textPath")
_ATTRIBUTES = _names("""
    id class style lang role aria-label viewBox preserveAspectRatio width height transform
    x y x1 y1 x2 y2 cx cy r rx ry fx fy fr d points pathLength dx dy rotate offset
    fill fill-opacity fill-rule stroke stroke-width stroke-opacity stroke-linecap
    stroke-linejoin stroke-miterlimit stroke-dasharray stroke-dashoffset opacity color
    display visibility overflow paint-order vector-effect shape-rendering text-rendering
    clip-path clip-rule clipPathUnits mask mask-type maskUnits maskContentUnits
    gradientUnits gradientTransform spreadMethod stop-color stop-opacity
    font-family font-size font-weight font-style font-stretch letter-spacing word-spacing
    text-anchor dominant-baseline alignment-baseline baseline-shift textLength lengthAdjust
    text-decoration writing-mode
""")
_LABELS = _names("id class lang role aria-label")

_OWN_PART = re.compile(r"""url\(\s*(["']?)#[\w.:-]+\1\s*\)""", re.IGNORECASE)
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_SWITCHED_OFF = re.compile(r"(?:^|;)\s*display\s*:\s*none\s*(?:;|$)", re.IGNORECASE)
_CALL = re.compile(r"([\w-]*)\s*\(")
_AT_RULE = re.compile(r"@(?!media\b)", re.IGNORECASE)
# A bracket may follow these words alone: every other one could fetch something.
_CALLS = frozenset({""}) | _names("""
    rgb rgba hsl hsla oklch oklab lab lch hwb calc min max clamp media and not or
    matrix translate translatex translatey scale scalex scaley rotate skew skewx skewy
""")

_LENGTH = re.compile(r"\s*(\d*\.?\d+(?:[eE][+-]?\d+)?)(px|pt|pc|mm|cm|in)?\s*")
_NUMBER = re.compile(r"[-+]?\d*\.?\d+(?:[eE][-+]?\d+)?")
_PIXELS = {"px": 1, "pt": 96 / 72, "pc": 16, "mm": 96 / 25.4, "cm": 96 / 2.54, "in": 96}
_LONGEST = 100_000
_DEEPEST = 60


class NotSvg(ValueError):
    """The bytes are no SVG drawing at all."""


def clean_svg(content: bytes) -> tuple[bytes, int, int]:
    """Return the cleaned drawing, its width and its height; the same bytes give the same.

    Raises:
        NotSvg: It is something else.
        ValueError: It is SVG, but cannot be made safe without losing a part that shows.
    """
    root = _parse(content)
    space, _, name = root.tag.rpartition("}")
    if name != "svg" or space.lstrip("{") not in {"", _SVG}:
        raise NotSvg
    _clean(root, name, space, 0)
    _drop_switched_off(root)
    if not any(element.tag in _SHAPES for element in root.iter()):
        raise ValueError("nothing in it draws anything")
    width, height = _size(root)
    root.set("width", str(width))
    root.set("height", str(height))
    root.set("xmlns", _SVG)
    return SafeTree.tostring(root, encoding="unicode").encode() + b"\n", width, height


def _parse(content: bytes) -> "Element":
    try:
        root: Element = SafeTree.fromstring(content, forbid_dtd=True)
    except DTDForbidden as error:
        if error.name != "svg":
            raise NotSvg from error
        raise ValueError(
            "it begins with a DOCTYPE, which can hide commands: "
            "export it again as plain SVG, or take that line out"
        ) from error
    except (SafeTree.ParseError, LookupError, ValueError) as error:
        if b"<svg" in content[:4096]:
            raise ValueError(f"it is damaged ({error})") from error
        raise NotSvg from error
    return root


def _clean(element: "Element", name: str, space: str, depth: int) -> None:
    if depth > _DEEPEST:
        raise ValueError(f"its groups are nested more than {_DEEPEST} deep")
    element.tag = name
    if name not in _WORDS:
        element.text = None
    elif name == "style":
        element.text = _checked(name, element.text or "")
    _clean_attributes(element)
    _clean_children(element, space, depth)


def _clean_attributes(element: "Element") -> None:
    attributes = dict(element.items())
    element.attrib.clear()
    for key, value in attributes.items():
        name = "href" if key == _XLINK_HREF else key
        if name == "href" and element.tag in _REFERRING:
            if not value.startswith("#"):
                raise ValueError(f"its <{element.tag}> comes from elsewhere ({value[:60]})")
            element.set(name, value)
        elif name in _ATTRIBUTES:
            element.set(name, value if name in _LABELS else _checked(name, value))


def _clean_children(element: "Element", space: str, depth: int) -> None:
    spoken = element.tag in {"text", "tspan"}
    for child in list(element):
        name = _name(child, space)
        if name in _GROUPS:
            name = "tspan" if spoken else "g"
        if name in _MISSED:
            raise ValueError(f"it uses <{name}>, which cannot be checked: give a PNG instead")
        child.tail = child.tail if spoken else None
        if name in _KEPT:
            _clean(child, name, space, depth + 1)
        else:
            _remove(element, child)


def _remove(parent: "Element", child: "Element") -> None:
    """Take out a part; the text that follows it stays."""
    place, tail = list(parent).index(child), child.tail
    parent.remove(child)
    if tail and place:
        parent[place - 1].tail = f"{parent[place - 1].tail or ''}{tail}"
    elif tail:
        parent.text = f"{parent.text or ''}{tail}"


def _drop_switched_off(root: "Element") -> None:
    """Take out parts that are not drawn, such as an older draft on a layer of its own.

    They stay where a style sheet may switch them on.
    """
    if any(element.tag == "style" for element in root.iter()):
        return
    for parent in list(root.iter()):
        for child in list(parent):
            off = child.get("display", "").strip().lower() == "none"
            if off or _SWITCHED_OFF.search(child.get("style", "")):
                _remove(parent, child)


def _name(element: "Element", space: str) -> str:
    """Return the plain name of an element, or nothing for another vocabulary's."""
    found, _, name = element.tag.rpartition("}")
    return name if found == space else ""


def _checked(name: str, value: str) -> str:
    """Return a value without CSS comments; it loads nothing, with them or without."""
    _refuse_outside(name, value)
    bare = _COMMENT.sub(" ", value)
    _refuse_outside(name, bare)
    return bare


def _refuse_outside(name: str, value: str) -> None:
    # Comments stay in: what begins one in a string would hide what follows from us alone.
    rest = _OWN_PART.sub(" ", value)
    calls = {call.lower() for call in _CALL.findall(rest)}
    if "\\" in rest or _AT_RULE.search(rest) or not calls <= _CALLS:
        raise ValueError(
            f"its {name} may load something from elsewhere ({value.strip()[:60]}): "
            "turn text and effects into plain shapes and export it again"
        )


def _size(root: "Element") -> tuple[int, int]:
    """Read the size from width and height, or else from the viewBox."""
    box = [float(part) for part in _NUMBER.findall(root.get("viewBox", ""))]
    width, height = _length(root.get("width")), _length(root.get("height"))
    if len(box) == 4 and min(box[2:]) > 0:  # noqa: PLR2004  x, y, width, height
        if width is None:
            width = height * box[2] / box[3] if height else box[2]
        height = height or width * box[3] / box[2]
    elif width and height:
        root.set("viewBox", f"0 0 {width:g} {height:g}")
    else:
        raise ValueError("it has no size: give it a width and a height, or a viewBox")
    if not all(0 < side <= _LONGEST for side in (width, height)):
        raise ValueError(f"its size cannot be {width:g} by {height:g}")
    return max(1, round(width)), max(1, round(height))


def _length(text: str | None) -> float | None:
    """Return pixels, or nothing for a share such as 100%, which is no size of its own."""
    match = _LENGTH.fullmatch(text or "")
    if not match:
        return None
    length = float(match[1]) * _PIXELS[match[2] or "px"]
    return length if length > 0 else None
