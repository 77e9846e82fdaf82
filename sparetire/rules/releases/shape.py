"""The parts of a release's text: paragraphs, quotes, links, read from its Markdown."""

import re
from dataclasses import dataclass

__all__ = ["Quote", "links_in", "paragraphs", "prose", "quotes", "sentences"]

_LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)\s]+)[^)]*\)")
_MARKUP = re.compile(r"!?\[([^\]]*)\]\([^)]*\)|[*_`]+")
_OTHER = re.compile(r"[#>|+-]|\*[ \t]|\d+\. ")  # a heading, a quote, a table, a list
_SIGNED = re.compile(r"^[—–-]+[ \t]*(.+)$")
_SENTENCE = re.compile(r"(?<=[.!?…»”])\s+(?=[«“\"A-ZÀ-ÖØ-Þ0-9])")
_ABBREVIATED = re.compile(
    r"\b(?:M|Mme|Dr|Dre|Me|Mr|Mrs|Ms|No|St|Ste|inc|Inc|p\.m|a\.m|[A-Z])\.$"
)


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody is quoted with; ``who`` is empty where nobody is named."""

    text: str
    who: str


def paragraphs(body: str) -> list[str]:
    """Return the paragraphs that are neither heading, quote, list nor table."""
    blocks = (block.strip() for block in re.split(r"\n\s*\n", body))
    return [
        _plain(block) for block in blocks if block and not re.match(r"[#>|*+-]|\d+\. ", block)
    ]


def prose(body: str) -> str:
    """Return all the words of a body, without its signs."""
    return _plain(re.sub(r"^[#>|*+ -]+", "", body, flags=re.MULTILINE))


def quotes(body: str) -> list[Quote]:
    """Return the quotes that stand as blocks; a dash on the last line says who speaks."""
    found = []
    for block in re.split(r"\n\s*\n", body):
        lines = [line.strip()[1:].strip() for line in block.strip().split("\n")]
        if not block.strip().startswith(">"):
            continue
        signed = _SIGNED.match(lines[-1])
        text = lines[:-1] if signed else lines
        found.append(Quote(_plain(" ".join(text)), _plain(signed[1]) if signed else ""))
    return found


def links_in(body: str) -> list[tuple[str, str]]:
    """Return the words and the address of each link."""
    return _LINK.findall(body)


def sentences(text: str) -> list[str]:
    """Return the sentences of a text; an abbreviation ends none."""
    found: list[str] = []
    for piece in _SENTENCE.split(text.strip()):
        if found and _ABBREVIATED.search(found[-1]):
            found[-1] = f"{found[-1]} {piece}"
        else:
            found.append(piece)
    return [sentence for sentence in found if sentence]


def _plain(text: str) -> str:
    return " ".join(_MARKUP.sub(lambda match: match[1] or "", text).split())
