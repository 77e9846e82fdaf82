"""What the parts of a Word file point to: other parts, web addresses, files elsewhere."""

import posixpath
import re
from dataclasses import dataclass
from xml.etree.ElementTree import Element

from sparetire.stages.intake.package import Package, refused
from sparetire.stages.intake.wordml import attribute, parse, under

__all__ = ["Relation", "main_part", "refuse_linked_fields", "relations_of"]

_WEB = re.compile(r"(https?://|mailto:|tel:)[^\s\\]+", re.IGNORECASE)
# Fields that fetch something from elsewhere when Word opens the document (ECMA-376, 17.16.5).
_FETCHING = re.compile(
    r"\s*(INCLUDETEXT|INCLUDEPICTURE|INCLUDE|IMPORT|LINK|DDE|DDEAUTO|DATABASE|RD)\b",
    re.IGNORECASE,
)
_REMEDY = "Open it in Word, put the content itself in place of the link, and save it again."


@dataclass(frozen=True, slots=True)
class Relation:
    """One arrow from a part.

    Attributes:
        id: The name under which the part uses it.
        kind: The last word of its type, such as ``hyperlink`` or ``image``.
        target: A web address, or the name of another part.
        external: It leads out of the file.
    """

    id: str
    kind: str
    target: str
    external: bool

    @property
    def on_the_web(self) -> bool:
        """Whether a reader may be led there."""
        return self.external and self.kind == "hyperlink" and bool(_WEB.fullmatch(self.target))


def relations_of(package: Package, part: str) -> tuple[Relation, ...]:
    """Return where a part points to.

    Raises:
        ContentRefused: Something of its content lies in another file.
    """
    folder, name = posixpath.split(part)
    place = f"{folder}/_rels/{name}.rels".lstrip("/")
    content = package.part(place)
    if content is None:
        return ()
    found = tuple(
        _relation(row, folder) for row in under(parse(place, content), "Relationship")
    )
    for one in found:
        if one.external and one.kind not in {"hyperlink", "attachedTemplate"}:
            raise refused(f"A part of it lies elsewhere: {one.target[:200]}", _REMEDY)
    return found


def main_part(package: Package) -> str:
    """Return the name of the part with the text.

    Raises:
        ContentRefused: There is none.
    """
    for one in relations_of(package, ""):
        if one.kind == "officeDocument" and package.part(one.target):
            return one.target
    raise refused("There is no text in it that Word would show.")


def refuse_linked_fields(body: Element) -> None:
    """Refuse a text that Word would complete from another file or program.

    Raises:
        ContentRefused: It holds such a field.
    """
    for paragraph in under(body, "p"):
        # Word lets a field's code be cut into many runs.
        codes = ["".join(each.text or "" for each in under(paragraph, "instrText"))]
        codes += [attribute(each, "instr") for each in under(paragraph, "fldSimple")]
        for code in codes:
            if _FETCHING.match(code):
                raise refused(f"It fetches from elsewhere: {' '.join(code.split())}", _REMEDY)


def _relation(row: Element, folder: str) -> Relation:
    external = attribute(row, "TargetMode").lower() == "external"
    target = attribute(row, "Target")
    if not external:
        target = posixpath.normpath(posixpath.join("/", folder, target)).lstrip("/")
    kind = attribute(row, "Type").rpartition("/")[2]
    return Relation(attribute(row, "Id"), kind, target, external)
