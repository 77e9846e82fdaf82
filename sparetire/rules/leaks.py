"""Nothing leaves that was not meant to: drafts, scenarios, embargoed words, private files.

In 2020 a broadcaster published some hundred prepared obituaries; in 2025 a budget was read
early, at an address that could be guessed.
"""

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property, lru_cache
from itertools import chain
from pathlib import PurePosixPath
from types import MappingProxyType

from sparetire.rules.base import Built, Sight
from sparetire.rules.folding import folded_words
from sparetire.rules.pages import file_text
from sparetire.workspace.releases_unpublished import PART

__all__ = ["Shingle", "carrier", "leak_draft", "leak_text", "secrets_of"]

SHINGLE = 12  # words in a row that no two people write by chance
PHRASE = 3  # words of a title that is looked for whole, in files of our own
LINE = 5  # words of a line that is looked for whole, in a text too short for shingles

_LENDER = "scenarios/"

Shingle = tuple[str, ...]

_PRIVATE_FOLDERS = frozenset(["brouillons", "draft", "drafts", "scenarios", "skeletons"])
_PRIVATE_NAMES = frozenset(["ledger.jsonl", "live.json", "lock.json", "sparetire.toml"])
_SOURCES = frozenset(
    [
        ".bak",
        ".doc",
        ".docx",
        ".env",
        ".jinja",
        ".jinja2",
        ".jsonl",
        ".key",
        ".markdown",
        ".md",
        ".orig",
        ".pem",
        ".py",
        ".rst",
        ".swp",
        ".tmp",
        ".toml",
        ".yaml",
        ".yml",
    ]
)
_TEXTS = frozenset([".html", ".json", ".svg", ".txt", ".webmanifest", ".xml"])
_TAG = re.compile(r"<!--(.*?)-->|<!\[CDATA\[|\]\]>|<(/?[a-zA-Z][^>]*)>", re.DOTALL)


@dataclass(frozen=True)
class _Secrets:
    """What must not be found, each stretch of words with the name of its source."""

    sources: Mapping[Shingle, str]

    @cached_property
    def lengths(self) -> list[int]:
        return sorted({len(shingle) for shingle in self.sources}, reverse=True)

    @cached_property
    def vocabulary(self) -> frozenset[str]:
        return frozenset(word for shingle in self.sources for word in shingle)

    def within(self, words: list[str]) -> Iterator[Shingle]:
        """Yield every stretch of the words that is a secret, the longest kind first."""
        # One byte a word: only a long enough run of known words can hold a secret.
        known = bytes(map(self.vocabulary.__contains__, words))
        for length in self.lengths:
            at = known.find(b"\x01" * length)
            while at >= 0:
                shingle = tuple(words[at : at + length])
                if shingle in self.sources:
                    yield shingle
                at = known.find(b"\x01" * length, at + 1)


def leak_draft(built: Built) -> Iterator[Sight]:
    """No path is one of a draft, a source or a private file: such addresses are guessed."""
    for path in built.fresh:
        parts = PurePosixPath(path).parts
        dotted = [part for part in parts if part.startswith(".")]
        if (
            not _PRIVATE_FOLDERS.isdisjoint(parts[:-1])
            or parts[-1] in _PRIVATE_NAMES
            or PurePosixPath(path).suffix.lower() in _SOURCES
            or (dotted and dotted != [".well-known"])
        ):
            yield path, "This file is not for the public.", "Keep it out of what is built."


def leak_text(built: Built) -> Iterator[Sight]:
    """No twelve words in a row of an unpublished text stand in any public file.

    Accents, capitals, punctuation and tags make no difference; attributes, comments and data
    are searched too. Words of the standing pages and the boilerplate are no leak, nor are those
    that an incident has from a scenario, which is there to lend them. A release lends none.
    What the public reads already is no leak, whichever machine published it.
    """
    secrets = _Secrets(secrets_of(built))
    if not secrets.sources:
        return
    found = [
        (path, shingle)
        for path in built.fresh
        if PurePosixPath(path).suffix.lower() in _TEXTS
        for words in _readings(file_text(built, path))
        for shingle in secrets.within(words)
    ]
    if not found:
        return  # then nobody need know what thousands of releases say
    left = _not_public(built, secrets, {shingle for _, shingle in found})
    told: set[tuple[str, str]] = set()
    for path, shingle in found:
        source = secrets.sources[shingle]
        if shingle in left and (path, source) not in told:
            told.add((path, source))
            yield (
                path,
                f"Unpublished words of {source} stand here: “{' '.join(shingle)} …”",
                "Find how they came in; publish nothing until they are out.",
            )


def _not_public(built: Built, secrets: _Secrets, found: set[Shingle]) -> set[Shingle]:
    """Return what was found without what the public reads already.

    Texts are opened one by one, and only until all that was found is explained.
    """
    told = chain(
        (folded_words(text) for text in built.released()),
        (words for text in built.live() for words in _readings(text)),
    )
    left = set(found)
    for words in told:
        left.difference_update(secrets.within(words))
        if not left:
            break
    return left


def carrier(texts: Iterable[str]) -> Callable[[str], bool]:
    """Return what tells whether a file carries any of some texts, whole or in part.

    A text of three words or more counts as a whole, such as a title in a list.
    """
    found: dict[Shingle, str] = {}
    for text in texts:
        words = folded_words(text)
        whole = [tuple(words)] if PHRASE <= len(words) < SHINGLE else []
        found |= dict.fromkeys([*whole, *_shingles(words, SHINGLE)], "")
    secrets = _Secrets(found)

    def carries(text: str) -> bool:
        return any(True for words in _readings(text) for _ in secrets.within(words))

    return carries


def secrets_of(built: Built) -> Mapping[Shingle, str]:
    """Return stretches of words that must not be public, each with the name of its source."""
    unpublished = tuple(sorted(built.unpublished.items()))
    return _secrets(unpublished, tuple(_standing(built)), tuple(_statements(built)))


@lru_cache(maxsize=1)  # each portion of a site asks for the same
def _secrets(
    unpublished: tuple[tuple[str, str], ...], standing: Iterable[str], statements: Iterable[str]
) -> Mapping[Shingle, str]:
    secrets = {shingle: source for source, text in unpublished for shingle in _canaries(text)}
    if secrets:
        lengths = {len(shingle) for shingle in secrets}
        for shingle in _all_shingles(standing, lengths):
            secrets.pop(shingle, None)
        for shingle in _all_shingles(statements, lengths):
            if secrets.get(shingle, "").startswith(_LENDER):
                del secrets[shingle]
    return MappingProxyType(secrets)


def _canaries(text: str) -> Iterator[Shingle]:
    """Yield what gives a text away; no stretch of words reaches from one part into the next."""
    parts = [folded_words(part) for part in text.split(PART)]
    if max(map(len, parts)) >= SHINGLE:
        for words in parts:
            yield from _shingles(words, SHINGLE)
        return
    for line in text.splitlines():
        whole = tuple(folded_words(line))
        if len(whole) >= LINE:
            yield whole


def _statements(built: Built) -> Iterator[str]:
    for incident in built.incidents:
        for statement in incident.statements:
            for words in statement.words.values():
                yield from (words.title, words.body, words.summary)
        for sheet in incident.sheets.values():
            yield from sheet.body.values()


def _standing(built: Built) -> Iterator[str]:
    """Yield the texts that are public at any time, whoever else holds a copy."""
    yield from built.standing
    boilerplate = built.settings.organisation.boilerplate
    yield from (boilerplate,) if isinstance(boilerplate, str) else boilerplate.values()


def _readings(text: str) -> Iterator[list[str]]:
    """Yield the words of a file as a reader gets them, followed by those in tags and comments.

    Feeds hold HTML that is escaped once more, hence the second round.
    """
    for _ in range(2):
        hidden = (match[1] or match[2] or "" for match in _TAG.finditer(text))
        yield folded_words(html.unescape("\n".join((_TAG.sub(" ", text), *hidden))))
        if "&lt;" not in text:
            return
        text = html.unescape(text)


def _all_shingles(texts: Iterable[str], lengths: set[int]) -> Iterator[Shingle]:
    for text in texts:
        words = folded_words(text)
        for length in lengths:
            yield from _shingles(words, length)


def _shingles(words: list[str], length: int) -> Iterator[Shingle]:
    return zip(*(words[start:] for start in range(length)), strict=False)
