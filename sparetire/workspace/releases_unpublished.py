"""What press releases say that nobody outside has read yet: the texts that must not leak."""

import hashlib
import os
import re
import tomllib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from sparetire.workspace.releases_index import ReleasesIndex

__all__ = ["PART", "unpublished_files", "unpublished_texts"]

PART = "\f"
"""Ends a part of a text, such as a title: nothing says what follows it on a page."""

_HEAD = re.compile(
    r"\ufeff?\s*^\+\+\+[ \t]*$\n(.*?)^\+\+\+[ \t]*$\n?(.*)", re.DOTALL | re.MULTILINE
)
_KEY = re.compile(r"^[ \t]*(?:#?[ \t]*[\w.-]+[ \t]*=|\[.*\][ \t]*$)", re.MULTILINE)
_NOT_TEXT = frozenset(["category", "email", "file", "id", "phone", "slug", "status"])


def unpublished_files(folder: Path, index: ReleasesIndex) -> Iterator[Path]:
    """Yield the files that may hold text nobody outside has seen, without opening any."""
    with suppress(FileNotFoundError):
        named = os.listdir(folder)  # noqa: PTH208  thousands: most need no Path
        texts = (name for name in named if name.endswith(".md"))
        for name in sorted(one for one in texts if one.partition(".")[0] not in index.public):
            yield folder / name


def unpublished_texts(
    folder: Path, index: ReleasesIndex, coming: frozenset[str]
) -> Iterator[tuple[Path, str]]:
    """Yield each file with text that nobody outside has seen, and that text.

    A file is known by its bytes: what went public stays public under another name.

    Args:
        folder: Where releases are written.
        index: What became of them.
        coming: Names of the releases that this run makes public.
    """
    for path in unpublished_files(folder, index):
        if path.name.partition(".")[0] in coming:
            continue
        try:
            content = path.read_bytes()
        except OSError:
            continue  # What cannot be read cannot be published either.
        if hashlib.sha256(content).hexdigest() not in index.digests:
            yield path, _values(content.decode("utf-8", errors="replace"))


def _values(text: str) -> str:
    """Return the values of a file in parts; its keys are no text of its author's."""
    text = text.replace("\r\n", "\n").replace("\r", "\n")
    found = _HEAD.match(text)
    if found is None:
        return text
    head, body = found.groups()
    try:
        values = list(_texts(tomllib.loads(head)))
    except (tomllib.TOMLDecodeError, RecursionError):
        values = _KEY.sub("", head).splitlines()
    return PART.join((*values, body))


def _texts(value: object, key: str = "") -> Iterator[str]:
    if isinstance(value, dict):
        for name, each in value.items():
            yield from _texts(each, name)
    elif isinstance(value, list):
        for each in value:
            yield from _texts(each, key)
    elif isinstance(value, str) and key not in _NOT_TEXT:
        yield value
