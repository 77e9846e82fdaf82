"""Many documents in one file: how long each is, in a line of JSON, then one after the other."""

import json
from collections.abc import Sequence
from itertools import accumulate, pairwise

__all__ = ["DOCUMENTS", "packed", "source_name", "unpacked"]

DOCUMENTS = "documents"  # the name of such a file


def source_name(number: int) -> str:
    """Return what Pelican calls a document: it has no file of its own."""
    return f"{number}.words"


def packed(documents: Sequence[bytes]) -> bytes:
    """Return documents as one."""
    return b"\n".join([json.dumps([*map(len, documents)]).encode(), b"".join(documents)])


def unpacked(content: bytes) -> dict[str, str]:
    """Return the documents that were packed, by the name that Pelican knows them by."""
    head, _, rest = content.partition(b"\n")
    ends = pairwise(accumulate(json.loads(head), initial=0))
    return {
        source_name(number): rest[start:end].decode()
        for number, (start, end) in enumerate(ends)
    }
