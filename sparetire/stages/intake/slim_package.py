"""Writes a Word file anew, of nothing but the parts that make its text.

Properties, headers, comments, embedded files and links elsewhere stay behind, and of a cropped
picture what is cut off.
"""

import io
import zipfile
from contextlib import suppress
from dataclasses import dataclass
from xml.etree.ElementTree import Element, tostring

from sparetire.stages.intake.colours import Theme
from sparetire.stages.intake.package import Package
from sparetire.stages.intake.pictures import Crop
from sparetire.stages.intake.relations import Relation
from sparetire.stages.intake.styles import Styles
from sparetire.stages.intake.wordml import parse
from sparetire.workspace.pixels import crop_picture

__all__ = ["SideParts", "slim_package"]

_TYPES = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
_PAGE = (
    '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
    "{}</Relationships>"
)


@dataclass(frozen=True)
class SideParts:
    """The parts that say how the text looks; each may be missing."""

    styles: Element | None = None
    numbering: Element | None = None
    theme: Element | None = None
    settings: Element | None = None

    @classmethod
    def of(cls, package: Package, relations: tuple[Relation, ...]) -> "SideParts":
        """Return those of a document, found by its relations or else by their usual names.

        Raises:
            ContentRefused: One of them is no XML.
        """
        usual = {"styles": "", "numbering": "", "theme": "theme/", "settings": ""}
        found: dict[str, Element] = {}
        for kind, folder in usual.items():
            name = next(
                (one.target for one in relations if one.kind == kind and not one.external),
                f"word/{folder}{kind}{'1' if folder else ''}.xml",
            )
            if content := package.part(name):
                found[kind] = parse(name, content)
        return cls(**found)

    def look(self) -> Styles:
        """Return the styles in the colours of the theme."""
        return Styles.of(self.styles, Theme.of(self.theme, self.settings))


def slim_package(
    package: Package,
    body: Element,
    sides: SideParts,
    shown: tuple[tuple[Relation, ...], dict[str, Crop]],
) -> bytes:
    """Return a Word file of the parts that make the text, under names of ours.

    Args:
        package: The file as it was given.
        body: The root of its text, without what readers are not to see.
        sides: Its styles and lists.
        shown: Where the text points to, and what is shown of those pictures that are cropped.
    """
    relations, crops = shown
    written = io.BytesIO()
    rows: list[str] = []
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("word/document.xml", tostring(body, "utf-8"))
        for name, part in (("styles", sides.styles), ("numbering", sides.numbering)):
            if part is not None:
                archive.writestr(f"word/{name}.xml", tostring(part, "utf-8"))
        for number, one in enumerate(relations):
            picture = package.part(one.target) if one.kind == "image" else None
            if picture is not None:
                archive.writestr(f"word/media/{number}", _shown(picture, crops.get(one.id)))
                rows.append(_row(one, f"media/{number}", ""))
            elif one.kind == "hyperlink":
                target = one.target if one.on_the_web else ""
                rows.append(_row(one, target, 'TargetMode="External"'))
        archive.writestr("word/_rels/document.xml.rels", _PAGE.format("".join(rows)))
    return written.getvalue()


def _shown(picture: bytes, crop: Crop | None) -> bytes:
    """Return what is shown of a picture; nothing where that cannot be cut out."""
    if crop is None:
        return picture
    with suppress(ValueError):
        return crop_picture(picture, crop.cut, ellipse=crop.ellipse)
    return b""


def _row(one: Relation, target: str, mode: str) -> str:
    row = Element("Relationship", Id=one.id, Type=f"{_TYPES}/{one.kind}", Target=target)
    return tostring(row, "unicode").replace(" />", f" {mode}/>")
