"""Finds letters of a Word file that are there and cannot be read.

What counts is what Word shows: letters in the colour of what is behind them, whether that is a
shading, a highlight, a cell or a style of the table; letters that a style hides; lines that are
too low, too small or outside of the page. White letters on a dark cell are not hidden.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from xml.etree.ElementTree import Element

from sparetire.stages.intake.colours import AUTO, is_dark, look_alike
from sparetire.stages.intake.shapes import hidden_shape, shape_fill
from sparetire.stages.intake.styles import Styles, Traits, letters, space
from sparetire.stages.intake.tables import TableLook
from sparetire.stages.intake.wordml import attribute, child, is_on, local, under

__all__ = ["HiddenRun", "hidden_runs"]

_TINY = 4  # half-points: letters of 2 points
_LOW = 40  # twentieths of a point: a line of 2 points cuts its letters off
_NARROW = 5  # per cent of the width of letters
_OUTSIDE = (-5000, 20_000)  # twentieths of a point: a page is about 12,000 wide, 16,000 high
_WHITE = "FFFFFF"
_SHAPES = {"wsp", "shape", "rect", "roundrect", "oval"}
_SWITCHED_OFF = {"vanish": "hidden text", "webHidden": "text hidden on the web"}
_SHOWN_WITHOUT_COLOUR = ("outline", "shadow", "emboss", "imprint")


@dataclass(frozen=True, slots=True)
class HiddenRun:
    """Letters, or a picture, that Word does not show.

    Attributes:
        element: The run.
        paragraph: The number of its paragraph, from 1.
        why: What hides it.
    """

    element: Element
    paragraph: int
    why: str


@dataclass(frozen=True, slots=True)
class _Scene:
    """What surrounds a run; ``behind`` is empty where its colour is not known."""

    behind: str
    table: Traits = field(default_factory=dict)
    style: Traits = field(default_factory=dict)
    hidden: str = ""
    paragraph: int = 0


def hidden_runs(document: Element, styles: Styles, settings: Element | None) -> list[HiddenRun]:
    """Return the runs that cannot be read, in their order.

    Args:
        document: The root of the main part.
        styles: Its styles.
        settings: The root of its settings, which say whether its background shows.

    Raises:
        RecursionError: It is nested deeper than any text that was written.
    """
    return list(_Walk(document, styles, settings).runs())


class _Walk:
    def __init__(self, document: Element, styles: Styles, settings: Element | None) -> None:
        self._document = document
        self._styles = styles
        self._settings = settings
        self._paragraphs = 0
        anchors = under(document, "anchor")
        self._has_backdrop = any(list(under(each, "pic")) for each in anchors)

    def runs(self) -> Iterator[HiddenRun]:
        yield from self._inside(self._document, _Scene(self._page()))

    def _page(self) -> str:
        shown = child(self._settings, "displayBackgroundShape")
        background = child(self._document, "background")
        if shown is None or not is_on(shown) or background is None:
            return _WHITE
        colour = self._styles.theme.colour(background, plain="color")
        return _WHITE if colour == AUTO else colour

    def _inside(self, parent: Element, scene: _Scene) -> Iterator[HiddenRun]:
        for each in parent:
            yield from self._visit(each, scene)

    def _visit(self, element: Element, scene: _Scene) -> Iterator[HiddenRun]:
        match local(element):
            case "p":
                yield from self._inside(element, self._in_paragraph(element, scene))
            case "r":
                yield from self._run(element, scene)
            case "tbl":
                yield from self._table(element, scene)
            case "inline" | "anchor" | "pict" | "object":
                hidden = scene.hidden or hidden_shape(element)
                yield from self._inside(element, replace(scene, hidden=hidden))
            case name if name in _SHAPES:
                yield from self._inside(element, self._in_shape(element, scene))
            case _:
                yield from self._inside(element, scene)

    def _in_paragraph(self, paragraph: Element, scene: _Scene) -> _Scene:
        self._paragraphs += 1
        properties = child(paragraph, "pPr")
        style = attribute(child(properties, "pStyle"), "val")
        style = style or self._styles.defaults.get("paragraph", "")
        given = space(properties, self._styles.theme)
        place = {**self._styles.space, **self._styles.space_of(style), **given}
        return replace(
            scene,
            behind=place.get("fill") or scene.behind,
            style=self._styles.letters_of(style),
            hidden=scene.hidden or _out_of_sight(place),
            paragraph=self._paragraphs,
        )

    def _in_shape(self, shape: Element, scene: _Scene) -> _Scene:
        fill = shape_fill(shape, self._styles.theme)
        if fill is None:  # one sees what is behind it: a picture, perhaps
            fill = "" if self._has_backdrop else scene.behind
        return replace(scene, behind=fill, table={}, hidden=scene.hidden or hidden_shape(shape))

    def _table(self, table: Element, scene: _Scene) -> Iterator[HiddenRun]:
        look = TableLook.of(table, self._styles)
        for row, cells in look.rows:
            hidden = scene.hidden or look.hides(row)
            for cell, style, fill in cells:
                inner = replace(scene, behind=fill or scene.behind, table=style, hidden=hidden)
                yield from self._inside(cell, inner)

    def _run(self, run: Element, scene: _Scene) -> Iterator[HiddenRun]:
        direct = letters(child(run, "rPr"), self._styles.theme)
        named = attribute(child(run, "rPr", "rStyle"), "val")
        character = self._styles.letters_of(named or self._styles.defaults.get("character", ""))
        levels = (scene.table, scene.style, character)
        look = dict(self._styles.standard)
        for level in (*levels, direct):
            look |= level
        why = scene.hidden or self._switched_off(levels, direct) or _unreadable(look, scene)
        if why:
            yield HiddenRun(run, scene.paragraph, why)
        else:
            yield from self._inside(run, scene)

    def _switched_off(self, levels: tuple[Traits, ...], direct: Traits) -> str:
        """Return what hides letters by a switch; styles toggle it (17.7.3)."""
        for name, why in _SWITCHED_OFF.items():
            if name in direct:
                on = direct[name] == "on"
            elif self._styles.standard.get(name) == "on":
                on = True
            else:
                on = sum(level.get(name) == "on" for level in levels) % 2 == 1
            if on:
                return why
        return ""


def _unreadable(look: Traits, scene: _Scene) -> str:
    """Return why letters cannot be read, or nothing."""
    size = look.get("sz", "")
    if size.isdecimal() and int(size) <= _TINY:
        return "text of two points or less"
    width = look.get("w", "").rstrip("%")
    if width.isdecimal() and int(width) <= _NARROW:
        return "text without width"
    if look.get("clear") == "on":
        return "transparent text"
    behind = look.get("highlight") or look.get("fill") or scene.behind
    if not behind or any(look.get(name) == "on" for name in _SHOWN_WITHOUT_COLOUR):
        return ""
    colour = look.get("colour", AUTO)
    if colour == AUTO:
        shaded = not look.get("highlight") and is_dark(behind)
        colour = _WHITE if shaded else "000000"
    return "text in the colour of what is behind it" if look_alike(colour, behind) else ""


def _out_of_sight(place: Traits) -> str:
    """Return why a paragraph cannot be seen, or nothing."""
    if place.get("line", "").isdecimal() and int(place["line"]) <= _LOW:
        return "text in a line without height"
    least, most = _OUTSIDE
    for name in ("left", "x", "y"):
        given = place.get(name, "")
        if given.lstrip("-").isdecimal() and not least <= int(given) <= most:
            return "text outside of the page"
    return ""
