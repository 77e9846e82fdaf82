"""Opens a Word file no further than it can be trusted.

A .docx is a ZIP of XML parts (ECMA-376, part 2). Each limit here is one that a document for the
public never meets, and that a bomb does.
"""

import io
import posixpath
import zipfile
from dataclasses import dataclass, field

from sparetire.errors import ContentRefused

__all__ = ["LARGEST", "MOST_TEXT", "Package", "open_package", "refused"]

LARGEST = 25_000_000  # bytes of the file
MOST_TEXT = 200_000  # as for a statement
MOST_PARTS = 2000
MOST_UNPACKED = 100_000_000
MOST_XML = 10_000_000
MOST_RATIO = 200
_CHUNK = 1 << 20

_ZIP = b"PK\x03\x04"
_OLE = b"\xd0\xcf\x11\xe0"  # a .doc, or a .docx behind a password ([MS-CFB], section 2.2)
_RTF = b"{\\rtf"
_DOCTYPE = tuple("<!DOCTYPE".encode(code) for code in ("utf-8", "utf-16-le", "utf-16-be"))
_XML = (".xml", ".rels", ".vml")
_PLAIN = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
_RUNNING = ("vbaproject.bin", "vbadata.xml")
_AGAIN = "Save it again as a Word document (.docx), or give the text as Markdown."


def refused(why: str, then: str = _AGAIN) -> ContentRefused:
    """Return the error for a document that may not be taken over; its name is put before."""
    return ContentRefused("cannot be used.", why=why, then=then)


@dataclass(frozen=True)
class Package:
    """The parts of a Word file, by their names; each is read at most once."""

    parts: dict[str, bytes] = field(default_factory=dict)

    def part(self, name: str) -> bytes | None:
        """Return the bytes of a part, whatever the case of its name (ECMA-376, part 2, 6.2)."""
        return self.parts.get(name.lower())


def open_package(content: bytes) -> Package:
    """Unpack a Word file.

    Raises:
        ContentRefused: It is none, or holds more than a document for the public would.
    """
    if content.startswith(_OLE):
        raise refused("It is an old Word file (.doc), or one that a password protects.")
    if content.startswith(_RTF):
        raise refused("It is an RTF file, whatever its name says.")
    if not content.startswith(_ZIP):
        raise refused("It is no Word document, whatever its name says.")
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            return Package(_unpacked(archive))
    except (zipfile.BadZipFile, EOFError, OSError, ValueError, NotImplementedError) as error:
        raise refused(f"It is damaged: {error}.") from error


def _unpacked(archive: zipfile.ZipFile) -> dict[str, bytes]:
    rows = archive.infolist()
    if len(rows) > MOST_PARTS:
        raise refused(f"It holds {len(rows)} parts; {MOST_PARTS} is the most.")
    # Both sums are what the file says of itself; _read does not believe it.
    if sum(row.file_size for row in rows) > MOST_UNPACKED:
        raise refused(f"It unpacks to more than {MOST_UNPACKED // 1_000_000} MB.")
    parts: dict[str, bytes] = {}
    left = MOST_UNPACKED
    for row in rows:
        name = row.filename.lower()
        _refuse_row(row, name, parts)
        if not row.is_dir():
            parts[name] = _read(archive, row, left)
            left -= len(parts[name])
            _refuse_part(name, parts[name])
    return parts


def _refuse_row(row: zipfile.ZipInfo, name: str, seen: dict[str, bytes]) -> None:
    if row.flag_bits & 0x1:
        raise refused("A password protects it.")
    if row.compress_type not in _PLAIN:
        raise refused(f"The part {row.filename!r} is packed in a way that Word does not use.")
    unsafe = name.startswith(("/", "\\")) or "\\" in name or ":" in name or "\0" in name
    if unsafe or ".." in name.split("/") or name in seen:
        raise refused(f"The name of its part {row.filename!r} leads elsewhere or stands twice.")
    if posixpath.basename(name) in _RUNNING or name.startswith("word/activex/"):
        raise refused(
            f"It holds a program: {row.filename}.",
            "Save it as a Word document without macros (.docx), then try again.",
        )


def _read(archive: zipfile.ZipFile, row: zipfile.ZipInfo, left: int) -> bytes:
    limit = min(left, MOST_XML) if row.filename.lower().endswith(_XML) else left
    chunks: list[bytes] = []
    with archive.open(row) as part:
        size = 0
        while chunk := part.read(_CHUNK):
            size += len(chunk)
            if size > limit:
                raise refused(f"Its part {row.filename!r} is too large to be a statement's.")
            chunks.append(chunk)
    if size > _CHUNK and size > MOST_RATIO * max(row.compress_size, 1):
        raise refused(f"Its part {row.filename!r} unpacks to {size} bytes, as a bomb does.")
    return b"".join(chunks)


def _refuse_part(name: str, content: bytes) -> None:
    if name.endswith(_XML) and any(mark in content for mark in _DOCTYPE):
        raise refused(f"Its part {name!r} declares entities, which Word never does.")
