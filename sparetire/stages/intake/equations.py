"""Writes the equations of a Word file in one line, as one would type them.

ECMA-376, part 1, chapter 22.1. What has no such form is refused with its place.
"""

from xml.etree.ElementTree import Element

from sparetire.stages.intake.wordml import attribute, child, local

__all__ = ["NoLineError", "in_a_line"]

_SIMPLE = {"oMathPara", "oMath", "e", "num", "den", "sub", "sup", "deg", "fName", "box", "r"}
_SCRIPTS = {"sup": "^", "sub": "_"}


class NoLineError(ValueError):
    """An equation cannot be written in one line; the message names the part."""


def in_a_line(equation: Element) -> str:
    """Return an equation as text, such as ``10^(-3)`` or ``(a + b)/2``.

    Raises:
        NoLineError: It holds a matrix, or anything else that needs two dimensions.
    """
    match local(equation):
        case "t":
            line = equation.text or ""
        case name if name in _SIMPLE:
            line = _all(equation)
        case name if name.endswith("Pr"):
            line = ""
        case "sSup" | "sSub" | "sSubSup":
            line = _of(equation, "e") + _scripts(equation)
        case "f":
            line = f"{_grouped(_of(equation, 'num'))}/{_grouped(_of(equation, 'den'))}"
        case "rad":
            degree = _of(equation, "deg")
            line = f"{f'({degree})' if degree else ''}√{_grouped(_of(equation, 'e'))}"
        case name:
            line = _framed(equation, name)
    return line


def _framed(equation: Element, name: str) -> str:
    """Return a function, a sum or a bracket, or raise for what has two dimensions."""
    if name == "func":
        return f"{_of(equation, 'fName')}({_of(equation, 'e')})"
    if name not in {"nary", "d"}:
        raise NoLineError(name)
    properties = child(equation, f"{name}Pr")
    if name == "nary":
        sign = attribute(child(properties, "chr"), "val") or "∫"
        return f"{sign}{_scripts(equation)} {_of(equation, 'e')}"
    before, after = child(properties, "begChr"), child(properties, "endChr")
    parts = [_all(each) for each in equation if local(each) == "e"]
    opens = "(" if before is None else attribute(before, "val")
    closes = ")" if after is None else attribute(after, "val")
    return f"{opens}{', '.join(parts)}{closes}"


def _scripts(equation: Element) -> str:
    parts = {name: _of(equation, name) for name in ("sub", "sup")}
    return "".join(f"{_SCRIPTS[name]}{_grouped(text)}" for name, text in parts.items() if text)


def _of(equation: Element, name: str) -> str:
    part = child(equation, name)
    return _all(part).strip() if part is not None else ""


def _all(element: Element) -> str:
    return "".join(map(in_a_line, element))


def _grouped(text: str) -> str:
    """Return a part in brackets, unless it is one number or one word."""
    return text if text.isalnum() or (text[:1] == "(" and text[-1:] == ")") else f"({text})"
