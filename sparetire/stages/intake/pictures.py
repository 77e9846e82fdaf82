"""The pictures of a Word file as Word shows them: cropped, and cut to a shape.

Word keeps the whole picture in the file and shows a part of it (ECMA-376, part 1: 20.1.8.55
srcRect, 20.1.10.56 preset shapes; part 4: 19.1.2.11 imagedata).
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from xml.etree.ElementTree import Element

from sparetire.stages.intake.relations import Relation
from sparetire.stages.intake.wordml import attribute, child, local, parents_of, under

__all__ = ["Crop", "crop_pictures", "odd_shape"]

_WHOLE = 100_000  # 1000ths of a per cent
_SIDES = ("l", "t", "r", "b")
_VML_SIDES = ("cropleft", "croptop", "cropright", "cropbottom")
_RECTANGLES = {"", "rect", "roundRect"}  # the corners that a round one cuts off are small
_ELLIPSE = "ellipse"


@dataclass(frozen=True, slots=True)
class Crop:
    """What of a picture is shown.

    Attributes:
        cut: How much is cut off at the left, top, right and bottom, from 0 to 1.
        ellipse: Whether only the ellipse within the rest is shown.
    """

    cut: tuple[float, float, float, float]
    ellipse: bool = False


def crop_pictures(
    document: Element, relations: tuple[Relation, ...]
) -> tuple[tuple[Relation, ...], dict[str, Crop]]:
    """Give every cropped picture a relation of its own, and return what each of those shows."""
    known = {one.id: one for one in relations}
    added: list[Relation] = []
    crops: dict[str, Crop] = {}
    for holder, name, crop in _cropped(document):
        one = known.get(attribute(holder, name))
        if one is None or crop == Crop((0, 0, 0, 0)):
            continue
        own = replace(one, id=f"cropped{len(crops) + 1}-{one.id}")
        crops[own.id] = crop
        added.append(own)
        for key in list(holder.attrib):
            if key.rpartition("}")[2] == name:
                holder.set(key, own.id)
    return (*relations, *added), crops


def odd_shape(drawing: Element) -> bool:
    """Tell whether Word shows a picture in a shape that cannot be cut out here."""
    shapes = {_shape(picture) for picture in under(drawing, "pic")}
    return bool(shapes - _RECTANGLES - {_ELLIPSE})


def _cropped(document: Element) -> Iterator[tuple[Element, str, Crop]]:
    parents = parents_of(document)
    for fill in under(document, "blipFill"):
        blip = child(fill, "blip")
        if blip is not None:
            source = _edges(child(fill, "srcRect"), 1)
            frame = _edges(child(fill, "stretch", "fillRect"), -1)
            ellipse = _shape(parents.get(fill)) == _ELLIPSE
            yield blip, "embed", Crop(_together(source, frame), ellipse)
    for data in under(document, "imagedata"):
        left, top, right, bottom = (_share(attribute(data, side)) for side in _VML_SIDES)
        yield data, "id", Crop((left, top, right, bottom), _is_oval(parents.get(data)))


def _shape(picture: Element | None) -> str:
    properties = child(picture, "spPr")
    if child(properties, "custGeom") is not None:
        return "custGeom"
    return attribute(child(properties, "prstGeom"), "prst")


def _is_oval(shape: Element | None) -> bool:
    return shape is not None and local(shape) == "oval"


def _edges(rectangle: Element | None, sign: int) -> tuple[float, ...]:
    """Return what a rectangle cuts off at each edge; one with the other sign adds space."""
    found = []
    for side in _SIDES:
        given = attribute(rectangle, side)
        share = float(given.rstrip("%")) * (1000 if "%" in given else 1) if re.fullmatch(
            r"-?\d+(\.\d+)?%?", given
        ) else 0.0  # fmt: skip
        found.append(max(0.0, sign * share / _WHOLE))
    return tuple(found)


def _together(source: tuple[float, ...], frame: tuple[float, ...]) -> tuple[
    float, float, float, float
]:  # fmt: skip
    """Return what is cut off by the source's edges, and by a frame smaller than the picture."""
    wide, high = 1 + frame[0] + frame[2], 1 + frame[1] + frame[3]
    left, top, right, bottom = (
        edge + (1 - min(1, source[place] + source[(place + 2) % 4])) * frame[place] / size
        for place, (edge, size) in enumerate(zip(source, (wide, high, wide, high), strict=True))
    )
    return left, top, right, bottom


def _share(given: str) -> float:
    """Return a part of a side, in VML: ``0.25``, or ``16384f`` in 65536ths."""
    if re.fullmatch(r"\d+f", given):
        return int(given[:-1]) / 65536
    return float(given) if re.fullmatch(r"\d*\.?\d+", given) else 0.0
