"""Finds and replaces lines in a TOML text, by the path of the key."""

import re
from dataclasses import dataclass

__all__ = ["Place", "Problem", "line_of", "replace_value"]

Place = tuple[str | int, ...]

_TABLE = re.compile(r"\s*\[(\[)?\s*([^\[\]]+?)\s*\]\]?\s*(#.*)?\r?")
_KEY = re.compile(r"""\s*((?:[A-Za-z0-9_-]+|"[^"]*"|'[^']*')(?:\s*\.\s*[\w-]+)*)\s*=""")
_ONE_LINE = re.compile(r"""\s*(?:"(?:[^"\\]|\\.)*"|'[^']*'|[^"'#])*""")


@dataclass(frozen=True, slots=True)
class Problem:
    """What is wrong with one key."""

    place: Place
    says: str


def line_of(text: str, place: Place) -> int | None:
    """Return the line, counted from 1, where a key or its nearest known parent stands."""
    known = {path: number for number, path in _paths(text)}
    for length in range(len(place), 0, -1):
        if place[:length] in known:
            return known[place[:length]]
    return None


def replace_value(text: str, place: Place, value: str) -> str:
    """Return the text with the value of one key, all on its line, replaced; its comment stays.

    Raises:
        KeyError: The key is not in the text.
    """
    lines = text.split("\n")
    for number, path in _paths(text):
        if path == place:
            line = lines[number - 1]
            key, _, rest = line.partition("=")
            old = _ONE_LINE.match(rest)
            comment = rest[old.end() :] if old else ""
            lines[number - 1] = f"{key.rstrip()} = {value}{f'  {comment}' if comment else ''}"
            return "\n".join(lines)
    raise KeyError(place)


def _paths(text: str) -> list[tuple[int, Place]]:
    """List every table and key with its line, last mention last."""
    found: list[tuple[int, Place]] = []
    table: Place = ()
    counts: dict[str, int] = {}
    in_text = False
    for number, line in enumerate(text.split("\n"), start=1):
        marks = line.count('"""') + line.count("'''")
        if in_text:
            in_text = marks % 2 == 0
            continue
        in_text = marks % 2 == 1
        if header := _TABLE.fullmatch(line):
            table = _parts(header[2])
            if header[1]:
                counts[header[2]] = counts.get(header[2], -1) + 1
                table = (*table, counts[header[2]])
            found.append((number, table))
        elif key := _KEY.match(line):
            found.append((number, (*table, *_parts(key[1]))))
    return found


def _parts(dotted: str) -> Place:
    return tuple(part.strip().strip("\"'") for part in dotted.split("."))


def comment_out(text: str, place: Place) -> str:
    """Return the text with a key, or a whole table and its keys, turned into comments."""
    lines = text.splitlines()
    for number, path in _paths(text):
        if path[: len(place)] == place:
            lines[number - 1] = f"# {lines[number - 1]}"
    return "\n".join(lines) + "\n"
