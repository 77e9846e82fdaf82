"""Finds and replaces lines in a TOML text, by the path of the key."""

import re

__all__ = ["Place", "line_of", "replace_value"]

Place = tuple[str | int, ...]

_TABLE = re.compile(r"^\s*\[(\[)?\s*([^\[\]]+?)\s*\]")
_KEY = re.compile(r"""^\s*([A-Za-z0-9_-]+)\s*=""")


def line_of(text: str, place: Place) -> int | None:
    """Return the line, counted from 1, where a key or its nearest known parent stands."""
    known = {path: number for number, path in _paths(text)}
    for length in range(len(place), 0, -1):
        if place[:length] in known:
            return known[place[:length]]
    return None


def replace_value(text: str, place: Place, value: str) -> str:
    """Return the text with the value of one key replaced, its comment kept.

    Raises:
        KeyError: The key is not in the text.
    """
    lines = text.splitlines()
    for number, path in _paths(text):
        if path == place:
            line = lines[number - 1]
            key = line[: line.index("=")].rstrip()
            comment = re.search(r"\s{2,}#.*$", line)
            lines[number - 1] = f"{key} = {value}{comment.group() if comment else ''}"
            return "\n".join(lines) + "\n"
    raise KeyError(place)


def _paths(text: str) -> list[tuple[int, Place]]:
    """List every table and key with its line, last mention last."""
    found: list[tuple[int, Place]] = []
    table: Place = ()
    counts: dict[str, int] = {}
    for number, line in enumerate(text.splitlines(), start=1):
        if header := _TABLE.match(line):
            parts: Place = tuple(part.strip().strip("\"'") for part in header[2].split("."))
            if header[1]:
                counts[header[2]] = counts.get(header[2], -1) + 1
                parts = (*parts, counts[header[2]])
            table = parts
            found.append((number, table))
        elif key := _KEY.match(line):
            found.append((number, (*table, key[1])))
    return found
