"""Documents that mean harm, or that tell more than their author knows.

Each is named for what is wrong with it. Where it may be taken over, MARKER must not come along.
"""

import io
import struct
import zipfile
import zlib
from collections.abc import Callable

from tests.support.word import blip, packed, paragraph, parts, photograph, run, said, word

__all__ = ["REFUSED_TEXTS", "REFUSED_WORDS", "SILENCED_TEXTS", "SILENCED_WORDS"]

PLAIN = said("The tank is closed.")
DOCTYPE = '<!DOCTYPE w [<!ENTITY x "{}">]>'
LOL = (
    "<!DOCTYPE w ["
    "<!ENTITY a0 'lol'>"
    + "".join(f"<!ENTITY a{n} '{f'&a{n - 1};' * 10}'>" for n in range(1, 10))
    + "]>"
)


def _document(before: str, body: str) -> bytes:
    files = parts(body)
    files["word/document.xml"] = before + str(files["word/document.xml"])
    return packed(files)


def _with(name: str, content: str | bytes) -> bytes:
    return packed({**parts(PLAIN), name: content})


def _understated() -> bytes:
    """Return a bomb whose directory says that it is small."""
    files = {**parts(PLAIN), "word/media/bomb.bin": b"\0" * 120_000_000}
    packed_bytes = bytearray(packed(files))
    at = packed_bytes.rindex(b"word/media/bomb.bin") - 46
    packed_bytes[at + 24 : at + 28] = struct.pack("<I", 1000)
    return bytes(packed_bytes)


def _twice() -> bytes:
    files = packed(parts(PLAIN))
    written = io.BytesIO(files)
    with zipfile.ZipFile(written, "a") as archive:
        archive.writestr("WORD/DOCUMENT.XML", "<other/>")
    return written.getvalue()


def _locked() -> bytes:
    content = bytearray(packed(parts(PLAIN)))
    for mark, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        content[content.index(mark) + offset] |= 1
    return bytes(content)


def _bomb_picture() -> bytes:
    """Return a PNG of 30,000 by 30,000 black pixels in a few kilobytes."""

    def chunk(kind: bytes, body: bytes) -> bytes:
        return (
            struct.pack(">I", len(body))
            + kind
            + body
            + struct.pack(">I", zlib.crc32(kind + body))
        )

    header = struct.pack(">IIBBBBB", 30_000, 30_000, 8, 0, 0, 0, 0)
    rows = zlib.compress(b"\0" * 1_000_000, 9)
    return (
        b"\x89PNG\r\n\x1a\n"
        + chunk(b"IHDR", header)
        + chunk(b"IDAT", rows)
        + chunk(b"IEND", b"")
    )


def _field(*codes: str) -> str:
    inner = "".join(f"<w:r><w:instrText>{code}</w:instrText></w:r>" for code in codes)
    return paragraph(
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r>',
        inner,
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>',
        run("MARKER"),
        '<w:r><w:fldChar w:fldCharType="end"/></w:r>',
    )


def _change(kind: str, text: str = "MARKER", letters: str = "t") -> str:
    return (
        f'<w:p>{run("Kept. ")}<w:{kind} w:author="MARKER-author" w:id="1"><w:r><w:{letters}>'
        f"{text}</w:{letters}></w:r></w:{kind}></w:p>"
    )


_STYLES = (
    '<w:styles xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    '<w:style w:type="character" w:styleId="ghost"><w:rPr><w:vanish/></w:rPr></w:style>'
    '<w:style w:type="paragraph" w:styleId="child"><w:basedOn w:val="ghost"/></w:style>'
    "</w:styles>"
)
_COMMENTED = paragraph(
    '<w:commentRangeStart w:id="0"/>',
    run("Kept."),
    '<w:commentRangeEnd w:id="0"/><w:r><w:commentReference w:id="0"/></w:r>',
)
_COMMENT = (
    '<w:comments xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main">'
    f'<w:comment w:id="0" w:author="MARKER">{said("MARKER")}</w:comment></w:comments>'
)

# Whatever is asked, these are refused.
REFUSED_WORDS: dict[str, bytes | Callable[[], bytes]] = {
    "no-document": b"MZ not a document",
    "old-word-or-password": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + b"\0" * 600,
    "rtf": b"{\\rtf1 MARKER}",
    "cut-short": packed(parts(PLAIN))[:-40],
    "empty-archive": packed({"nothing.txt": ""}),
    "password-on-a-part": _locked(),
    "too-many-parts": lambda: packed({**parts(PLAIN), **{f"x/{n}": "" for n in range(2100)}}),
    "zip-bomb": lambda: _with("word/media/bomb.bin", b"\0" * 90_000_000),
    "zip-bomb-that-lies": _understated,
    "xml-bomb": lambda: _with("word/document.xml", f"<w>{' ' * 20_000_000}</w>"),
    "part-twice": _twice(),
    "part-leads-out": _with("word/../../../etc/cron.d/MARKER", "x"),
    "part-from-the-root": _with("/etc/passwd", "x"),
    "part-of-windows": _with("word\\..\\..\\MARKER", "x"),
    "lzma": packed(parts(PLAIN), zipfile.ZIP_LZMA),
    "entity-bomb": _document(LOL, said("&a9;")),
    "entity-from-a-file": _document(
        '<!DOCTYPE w [<!ENTITY x SYSTEM "file:///etc/passwd">]>', "<w:p>&x;</w:p>"
    ),
    "doctype-in-utf-16": _with(
        "word/document.xml", (DOCTYPE.format("MARKER") + "<w/>").encode("utf-16")
    ),
    "doctype-in-styles": _with("word/styles.xml", DOCTYPE.format("MARKER") + "<w/>"),
    "macro": _with("word/vbaProject.bin", b"MARKER"),
    "active-x": _with("word/activeX/activeX1.xml", "<x/>"),
    "linked-picture": word(
        paragraph(blip("r9", "link")), {"r9": ("image", "https://tracker.example/p.png", True)}
    ),
    "linked-picture-of-this-machine": word(
        paragraph(blip("r9", "link")), {"r9": ("image", "file:///etc/passwd", True)}
    ),
    "linked-object": word(PLAIN, {"r9": ("oleObject", "\\\\evil.example\\share\\x", True)}),
    "linked-chapter": word(PLAIN, {"r9": ("subDocument", "other.docx", True)}),
    "field-that-includes": word(_field("INCLUDETEXT ", '"c:\\\\secret.docx"')),
    "field-cut-in-runs": word(_field("D", "DE", 'AUTO c:\\\\windows "cmd"')),
    "nested-beyond-reason": lambda: word("<w:sdt>" * 20_000 + "</w:sdt>" * 20_000),
    "a-book": lambda: word("".join(said(f"Words of page {n}.") for n in range(12_000))),
    "nulls": _with("word/document.xml", b"\0" * 4000),
    "no-xml": _with("word/document.xml", "<w:document><<<"),
}  # fmt: skip

# Refused as they stand; with --accept-changes taken over, without what was not for the public.
SILENCED_WORDS = {
    "deleted-text": word(_change("del", letters="delText")),
    "moved-away": word(_change("moveFrom")),
    "comment": word(_COMMENTED, more={"word/comments.xml": _COMMENT}),
    "hidden-run": word(paragraph(run("Kept."), run("MARKER", "<w:vanish/>"))),
    "hidden-on-the-web": word(paragraph(run("Kept."), run("MARKER", "<w:webHidden/>"))),
    "hidden-by-style": word(
        paragraph(run("Kept."), run("MARKER", '<w:rStyle w:val="ghost"/>')),
        more={"word/styles.xml": _STYLES},
    ),
    "hidden-by-inheritance": word(
        said("Kept.") + paragraph(run("MARKER"), style="child"),
        more={"word/styles.xml": _STYLES},
    ),
    "white-on-white": word(paragraph(run("Kept."), run("MARKER", '<w:color w:val="ffffff"/>'))),
    "two-points-high": word(paragraph(run("Kept."), run("MARKER", '<w:sz w:val="2"/>'))),
}
REFUSED_TEXTS = {
    "not-utf-8": "déversement".encode("latin-1"),
    "too-long": b"word " * 50_000,
    "utf-16": "text".encode("utf-16"),
    "quotes-without-end": b"> " * 5000 + b"x",
}
SILENCED_TEXTS = {
    "script": "Kept. <script>MARKER()</script>",
    "event-handler": 'Kept. <p onclick="MARKER()">x</p>',
    "javascript-link": "[Kept](javascript:MARKER)",
    "javascript-link-in-disguise": "[Kept](java&#115;cript:MARKER) <jAvaScript:alert>",
    "data-link": "[Kept](data:text/html;base64,MARKER)",
    "link-to-a-file": "[Kept](../../MARKER.md) ![x](/etc/MARKER.png)",
    "pelican-directive": "[Kept]({static}/MARKER) {attach}x [y]({filename}MARKER.md)",
    "remote-picture": "Kept. ![x](https://tracker.example/MARKER.png)",
    "frame": "Kept. <iframe src='https://MARKER.example'></iframe>",
    "style": "Kept. <style>@import 'MARKER'</style>",
    "bidi": "Kept. \u202eMARKER\u2066".replace("MARKER", ""),
    "zero-width": "Kep\u200bt.\u2060",
    "nulls": "Kept.\0\0\x07",
    "brackets-without-end": "Kept. " + "[" * 20_000,
    "stars-without-end": "Kept. " + "*a **b " * 8000,
}


def metadata_word() -> bytes:
    """Return a file whose properties, header and photograph tell too much."""
    return word(
        said("Kept.") + paragraph(blip("r9")),
        {
            "r9": ("image", "media/photo.jpg", False),
            "r8": ("attachedTemplate", "file:///C:/MARKER.dotm", True),
        },
        {
            "word/media/photo.jpg": photograph(),
            "docProps/core.xml": '<c xmlns:dc="d"><dc:creator>MARKER-name</dc:creator></c>',
            "word/header1.xml": "<w:hdr xmlns:w='http://schemas.openxmlformats.org/"
            f"wordprocessingml/2006/main'>{said('MARKER-header')}</w:hdr>",
            "customXml/item1.xml": "<x>MARKER-custom</x>",
        },
    )  # fmt: skip


def bomb_picture_word() -> bytes:
    """Return a file whose picture would fill the memory."""
    return word(
        said("Kept.") + paragraph(blip("r9")),
        {"r9": ("image", "media/bomb.png", False)},
        {"word/media/bomb.png": _bomb_picture()},
    )
