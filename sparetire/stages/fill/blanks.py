"""Replaces blanks in a text. They are replaced as text, never run.

A blank is ``{{ name }}``, or ``{{ name.part }}``: the ``day`` or ``time`` of a moment, the
``name`` or ``role`` of a person. A paragraph, or an item of a list, with a blank that has no
answer is left out, and so is a heading with nothing below it.
"""

import re
from collections.abc import Callable, Iterator

__all__ = ["BLANK", "Answer", "blocks_of", "fill_line", "fill_text"]

BLANK = re.compile(r"\{\{ *([a-z][a-z0-9_]*)(?:\.([a-z]+))? *\}\}")

Answer = Callable[[str, str], str | None]
"""Answers a blank by its name and part, or with None where nobody has."""

_ITEM = re.compile(r"(?:[-*]|\d+\.) ")
_NUMBER = re.compile(r"\A\d+\. ")
_HEADING = re.compile(r"(#{1,6}) ")
_JOINED = re.compile(rf"(?P<joint>\b(?:[Dd]e|[Àà]|[Qq]ue) )?{BLANK.pattern}")
_VOWELS = tuple("aâàeéèêëiîïoôuûùœæAÂÀEÉÈÊËIÎÏOÔUÛÙŒÆ")
# Names of places too: Les Escoumins, Le Bic (Commission de toponymie).
_ARTICLES = {
    ("de", "le "): "du ",
    ("de", "les "): "des ",
    ("de", "des "): "de ",
    ("de", "du "): "de ",
    ("de", "de la "): "de ",
    ("de", "de l’"): "d’",
    ("à", "le "): "au ",
    ("à", "les "): "aux ",
}


def fill_text(text: str, answer: Answer, code: str) -> str:
    """Return Markdown with its blanks filled, without what could not be."""
    blocks = []
    for parts in blocks_of(text):
        told = [line for part in parts if (line := fill_line(part, answer, code)) is not None]
        if told:
            blocks.append("\n".join(told if len(told) == len(parts) else _numbered(told)))
    return "\n\n".join(_without_bare_headings(blocks))


def blocks_of(text: str) -> Iterator[list[str]]:
    """Yield the blocks of a Markdown text: a paragraph whole, a list item by item."""
    for block in re.split(r"\n{2,}", text.strip()):
        lines = block.split("\n")
        yield lines if all(map(_ITEM.match, lines)) else [block]


def fill_line(text: str, answer: Answer, code: str) -> str | None:
    """Return a text with its blanks filled, or None where one has no answer."""
    whole = True

    def put(blank: re.Match[str]) -> str:
        nonlocal whole
        joint, name, part = blank["joint"] or "", blank[2], blank[3] or ""
        value = answer(name, part)
        if not value:
            whole = False
            return ""
        return _joined(joint, value) if code == "fr" else joint + value

    filled = _JOINED.sub(put, text)
    return filled if whole else None


def _numbered(items: list[str]) -> list[str]:
    """Number a list from 1 again, now that some of its items are gone."""
    return [_NUMBER.sub(f"{at}. ", item, count=1) for at, item in enumerate(items, start=1)]


def _joined(joint: str, value: str) -> str:
    """Join a value to « de », « que » or « à » as French does: d’Alma, aux Escoumins."""
    word = joint.strip()
    for (before, article), contracted in _ARTICLES.items():
        if word.lower() == before and value.lower().startswith(article):
            told = contracted.capitalize() if word[0].isupper() else contracted
            return told + value[len(article) :]
    if word.lower() in {"de", "que"} and value.startswith(_VOWELS):
        return f"{word[:-1]}’{value}"
    return joint + value


def _without_bare_headings(blocks: list[str]) -> list[str]:
    kept: list[str] = []
    for block in reversed(blocks):
        heading = _HEADING.match(block)
        below = _HEADING.match(kept[-1]) if kept else None
        bare = not kept or (below and heading and len(below[1]) <= len(heading[1]))
        if not (heading and "\n" not in block and bare):
            kept.append(block)
    return kept[::-1]
