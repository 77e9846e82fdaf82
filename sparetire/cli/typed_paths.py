"""Reads a path as people type, paste or drag it at a question."""

import re
import sys
from pathlib import Path
from urllib.parse import unquote, urlsplit

__all__ = ["typed_path"]

_QUOTES = ("'", '"')
_ESCAPED = re.compile(r"\\(.)")


def typed_path(text: str) -> str:
    r"""Return the path that a typed text means.

    A shell takes quotes and backslashes away; a question must do it itself. Terminals write a
    file that is dragged onto them as ``'/a b.md'``, as ``/a\ b.md`` or as ``file:///a%20b.md``.
    A file that has such a name as it stands is always meant.
    """
    text = text.strip()
    if not text or Path(text).exists():
        return text
    if len(text) > 1 and text[0] == text[-1] and text[0] in _QUOTES:
        text = text[1:-1]
    elif sys.platform != "win32":  # there the backslash parts folders
        text = _ESCAPED.sub(r"\1", text)
    if text.lower().startswith("file://"):
        text = unquote(urlsplit(text.replace("#", "%23").replace("?", "%3F")).path)
        if sys.platform == "win32":
            text = text.removeprefix("/")
    return str(Path(text).expanduser()) if text.startswith("~") else text
