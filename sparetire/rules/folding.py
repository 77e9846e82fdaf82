"""Words as a reader hears them: without accents, capitals, punctuation or plural."""

import re
import unicodedata

__all__ = ["count_words", "fold", "folded_words", "phrase_words"]

_WORD = re.compile(r"[^\W_]+")
_COUNTED = re.compile(r"\w[\w'\u2019-]*")
_DROPPED = re.compile("[\u0300-\u036f\u00ad\u200b-\u200d\u2060\ufeff]")

# French and English join nouns differently ("panne de réseau", "network outage"): these words
# may be left out without anybody searching for something else.
_SMALL = frozenset(
    [
        "a",
        "an",
        "and",
        "au",
        "aux",
        "d",
        "de",
        "des",
        "du",
        "en",
        "et",
        "in",
        "l",
        "la",
        "le",
        "les",
        "of",
        "on",
        "the",
        "un",
        "une",
    ]
)
_SHORT = 3


def fold(text: str) -> str:
    """Return the text without accents, invisible characters and capitals."""
    if text.isascii():
        return text.casefold()
    bare = _DROPPED.sub("", unicodedata.normalize("NFKD", text)).casefold()
    return bare.replace("œ", "oe").replace("æ", "ae")


def folded_words(text: str) -> list[str]:
    """Return every word of the text, folded."""
    return _WORD.findall(fold(text))


def phrase_words(text: str) -> list[str]:
    """Return the words that carry a phrase: folded, singular, without articles."""
    return [_singular(word) for word in folded_words(text) if word not in _SMALL]


def count_words(text: str) -> int:
    """Count words as an editor would: ``l'eau`` and ``Lac-Mégantic`` are one each."""
    return len(_COUNTED.findall(text))


def _singular(word: str) -> str:
    if len(word) > _SHORT and word[-1] in "sx":
        return word[:-1]
    return word
