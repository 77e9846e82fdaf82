"""Reads a brief: the answers to a scenario's blanks, from a file and from the command line."""

import json
import tomllib
from collections.abc import Mapping, Sequence
from datetime import datetime, time
from pathlib import Path

from sparetire.errors import ContentRefused, UsageFault

__all__ = ["Brief", "brief_text", "read_brief", "with_answers"]

LARGEST = 100_000  # bytes

Brief = dict[str, object]


def read_brief(path: Path) -> Brief:
    """Return the answers in a TOML file, by the name of their blank.

    Raises:
        UsageFault: The file cannot be read.
        ContentRefused: It is too large, or no TOML.
    """
    try:
        with path.open("rb") as file:
            content = file.read(LARGEST + 1)
    except OSError as error:
        raise UsageFault(
            f"The brief {str(path)!r} cannot be read.",
            why=error.strerror or str(error),
            then="Check the name, then run the same command again.",
        ) from error
    try:
        return _parsed(content)
    except (ValueError, RecursionError) as error:
        raise ContentRefused(
            f"The brief {str(path)!r} cannot be understood.",
            why=str(error),
            then='A line of it looks like this: town = "Sept-Îles"',
        ) from error


def with_answers(brief: Mapping[str, object], typed: Sequence[str]) -> Brief:
    """Return the brief with ``NAME=answer`` texts put in; ``NAME.fr=…`` for one language.

    Raises:
        UsageFault: A text has no name.
    """
    answers = dict(brief)
    for text in typed:
        place, equals, value = text.partition("=")
        names = [name.strip() for name in place.split(".")]
        if not equals or not all(names):
            raise UsageFault(
                f"--set {text!r} names no blank.",
                why="It is written NAME=answer, or NAME.fr=answer for one language.",
                then='For example: --set town="Sept-Îles"',
            )
        _put(answers, names, value.strip())
    return answers


def brief_text(brief: Mapping[str, object]) -> str:
    """Return the answers as a TOML file that a person can read, correct and give again."""
    return "".join(f"{name} = {_value(value)}\n" for name, value in brief.items())


def _parsed(content: bytes) -> Brief:
    if len(content) > LARGEST:
        message = f"it holds more than {LARGEST // 1000} kB"
        raise ValueError(message)
    return tomllib.loads(content.decode("utf-8-sig"))


def _put(table: Brief, names: Sequence[str], value: str) -> None:
    first, *rest = names
    if not rest:
        table[first] = value
        return
    inner = table.get(first)
    copy: Brief = dict(inner) if isinstance(inner, dict) else {}
    table[first] = copy
    _put(copy, rest, value)


def _value(value: object) -> str:
    if isinstance(value, dict):
        return (
            "{ " + ", ".join(f"{name} = {_value(each)}" for name, each in value.items()) + " }"
        )
    if isinstance(value, datetime | time):
        return value.isoformat()
    # A JSON string is a TOML string too, but for one character (TOML 1.0, "String").
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
