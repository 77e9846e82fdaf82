"""The styles of a Word file: what letters, paragraphs and cells inherit from them.

ECMA-376, part 1: 17.7.2 (the order of styles), 17.7.3 (what toggles), 17.7.6 (tables).
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from xml.etree.ElementTree import Element

from sparetire.stages.intake.colours import HIGHLIGHTS, Theme
from sparetire.stages.intake.wordml import attribute, child, is_on, local, under

__all__ = ["Styles", "Traits", "as_table", "letters", "space"]

Traits = dict[str, str]
"""Properties by name, as text; one that is missing is inherited."""

_SWITCHES = {"vanish", "webHidden", "outline", "shadow", "emboss", "imprint"}
_MEASURES = {"sz", "szCs", "w"}
_MOST_STYLES = 50  # in a chain: a longer one is a circle


def letters(properties: Element | None, theme: Theme) -> Traits:
    """Return what the properties of a run (``rPr``) say about whether it can be read."""
    found: Traits = {}
    for each in properties if properties is not None else ():
        name = local(each)
        if name in _SWITCHES:
            found[name] = "on" if is_on(each) else "off"
        elif name in _MEASURES:
            found[name] = attribute(each, "val")
        elif name == "color":
            found["colour"] = theme.colour(each)
        elif name == "highlight":
            found["highlight"] = HIGHLIGHTS.get(attribute(each, "val"), "")
        elif name == "shd":
            found["fill"] = theme.fill(each)
        elif name == "textFill":
            found |= _painted(each, theme)
    return found


def _painted(fill: Element, theme: Theme) -> Traits:
    """Return what a text effect of Word 2010 does to letters ([MS-DOCX], section 2.7.1.10)."""
    clear = [attribute(each, "val") for each in under(fill, "alpha")]
    if any(local(each) == "noFill" for each in fill) or any(
        part.isdecimal() and int(part) >= 90_000  # noqa: PLR2004  in 1000ths of a per cent
        for part in clear
    ):
        return {"clear": "on"}
    colour = theme.solid(fill)
    return {"clear": "off", **({"colour": colour} if colour else {})}


def space(properties: Element | None, theme: Theme) -> Traits:
    """Return what the properties of a paragraph (``pPr``) say about its place and colour."""
    found: Traits = {}
    for each in properties if properties is not None else ():
        match local(each):
            case "shd":
                found["fill"] = theme.fill(each)
            case "spacing" if attribute(each, "lineRule") == "exact":
                found["line"] = attribute(each, "line")
            case "spacing" if attribute(each, "line"):
                found["line"] = ""
            case "ind":
                side = attribute(each, "left") or attribute(each, "start")
                found |= {"left": side} if side else {}
            case "framePr":
                found |= {name: attribute(each, name) for name in ("x", "y")}
            case _:
                pass
    return found


@dataclass(frozen=True)
class _Style:
    base: str = ""
    letters: Traits = field(default_factory=dict)
    space: Traits = field(default_factory=dict)
    cells: dict[str, tuple[Traits, Traits]] = field(default_factory=dict)


@dataclass
class Styles:
    """The styles of a document.

    Attributes:
        theme: Its colours.
        standard: What applies to all letters (``docDefaults``).
        space: What applies to all paragraphs.
        defaults: The style that applies where none is named, by kind.
    """

    theme: Theme
    standard: Traits = field(default_factory=dict)
    space: Traits = field(default_factory=dict)
    defaults: dict[str, str] = field(default_factory=dict)
    _known: dict[str, _Style] = field(default_factory=dict)
    _merged: dict[tuple[str, str], Traits] = field(default_factory=dict)

    @classmethod
    def of(cls, part: Element | None, theme: Theme) -> "Styles":
        """Return the styles that a part of the file declares."""
        made = cls(theme)
        for each in part if part is not None else ():
            if local(each) == "docDefaults":
                made.standard = letters(child(each, "rPrDefault", "rPr"), theme)
                made.space = space(child(each, "pPrDefault", "pPr"), theme)
            elif local(each) == "style":
                name, kind = attribute(each, "styleId"), attribute(each, "type")
                made._known[name] = _read(each, theme)
                if attribute(each, "default") in {"1", "true", "on"}:
                    made.defaults[kind] = name
        return made

    def letters_of(self, name: str) -> Traits:
        """Return what a style, with those that it is based on, says about letters."""
        return self._merge(name, "letters")

    def space_of(self, name: str) -> Traits:
        """Return what a style says about paragraphs."""
        return self._merge(name, "space")

    def cells_of(self, name: str) -> dict[str, tuple[Traits, Traits]]:
        """Return what a table's style says about letters and cells, by the kind of cell."""
        found: dict[str, tuple[Traits, Traits]] = {}
        for style in reversed(list(self._chain(name))):
            for kind, (text, cell) in style.cells.items():
                before = found.get(kind, ({}, {}))
                found[kind] = ({**before[0], **text}, {**before[1], **cell})
        return found

    def _merge(self, name: str, part: str) -> Traits:
        if (name, part) not in self._merged:
            merged: Traits = {}
            for style in reversed(list(self._chain(name))):
                merged |= style.letters if part == "letters" else style.space
            self._merged[name, part] = merged
        return self._merged[name, part]

    def _chain(self, name: str) -> Iterator[_Style]:
        for _ in range(_MOST_STYLES):
            style = self._known.get(name)
            if style is None:
                return
            yield style
            name = style.base


def _read(style: Element, theme: Theme) -> _Style:
    cells = {"wholeTable": as_table(style, theme)}
    for part in (each for each in style if local(each) == "tblStylePr"):
        cells[attribute(part, "type")] = as_table(part, theme)
    return _Style(
        attribute(child(style, "basedOn"), "val"),
        letters(child(style, "rPr"), theme),
        space(child(style, "pPr"), theme),
        cells,
    )


def as_table(parent: Element, theme: Theme) -> tuple[Traits, Traits]:
    """Return what an element with ``rPr``, ``tblPr``, ``tcPr`` says about letters and cells."""
    cell: Traits = {}
    for name in ("tblPr", "tcPr"):
        shading = child(parent, name, "shd")
        if shading is not None:
            cell["fill"] = theme.fill(shading)
    return letters(child(parent, "rPr"), theme), cell
