"""Knows which file formats a text is read from, and how to convert the others."""

from pathlib import Path
from shlex import quote

from sparetire.errors import UsageFault
from sparetire.workspace.releases_pictures import PUBLISHABLE

__all__ = ["PICTURES", "READ_FORMATS", "TEXTS", "WORD", "refuse_other_format"]

WORD = (".docx", ".docm", ".dotx")
TEXTS = (".md", ".markdown", ".txt")
PICTURES = PUBLISHABLE
READ_FORMATS = (
    f"A text is read from Word ({WORD[0]}), Markdown and plain text ({', '.join(TEXTS)})."
)

_OFFICE = (
    "Open it in Word or LibreOffice and save it as Word (.docx), or run: "
    "soffice --headless --convert-to docx {file}"
)
_ORIGINAL = (
    "Open the document that it was made from and save it as Word (.docx), or copy its text "
    "into a file that ends with .md."
)
_PAGES = "Open it in Pages and choose File > Export To > Word (.docx)."
_GOOGLE = "Open it in Google Docs and choose File > Download > Microsoft Word (.docx)."
_OTHERS = {
    ".doc": ("an old Word file", _OFFICE),
    ".dot": ("an old Word template", _OFFICE),
    ".epub": ("an e-book", _ORIGINAL),
    ".fodt": ("an OpenDocument file", _OFFICE),
    ".gdoc": ("a link to a Google document", _GOOGLE),
    ".odt": ("an OpenDocument file", _OFFICE),
    ".ott": ("an OpenDocument template", _OFFICE),
    ".pages": ("a Pages file", _PAGES),
    ".pdf": ("a PDF file", _ORIGINAL),
    ".pptx": ("a PowerPoint file", _ORIGINAL),
    ".rtf": ("an RTF file", _OFFICE),
    ".wps": ("a Works file", _OFFICE),
    ".xlsx": ("an Excel file", _ORIGINAL),
}
_SIGNS = {
    b"%PDF-": _OTHERS[".pdf"],
    b"{\\rtf": _OTHERS[".rtf"],
    b"\xd0\xcf\x11\xe0": _OTHERS[".doc"],  # [MS-CFB], section 2.2
    b"PK\x03\x04": ("a ZIP, Word or OpenDocument file under another name", _OFFICE),
}
"""The first bytes of these formats. RTF is ASCII: under another name it would be published."""


def refuse_other_format(path: Path, content: bytes = b"") -> None:
    """Refuse a file of a format that no text is read from.

    Args:
        path: Its name, whose end names a format.
        content: Its first bytes, where its name says that it is text.

    Raises:
        UsageFault: It names the formats that are read, and how to convert this file.
    """
    found = _OTHERS.get(path.suffix.lower())
    if found is None:
        found = next((kind for sign, kind in _SIGNS.items() if content.startswith(sign)), None)
    if found is None:
        return
    kind, convert = found
    raise UsageFault(
        f"{path.name!r} cannot be read: it is {kind}.",
        why=READ_FORMATS,
        then=convert.format(file=quote(str(path))),
    )
