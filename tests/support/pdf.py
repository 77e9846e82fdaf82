"""Builds PDF files object by object, honest ones and hostile ones."""

import zlib
from collections.abc import Mapping

__all__ = ["UNSAFE_PDFS", "object_stream", "pdf"]

_PAGE = {
    1: b"<</Type/Catalog/Pages 2 0 R>>",
    2: b"<</Type/Pages/Kids[3 0 R]/Count 1>>",
    3: b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 300 200]/Contents 4 0 R"
    b"/Resources<</Font<</F 5 0 R>>>>>>",
    4: b"<</Length 47>>stream\nBT /F 12 Tf 20 100 Td (Muster point: gate 4) Tj ET\nendstream",
    5: b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica>>",
}


def pdf(more: Mapping[int, bytes] | None = None, trailer: bytes = b"") -> bytes:
    """Return a PDF of one page; ``more`` adds objects or stands in for those of the page."""
    written, places = bytearray(b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n"), []
    objects = {**_PAGE, **(more or {})}
    for number, body in sorted(objects.items()):
        places.append(len(written))
        written += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    start = len(written)
    size = len(objects) + 1
    written += b"xref\n0 %d\n0000000000 65535 f \n%s" % (size, table)
    written += b"trailer\n<</Size %d/Root 1 0 R%s>>\n" % (size, trailer)
    return bytes(written + b"startxref\n%d\n%%%%EOF\n" % start)


def object_stream(text: bytes, kind: bytes = b"ObjStm") -> bytes:
    """Return a stream of packed objects, as newer writers keep them."""
    packed = zlib.compress(text)
    return b"<</Type/%s/N 1/First 4/Filter/FlateDecode/Length %d>>stream\n%s\nendstream" % (
        kind,
        len(packed),
        packed,
    )


def _catalog(entry: bytes) -> bytes:
    return pdf({1: b"<</Type/Catalog/Pages 2 0 R%s>>" % entry})


def _author(value: bytes) -> bytes:
    return pdf({6: b"<</Author%s>>" % value}, b"/Info 6 0 R")


def _note(kind: bytes) -> bytes:
    return pdf({6: b"<</Type/Annot/Subtype/%s/Rect[0 0 9 9]/Contents(MARKER)>>" % kind})


def _xmp(inner: bytes) -> bytes:
    packet = b"<x:xmpmeta>%s</x:xmpmeta>" % inner
    return b"<</Type/Metadata/Subtype/XML>>stream\n%s\nendstream" % packet


_NAMED = b"<dc:creator><rdf:Seq><rdf:li>MARKER</rdf:li></rdf:Seq></dc:creator>"
UNSAFE_PDFS: dict[str, bytes] = {
    "no-pdf": b"<html>MARKER</html>",
    "page-before-it": b"<html>\n" + pdf(),
    "cut-short": pdf()[:-40],
    "locked": pdf(trailer=b"/Encrypt 6 0 R"),
    "script": _catalog(b"/OpenAction<</S/JavaScript/JS(app.alert\\(1\\))>>"),
    "script-disguised": _catalog(b"/OpenAction<</S/J#61vaScript/J#53(1)>>"),
    "script-packed": pdf({6: object_stream(b"7 0 <</S/JavaScript/JS(1)>>")}),
    "starts-a-program": _catalog(b"/OpenAction<</S/Launch/F(cmd.exe)>>"),
    "sends-a-form": _catalog(b"/OpenAction<</S/SubmitForm/F(https://e.example)>>"),
    "opens-another": _catalog(b"/OpenAction<</S/GoToR/F(other.pdf)>>"),
    "file-inside": _catalog(b"/Names<</EmbeddedFiles<</Names[]>>>>"),
    "form-that-runs": _catalog(b"/AcroForm<</XFA 6 0 R>>"),
    "comment": _note(b"Text"),
    "highlight": _note(b"Highlight"),
    "redaction-not-applied": _note(b"Redact"),
    "earlier-version": pdf() + b"3 0 obj\n<<>>\nendobj\nstartxref\n9\n%%EOF\n",
    "author": _author(b"(MARKER)"),
    "author-in-hexadecimal": _author(b"<4D41524B4552>"),
    "author-in-utf-16": _author(b"(\xfe\xff" + "MARKER".encode("utf-16-be") + b")"),
    "author-elsewhere": _author(b" 7 0 R"),
    "author-packed": pdf({6: object_stream(b"7 0 <</Author(MARKER)>>")}, b"/Info 7 0 R"),
    "author-in-metadata": pdf({6: _xmp(_NAMED)}),
    "bomb": pdf({6: object_stream(b" " * 60_000_000)}),
    "packed-oddly": pdf({6: b"<</Type/ObjStm/Filter/LZWDecode>>stream\nMARKER\nendstream"}),
    "streams-without-end": b"%PDF-1.7\n" + b"stream\n" * 1_400_000 + b"/JS %%EOF\n",
    "names-without-end": b"%PDF-1.7\n" + b"<dc:creator " * 800_000 + b"/JS %%EOF\n",
    "too-large": pdf({6: b"<<>>stream\n%s\nendstream" % (b"x" * 10_000_000)}),
}
