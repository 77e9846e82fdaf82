"""The text of a manifest: sorted, a file a line, and read as it comes.

What comes from a host is looked at row by row. Of what this machine has written itself, its
name proves that each row is as it was.
"""

import re
import sys
from collections.abc import Iterator, Mapping, Sequence

from sparetire.model.entry import entry_in, not_a_manifest

__all__ = ["Reading", "hash_in", "pieces_of"]

_START, _BETWEEN, _END = "[\n", ",\n", "\n]\n"
_ROWS = 256  # that are written down at a time
_LONGEST = 1 << 13  # characters that no row comes near to
_LINE = re.compile(
    r'\{"path": "[^"\x00-\x1f]+", "sha256": "[^"]*", "size": (?:0|[1-9][0-9]{0,14}), '
    r'"type": "[^"]*", "cache": "[^"]*", "wave": [1-4]\}'
).fullmatch
_ODD = ("//", "/.", "\n/", "/\n", "\n./", "\n../", "\n.\n", "\n..\n")
"""What no list of paths has, a line each, that are plain and stay inside the site."""

_PATH, _HASH = 3, 7  # a line, cut at its quotation marks


def pieces_of(lines: Mapping[str, str]) -> Iterator[bytes]:
    """Yield the text of rows, given by path, some at a time."""
    paths = sorted(lines)
    yield _START.encode()
    for start in range(0, len(paths), _ROWS):
        rows = _BETWEEN.join([lines[path] for path in paths[start : start + _ROWS]])
        yield (f"{_BETWEEN}{rows}" if start else rows).encode()
    yield _END.encode()


def hash_in(line: str) -> str:
    """Return the hash that stands in a row."""
    if "\\" in line:  # a quotation mark may be part of the path
        return entry_in(line).sha256
    return line.split('"', _HASH + 1)[_HASH]


class Reading:
    """Takes a canonical text as it comes, and keeps its rows by path.

    Args:
        proved: Its rows are known to be right.
    """

    def __init__(self, *, proved: bool = False) -> None:
        self._proved = proved
        self._rest = b""
        self._rows = 0
        self._lines: dict[str, str] = {}

    def take(self, piece: bytes) -> None:
        """Take the next piece of the text.

        Raises:
            ValueError: It is not of a manifest.
        """
        whole, found, self._rest = (self._rest + piece).rpartition(_BETWEEN.encode())
        if found:
            self._keep(self._begun(whole))
        elif len(self._rest) > _LONGEST:
            raise not_a_manifest("a row without an end")

    def finished(self) -> dict[str, str]:
        """Return all rows.

        Raises:
            ValueError: The text is not whole, or has a file twice.
        """
        text = self._begun(self._rest)
        if not text.endswith(_END):
            raise not_a_manifest("it has no end")
        if text != _END:
            self._keep(text.removesuffix(_END))
        if len(self._lines) != self._rows:
            raise not_a_manifest("it has a file twice")
        return self._lines

    def _begun(self, text: bytes) -> str:
        """Return a text without what stands before the first row."""
        if self._rows:
            return text.decode()
        if not text.startswith(_START.encode()):
            raise not_a_manifest("it has no beginning")
        return text.decode().removeprefix(_START)

    def _keep(self, text: str) -> None:
        """Keep rows; lists that a run fetches have nearly all of them in common, held once."""
        rows = text.split(_BETWEEN)
        if max(map(len, rows)) > _LONGEST:
            raise not_a_manifest("a row that is too long")
        paths = _paths(text, rows) if self._proved else _paths_if_right(text, rows)
        self._rows += len(rows)
        if not self._proved:
            paths, rows = ([*map(sys.intern, each)] for each in (paths, rows))
        self._lines |= zip(paths, rows, strict=True)


def _paths(text: str, rows: Sequence[str]) -> list[str]:
    """Return the path of each row of a text that is right."""
    if "\\" in text:  # a quotation mark may be part of a path
        return [entry_in(row).path for row in rows]
    return [row.split('"', _PATH + 1)[_PATH] for row in rows]


def _paths_if_right(text: str, rows: Sequence[str]) -> list[str]:
    """Return the path of each row of a text that may be anything.

    Raises:
        ValueError: Some row is not as `Entry.to_json` writes it.
    """
    if "\\" not in text and all(map(_LINE, rows)):
        paths = _paths(text, rows)
        listed = "\n".join(["", *paths, ""])
        if not any(odd in listed for odd in _ODD):
            return paths
    return [_odd_path(row) for row in rows]


def _odd_path(row: str) -> str:
    """Return the path of a row that may be anything.

    Raises:
        ValueError: It is not a row as `Entry.to_json` writes it.
    """
    try:
        entry = entry_in(row)
    except (KeyError, TypeError, AttributeError, RecursionError, OverflowError) as error:
        raise not_a_manifest(repr(error)) from error
    if entry.to_json() != row:
        raise not_a_manifest(f"{entry.path!r} is written in another way")
    return entry.path
