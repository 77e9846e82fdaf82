"""Sets words into pictures, in the one font that ships: share cards and icons.

Pillow's own font lacks accents, guillemets and dashes, and a machine's fonts differ: a card
must be the same bytes wherever it is drawn.
"""

import unicodedata
from collections.abc import Callable
from functools import lru_cache, partial
from typing import TYPE_CHECKING, Literal

from sparetire.resources import theme_folder

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

__all__ = ["Weight", "drawable", "fitted", "font", "wrapped"]

Weight = Literal["Regular", "Bold"]

_SPACES = dict.fromkeys(map(ord, "\u2002\u2003\u2007\u2008\u2009\u200a"), " ")
_LATIN = {chr(code) for code in (*range(0x20, 0x7F), *range(0xA0, 0x100))} - {"\xad"}
_KNOWN = _LATIN | set("Œœ\u2018’“”–—…€•\u2212™\u2010\u2011\u202f")


@lru_cache(maxsize=16)
def font(weight: Weight, size: int) -> "FreeTypeFont":
    """Return the font at a size in pixels."""
    from PIL import ImageFont  # noqa: PLC0415  slow to import

    file = theme_folder("sparetire") / "fonts" / f"Inter-{weight}.ttf"
    # Basic layout: the other one may be missing, and would set the same words elsewhere.
    return ImageFont.truetype(file, size, layout_engine=ImageFont.Layout.BASIC)


@lru_cache(maxsize=1 << 11)
def _advance(face: "FreeTypeFont", letter: str) -> float:
    return face.getlength(letter)


def _length(face: "FreeTypeFont", line: str) -> float:
    """Return how long a line is; the font moves no letter towards another.

    Many lines are tried for each title, all of the same letters.
    """
    return sum(_advance(face, letter) for letter in line)


def drawable(text: str) -> str:
    """Return a text with only what the font can show: a letter it lacks loses its accent."""
    shown = []
    for letter in unicodedata.normalize("NFC", text).translate(_SPACES):
        if letter in _KNOWN:
            shown.append(letter)
            continue
        plain = unicodedata.normalize("NFKD", letter)
        shown += [each for each in plain if each in _KNOWN]
        if letter.isspace():
            shown.append(" ")
    return " ".join("".join(shown).split(" ")).strip()


def wrapped(text: str, length: Callable[[str], float], width: int) -> list[str]:
    """Return the lines of a text; a word wider than a line is cut where it must be.

    Args:
        text: What to set.
        length: How long a line is in its face.
        width: How long it may be.
    """
    lines = [""]
    for word in text.split(" "):
        longer = f"{lines[-1]} {word}".strip()
        if length(longer) <= width:
            lines[-1] = longer
            continue
        if lines[-1]:
            lines.append("")
        if length(word) <= width:
            lines[-1] = word
            continue
        for letter in word:
            if length(lines[-1] + letter) > width:
                lines.append("")
            lines[-1] += letter
    return lines


def fitted(
    text: str, sizes: tuple[int, ...], width: int, most: int
) -> tuple["FreeTypeFont", list[str]]:
    """Return the largest bold face in which a text takes few enough lines, and these lines.

    Args:
        text: What to set.
        sizes: The sizes to try, largest first.
        width: How long a line may be, in pixels.
        most: How many lines there may be; at the smallest size the rest is cut, and says so.
    """
    face = font("Bold", sizes[0])
    lines: list[str] = []
    for size in sizes:
        face = font("Bold", size)
        length = partial(_length, face)
        lines = wrapped(text, length, width)
        if len(lines) <= most:
            return face, _balanced(text, length, width, lines)
    kept = lines[:most]
    while face.getlength(f"{kept[-1]}…") > width:
        kept[-1] = kept[-1][:-1].rstrip()
    kept[-1] += "…"
    return face, kept


def _balanced(
    text: str, length: Callable[[str], float], width: int, lines: list[str]
) -> list[str]:
    """Return as many lines, but of much the same length: no word is left alone at the end."""
    for narrower in range(width - width // 20, width // 3, -width // 20):
        tried = wrapped(text, length, narrower)
        if len(tried) > len(lines):
            break
        lines = tried
    return lines
