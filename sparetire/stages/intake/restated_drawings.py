"""Takes text and pictures out of a Word file's drawings, and names what cannot be shown.

Text boxes, groups and diagrams (SmartArt) give their text as paragraphs behind the one that
holds them; charts have no text that says what they show.
"""

from copy import deepcopy
from xml.etree.ElementTree import Element

from sparetire.stages.intake.package import Package
from sparetire.stages.intake.relations import Relation
from sparetire.stages.intake.traces import Trace, excerpt
from sparetire.stages.intake.wordml import (
    attribute,
    child,
    local,
    paragraph_of,
    parents_of,
    parse,
    replace_with,
    run_of,
    text_of,
    under,
)

__all__ = ["state_drawings"]

_BLOCKS = {"p", "tbl"}
_LINKS = {"parTrans", "sibTrans", "pres", "doc"}  # points that only join or lay out others


def state_drawings(
    document: Element,
    numbers: dict[Element, int],
    package: Package,
    relations: tuple[Relation, ...],
) -> list[Trace]:
    """Rewrite the drawings of a document in place; return what is lost."""
    _choose(document)
    known = {one.id: one for one in relations}
    lost: list[Trace] = []
    parents = parents_of(document)
    for frame in list(under(document, "inline", "anchor")):
        diagram = next(under(frame, "relIds"), None)
        number = numbers.get(frame, 1)
        if diagram is not None:
            texts = _diagram(package, known.get(attribute(diagram, "dm")))
            _behind(frame, parents, [paragraph_of(document, each) for each in texts])
            if not texts:
                lost.append(_loss(frame, number, "a diagram"))
        elif next(under(frame, "chart", "chartSpace"), None) is not None:
            lost.append(_loss(frame, number, "a chart"))
        else:
            _take_text(frame, parents)
            _part_pictures(frame, parents)
    for shape in list(under(document, "textpath")):
        _state_word_art(document, shape, parents)
    return lost


def _choose(document: Element) -> None:
    """Leave one of the alternatives that Word keeps of a drawing: the older, if it shows."""
    parents = parents_of(document)
    for element in list(under(document, "AlternateContent")):
        if element not in list(parents.get(element, ())):
            continue
        fallback, choice = child(element, "Fallback"), child(element, "Choice")
        shown = fallback is not None and (
            text_of(fallback) or next(under(fallback, "imagedata", "blip"), None) is not None
        )
        taken = fallback if shown else choice
        chosen = list(taken) if taken is not None else []
        blocks = [each for each in chosen if local(each) in _BLOCKS]
        replace_with(parents[element], element, [one for one in chosen if one not in blocks])
        parents.update(dict.fromkeys(chosen, parents[element]))
        _behind(parents[element], parents, blocks)


def _loss(frame: Element, number: int, what: str) -> Trace:
    properties = child(frame, "docPr")
    told = attribute(properties, "descr") or attribute(properties, "name")
    what = f"{what}: {excerpt(told)}" if told else what
    return Trace(number, what, frame, what)


def _diagram(package: Package, relation: Relation | None) -> list[str]:
    """Return the texts of a diagram's points, in their order (ECMA-376, part 1, 21.4.3)."""
    content = package.part(relation.target) if relation else None
    if relation is None or content is None:
        return []
    points = under(parse(relation.target, content), "pt")
    texts = (text_of(each) for each in points if attribute(each, "type") not in _LINKS)
    return [each for each in texts if each]


def _behind(inner: Element, parents: dict[Element, Element], blocks: list[Element]) -> None:
    """Put blocks behind the paragraph that something is in."""
    while inner in parents and local(inner) != "p":
        inner = parents[inner]
    if blocks and inner in parents:
        parent = parents[inner]
        place = list(parent).index(inner) + 1
        parent[place:place] = blocks
        parents.update(dict.fromkeys(blocks, parent))


def _take_text(frame: Element, parents: dict[Element, Element]) -> None:
    blocks: list[Element] = []
    for box in list(under(frame, "txbxContent")):
        blocks += [each for each in box if local(each) in _BLOCKS]
        box[:] = []
    _behind(frame, parents, blocks)


def _part_pictures(frame: Element, parents: dict[Element, Element]) -> None:
    """Give each picture of a group a frame of its own: the converter reads one a frame."""
    data = child(frame, "graphic", "graphicData")
    pictures = list(under(frame, "pic"))
    if data is None or not pictures or list(data) == pictures[:1]:
        return
    run = parents.get(parents[frame])
    if run is None or run not in parents:
        return
    holder = parents[run]
    for picture in pictures:
        own = deepcopy(run)
        inner = next(under(own, local(frame)))
        inside = child(inner, "graphic", "graphicData")
        described = child(inner, "docPr")
        if inside is not None:
            inside[:] = [picture]
        named = attribute(child(picture, "nvPicPr", "cNvPr"), "descr")
        if described is not None and named:
            described.set("descr", named)
        holder.insert(list(holder).index(run), own)
    holder.remove(run)


def _state_word_art(document: Element, shape: Element, parents: dict[Element, Element]) -> None:
    """Write the text of WordArt where its shape is (VML, ECMA-376, part 4, 19.1.2.23)."""
    said = " ".join(attribute(shape, "string").split())
    inner = shape
    while inner in parents and local(inner) != "r":
        inner = parents[inner]
    if said and inner in parents:
        parent = parents[inner]
        parent.insert(list(parent).index(inner), run_of(document, said))
