"""Builds Word files part by part, honest ones and hostile ones."""

import io
import zipfile
from collections.abc import Mapping
from xml.sax.saxutils import escape

from PIL import Image

W = "http://schemas.openxmlformats.org/wordprocessingml/2006/main"
R = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
A = "http://schemas.openxmlformats.org/drawingml/2006/main"
P = "http://schemas.openxmlformats.org/package/2006/relationships"
PIC = "http://schemas.openxmlformats.org/drawingml/2006/picture"
WP = "http://schemas.openxmlformats.org/drawingml/2006/wordprocessingDrawing"
HEAD = (
    f'<w:document xmlns:w="{W}" xmlns:r="{R}" xmlns:a="{A}" xmlns:pic="{PIC}" xmlns:wp="{WP}">'
)

MODES = {True: "External", False: "Internal"}
Parts = dict[str, str | bytes]
Relations = Mapping[str, tuple[str, str, bool]]


def run(text: str, properties: str = "") -> str:
    inner = f"<w:rPr>{properties}</w:rPr>" if properties else ""
    return f'<w:r>{inner}<w:t xml:space="preserve">{escape(text)}</w:t></w:r>'


def paragraph(*inner: str, style: str = "") -> str:
    named = f'<w:pPr><w:pStyle w:val="{style}"/></w:pPr>' if style else ""
    return f"<w:p>{named}{''.join(inner)}</w:p>"


def said(text: str) -> str:
    return paragraph(run(text))


def relations(rows: Relations) -> str:
    told = "".join(
        f'<Relationship Id="{name}" Type="{R}/{kind}" Target="{escape(target)}" '
        f'TargetMode="{MODES[external]}"/>'
        for name, (kind, target, external) in rows.items()
    )
    return f'<Relationships xmlns="{P}">{told}</Relationships>'


def parts(body: str, rows: Relations | None = None) -> Parts:
    return {
        "[Content_Types].xml": "<Types/>",
        "_rels/.rels": relations({"r1": ("officeDocument", "word/document.xml", False)}),
        "word/document.xml": f"{HEAD}<w:body>{body}</w:body></w:document>",
        "word/_rels/document.xml.rels": relations(rows or {}),
    }


def packed(files: Mapping[str, str | bytes], compression: int = zipfile.ZIP_DEFLATED) -> bytes:
    written = io.BytesIO()
    with zipfile.ZipFile(written, "w", compression) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return written.getvalue()


def word(body: str, rows: Relations | None = None, more: Parts | None = None) -> bytes:
    return packed({**parts(body, rows), **(more or {})})


def blip(relation: str, attribute: str = "embed") -> str:
    return (
        "<w:r><w:drawing><wp:inline><wp:docPr id='1' name='p' descr='A tank'/><a:graphic>"
        "<a:graphicData><pic:pic><pic:blipFill>"
        f'<a:blip r:{attribute}="{relation}"/></pic:blipFill></pic:pic></a:graphicData>'
        "</a:graphic></wp:inline></w:drawing></w:r>"
    )


def photograph(kind: str = "JPEG", side: int = 64) -> bytes:
    """Return a picture that tells where it was taken and by whom."""
    picture = Image.new("RGB", (side, side), "#0b3d66")
    exif = picture.getexif()
    exif[0x013B] = "MARKER-artist"
    exif[0x010E] = "MARKER-description"
    place = exif.get_ifd(0x8825)
    place[1], place[2] = "N", (50.0, 12.0, 0.0)
    place[3], place[4] = "W", (66.0, 22.0, 0.0)
    written = io.BytesIO()
    picture.save(written, kind, exif=exif)
    return written.getvalue()
