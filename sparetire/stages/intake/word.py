"""Turns a Word file into Markdown: what readers may see of it, and nothing of its making.

Only a package written anew reaches mammoth: text, styles, numbering and what is shown of the
pictures.
"""

import io
import re
from collections.abc import Iterator
from typing import Any
from xml.etree.ElementTree import Element

from sparetire.errors import ContentRefused
from sparetire.model.intake import Intake, Picture
from sparetire.stages.intake.clean import clean_html
from sparetire.stages.intake.list_numbers import mark_numbers, number_of
from sparetire.stages.intake.package import MOST_TEXT, Package, open_package, refused
from sparetire.stages.intake.pictures import crop_pictures
from sparetire.stages.intake.relations import main_part, refuse_linked_fields, relations_of
from sparetire.stages.intake.restating import restate
from sparetire.stages.intake.slim_package import SideParts, slim_package
from sparetire.stages.intake.traces import Trace, excerpt, find_traces, remove_traces
from sparetire.stages.intake.wordml import (
    attribute,
    paragraph_numbers,
    parse,
    text_of,
    under,
)
from sparetire.stages.markdown import plain_text
from sparetire.workspace.releases_pictures import clean_picture

__all__ = ["word_to_markdown"]

_MOST_TOLD = 12
_BESIDE = re.compile(r"\w+/(header|footer|footnotes|endnotes)\d*\.xml")
_EMBEDDED = ("word/embeddings/", "word/afchunk", "customxml/item")
# Word names these styles in English in every language (ECMA-376, part 1, 17.7.4.9).
_STYLE_MAP = """
p[style-name='Title'] => h1:fresh
p[style-name='Subtitle'] => p:fresh
"""


def word_to_markdown(content: bytes, *, accept: bool) -> Intake:
    """Return what a Word file says.

    Args:
        content: The bytes of the file.
        accept: Take insertions for settled, and leave out deletions, comments and hidden text.

    Raises:
        ContentRefused: It is unsafe, or somebody has still to settle what it says.
    """
    package = open_package(content)
    main = main_part(package)
    body = parse(main, package.part(main) or b"")
    refuse_linked_fields(body)
    relations = relations_of(package, main)
    sides = SideParts.of(package, relations)
    unsettled = find_traces(body, sides.look(), sides.settings)
    if unsettled and not accept:
        raise _unsettled(unsettled)
    dropped = [*remove_traces(body, unsettled), *_left_behind(package)]
    lost = [*_unknown_symbols(body), *restate(body, package, relations)]
    _refuse_loss([one for one in lost if one.what], accept=accept)
    dropped += remove_traces(body, lost)
    mark_numbers(body, sides.numbering, sides.styles)
    dropped += [
        f"the link to {one.target[:200]!r}"
        for one in relations
        if one.external and not one.on_the_web
    ]
    slim = slim_package(package, body, sides, crop_pictures(body, relations))
    html, shown, more = _convert(slim)
    cleaned, markup = clean_html(html)
    if len(cleaned) > MOST_TEXT:
        raise refused(
            f"It holds more than {MOST_TEXT // 1000} kB of text.", "Take over a shorter text."
        )
    missing = list(_lost(body, html))
    _refuse_loss(missing, accept=accept)
    told = tuple(dict.fromkeys([*dropped, *more, *markup, *(one.dropped for one in missing)]))
    return Intake(cleaned, shown, told)


def _unsettled(traces: list[Trace]) -> ContentRefused:
    found = [f"paragraph {one.paragraph}: {one.what}" for one in traces]
    more = len(found) - _MOST_TOLD
    return ContentRefused(
        f"is not settled: {len(found)} place{'s' if len(found) > 1 else ''} would go public "
        "unseen.",
        why=[*found[:_MOST_TOLD], *([f"… and {more} more."] if more > 0 else [])],
        then="Accept or reject every change in Word, delete the comments and the hidden text, "
        "and save it. To take the changes as they stand, add --accept-changes to your command, "
        "or look first: sparetire import FILE --accept-changes",
    )


def _refuse_loss(lost: list[Trace], *, accept: bool) -> None:
    if not lost or accept:
        return
    found = [f"paragraph {one.paragraph}: {one.what}" for one in lost]
    raise ContentRefused(
        f"cannot be taken over whole: {len(found)} part{'s' if len(found) > 1 else ''} of it "
        "would be missing.",
        why=found[:_MOST_TOLD],
        then="Write as text what they say, or put a picture with a description in their place, "
        "and save the file. To leave them out, add --accept-changes to your command.",
    )


def _unknown_symbols(body: Element) -> Iterator[Trace]:
    """Yield the signs of symbol fonts that have no letter in Unicode."""
    from mammoth.docx.dingbats import dingbats  # noqa: PLC0415  slow, and only documents need it

    numbers = paragraph_numbers(body)
    for symbol in under(body, "sym"):
        font, code = attribute(symbol, "font"), attribute(symbol, "char")
        known = re.fullmatch("[0-9A-Fa-f]{1,6}", code) and (
            (font, int(code, 16)) in dingbats
            or (code[:2].upper() == "F0" and (font, int(code[2:] or "0", 16)) in dingbats)
        )
        if not known:
            what = f"a sign of the font {excerpt(font)}"
            yield Trace(numbers[symbol], what, symbol, what)


def _lost(body: Element, html: str) -> Iterator[Trace]:
    """Yield the paragraphs that the conversion cannot show, such as those of a drawing."""
    shown = "".join(filter(str.isalnum, plain_text(html)))
    for number, paragraph in enumerate(under(body, "p"), start=1):
        said = text_of(paragraph)
        whole = len(list(under(paragraph, "p"))) == 1  # what holds others is told by them
        if whole and "".join(filter(str.isalnum, said)) not in shown:
            what = f"the text {excerpt(number_of(said)[1])}"
            yield Trace(number, what, None, what)


def _left_behind(package: Package) -> Iterator[str]:
    """Name what no reader is shown of the file."""
    for name, content in package.parts.items():
        if beside := _BESIDE.fullmatch(name):
            if said := text_of(parse(name, content)):
                yield f"the {beside[1]}: {said[:60]!r}"
        elif name == "docprops/core.xml":
            people = under(parse(name, content), "creator", "lastModifiedBy")
            if named := " and ".join(dict.fromkeys(each.text for each in people if each.text)):
                yield f"the names of its authors: {named}"
        elif name.startswith(_EMBEDDED):
            yield f"what is embedded in it: {name}"


def _convert(package: bytes) -> tuple[str, tuple[Picture, ...], list[str]]:
    """Return HTML, the pictures that it names, and what could not be shown."""
    import mammoth  # noqa: PLC0415  slow, and only documents need it

    pictures: dict[str, Picture] = {}
    lost: list[str] = []

    def keep(image: Any) -> dict[str, str]:  # noqa: ANN401  mammoth ships no types
        with image.open() as file:
            content = file.read()
        try:
            shot, clean = clean_picture("in the document", content, in_document=True)
        except ContentRefused as error:
            lost.append(f"a picture: {error.why[0]}")
            return {"src": ""}
        pictures[shot.file] = Picture(shot.file, clean)
        return {"src": f"pictures/{shot.file}"}

    result = mammoth.convert_to_html(
        io.BytesIO(package),
        style_map=_STYLE_MAP,
        include_embedded_style_map=False,
        convert_image=mammoth.images.img_element(keep),
    )
    return result.value, tuple(pictures.values()), lost
