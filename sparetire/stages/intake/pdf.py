"""Looks into a PDF before it may be offered to the public (ISO 32000-1).

It is published byte for byte, or not at all: nobody could see what a rewriting would change.
So it must name nobody, run nothing, carry no other file, and hide no earlier words.
"""

import re
import zlib
from collections.abc import Iterator

from sparetire.stages.intake.package import refused

__all__ = ["LARGEST_PDF", "refuse_unsafe_pdf"]

LARGEST_PDF = 10_000_000  # bytes; a reader on a phone waits for each of them
MOST_UNPACKED = 50_000_000

_STREAM, _END = b"stream", b"endstream"
_LINE = (b"\r\n", b"\n")
_ESCAPED = re.compile(rb"#([0-9A-Fa-f]{2})")  # a letter of a name, 7.3.5
_PRINT = "Print it to a new PDF, look at that one, and give it instead."
_TRACES = (
    (rb"/Encrypt\b", "A password locks it."),
    (rb"/(?:JavaScript|JS)\b", "It holds a script."),
    (rb"/(?:Launch|SubmitForm|ImportData|GoToE|GoToR)\b", "It opens or sends something."),
    (rb"/(?:EmbeddedFiles?|EF|RichMedia|FileAttachment)\b", "Another file is inside of it."),
    (rb"/(?:XFA|Movie|Sound|Screen|3D)\b", "It holds a form or a player that runs."),
    (rb"/Subtype\s*/Redact\b", "It holds redactions that were never applied: all can be read."),
    (
        rb"/Subtype\s*/(?:Text|Popup|FreeText|Highlight|Underline|StrikeOut|Squiggly|Caret|Ink)\b",
        "It holds comments.",
    ),
)
# A string in parentheses, in hexadecimal, or elsewhere in the file (7.3.4).
_AUTHOR = re.compile(
    rb"/Author\s*(?:\(((?:\\.|[^()\\]){1,300})|<([0-9A-Fa-f\s]{1,600})>|(\d+\s+\d+\s+R))",
    re.DOTALL,
)
_CREATOR = re.compile(
    rb"<dc:creator\b[^>]{0,300}>(.{0,2000}?)</dc:creator>|dc:creator=(\"[^\"]{1,300})",
    re.DOTALL,
)
_TAG = re.compile(rb"<[^>]*>")


def refuse_unsafe_pdf(content: bytes) -> None:
    """Refuse a PDF that is none, names its author, runs something, or hides something.

    Raises:
        ContentRefused: It says what was found.
    """
    if not content.startswith(b"%PDF-") or b"%%EOF" not in content[-2048:]:
        raise refused("It is no PDF, whatever its name says, or its end is missing.", _PRINT)
    if len(content) > LARGEST_PDF:
        raise refused(
            f"It holds more than {LARGEST_PDF // 1_000_000} MB.",
            "Save it with smaller pictures, or publish a part of it.",
        )
    linearised = b"/Linearized" in content[:2048]  # then its first part has an end of its own
    if content.count(b"%%EOF") > 1 + linearised:
        raise refused("It keeps earlier versions of itself.", _PRINT)
    plain = _plain(b"\n".join(_readable(content)))
    for pattern, why in _TRACES:
        if re.search(pattern, plain):
            raise refused(why, _PRINT)
    _refuse_names(plain)


def _readable(content: bytes) -> Iterator[bytes]:
    """Yield what describes the document, and leave out what it draws."""
    left = MOST_UNPACKED
    end = 0
    for start, stop in _streams(content):
        described = content[end:start]
        end = stop + len(_END)
        yield described
        header = _plain(described[-4096:])
        header = header[header.rfind(b" obj") :]
        if re.search(rb"/Type\s*/(?:ObjStm|Metadata)\b", header):
            unpacked = _unpacked(content[start:stop], header, left)
            left -= len(unpacked)
            yield unpacked
    yield content[end:]


def _streams(content: bytes) -> Iterator[tuple[int, int]]:
    """Yield where the bytes of each stream begin and end."""
    at = 0
    while (at := content.find(_STREAM, at)) >= 0:
        at += len(_STREAM)
        line = next((each for each in _LINE if content.startswith(each, at)), None)
        if line is None:
            continue
        stop = content.find(_END, at)
        if stop < 0:
            return
        yield at + len(line), stop
        at = stop + len(_END)


def _plain(text: bytes) -> bytes:
    """Return a text with the letters of its names as themselves."""
    return _ESCAPED.sub(lambda found: bytes([int(found[1], 16)]), text)


def _unpacked(body: bytes, header: bytes, most: int) -> bytes:
    """Return the objects or the metadata in a stream, packed or not."""
    filters = re.findall(rb"/(\w+Decode|Fl|LZW|A85|AHx|RL)\b", header)
    if not filters:
        return body
    if filters not in ([b"FlateDecode"], [b"Fl"]):
        raise refused("It is packed in a way that cannot be looked into.", _PRINT)
    engine = zlib.decompressobj()
    try:
        unpacked = engine.decompress(body, most)
    except zlib.error as error:
        raise refused(f"It is damaged: {error}.", _PRINT) from error
    if engine.unconsumed_tail:
        raise refused("It unpacks to more than a document for the public does.", _PRINT)
    return unpacked


def _refuse_names(plain: bytes) -> None:
    remedy = (
        "Take the name out, in Word with File > Info > Inspect Document before you save the "
        "PDF, or print it to a new PDF; then give that one."
    )
    for found in _AUTHOR.finditer(plain):
        name = found[1] or bytes.fromhex((found[2] or b"").decode()) or found[3]
        if told := _as_text(name):
            raise refused(f"It names its author: {told}.", remedy)
    for found in _CREATOR.finditer(plain):
        if told := _as_text(_TAG.sub(b" ", found[1] or b"") or (found[2] or b"").strip(b'"')):
            raise refused(f"It names its author: {told}.", remedy)


def _as_text(name: bytes) -> str:
    """Return a text string of a PDF, for a message (7.9.2.2)."""
    wide = name.startswith(b"\xfe\xff")
    text = name.decode("utf-16-be" if wide else "utf-8", errors="replace")
    return " ".join("".join(each for each in text if each.isprintable()).split())[:80]
