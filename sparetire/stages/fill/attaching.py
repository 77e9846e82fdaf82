"""Takes along the files that a text names: pictures on its page, documents to download."""

import re
from collections.abc import Callable
from pathlib import Path
from urllib.parse import unquote

from sparetire.errors import ContentRefused
from sparetire.model.attachment import Attachment
from sparetire.stages.intake.documents import examine_pdf, read_document
from sparetire.stages.intake.formats import PICTURES
from sparetire.workspace.releases_pictures import clean_picture

__all__ = ["Find", "attach", "beside"]

Find = Callable[[str], bytes | None]
"""Gives the bytes of a file that a text names, or None for what is not to be taken along."""

_PDF = ".pdf"
_KINDS = {".pdf": "PDF", ".jpg": "JPEG", ".png": "PNG"}
_NO_BREAK = "\u00a0"
_MEGABYTE = 1_000_000
# Every repetition has a limit: no text, however odd, may hold up a launch.
_NAMED = re.compile(
    r"""(?x) (?<!\\) (!?) \[ ((?:\\.|[^\]\\\n]){0,300}) \]
    \( \s* (?: <([^>\n]{1,300})> | ([^()\s<>]{1,300}) ) (?: \s+ "[^"\n]{0,300}" )? \s* \)"""
)
_SCHEME = re.compile(r"[a-z][a-z0-9+.-]*:|[/#]", re.IGNORECASE)


def attach(text: str, code: str, find: Find) -> tuple[str, tuple[Attachment, ...]]:
    """Return a text that names its files as the site will, and the files.

    Pictures are written anew, without what a camera hid in them. A link tells kind and size of
    its file, for readers who pay for each megabyte.

    Args:
        text: Markdown.
        code: Its language.
        find: Gives the bytes of what it names.

    Raises:
        ContentRefused: A file is not there, unsafe, too large, or nobody says what it shows.
    """
    taken: dict[str, Attachment] = {}

    def replaced(named: re.Match[str]) -> str:
        shown, words, name = named[1], named[2].strip(), unquote(named[3] or named[4])
        suffix = Path(name).suffix.lower()
        if _SCHEME.match(name) or suffix not in (PICTURES if shown else (*PICTURES, _PDF)):
            return named[0]
        if name not in taken:
            content = find(name)
            if content is None:
                return named[0]
            taken[name] = _published(name, content)
        if not words:
            raise _nameless(name, shown)
        attachment = taken[name]
        told = words if shown else f"{words} ({_weighed(attachment, code)})"
        return f"{shown}[{told}]({attachment.path})"

    return _NAMED.sub(replaced, text), tuple(taken.values())


def beside(folder: Path) -> Find:
    """Return what reads the files of a folder, and none that lies elsewhere."""

    def find(name: str) -> bytes:
        path = (folder / name).resolve()
        if not path.is_relative_to(folder.resolve()):
            raise ContentRefused(
                f"The file {name!r} cannot be published.",
                why=f"It lies outside of {folder}.",
                then="Copy it beside the text that names it.",
            )
        return read_document(path)

    return find


def _published(name: str, content: bytes) -> Attachment:
    """Return a file as the public gets it."""
    if name.lower().endswith(_PDF):
        examine_pdf(name, content)
        return Attachment.of(content, _PDF)
    shot, clean = clean_picture(name, content)
    return Attachment.of(clean, f"-{shot.width}x{shot.height}{Path(shot.file).suffix}")


def _weighed(attachment: Attachment, code: str) -> str:
    """Return kind and size of a file in words."""
    size = len(attachment.content)
    if size < _MEGABYTE:
        number, unit = str(max(1, round(size / 1000))), "k"
    else:
        number, unit = f"{size / _MEGABYTE:.1f}", "M"
    if code == "fr":
        number = number.replace(".", ",")
    byte = "o" if code == "fr" else "B"
    return f"{_KINDS[Path(attachment.path).suffix]}, {number}{_NO_BREAK}{unit}{byte}"


def _nameless(name: str, shown: str) -> ContentRefused:
    return ContentRefused(
        f"Nobody says what {name!r} shows." if shown else f"The link to {name!r} has no words.",
        why="Who cannot see a picture hears its description; a link is read by its words.",
        then=f"Write it between the brackets: {shown}[what it shows]({name})",
    )
