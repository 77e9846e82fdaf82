"""Many documents in one file: how long each is, in a line of JSON, then one after the other."""

import json
from collections.abc import Sequence
from itertools import accumulate, pairwise

__all__ = ["DOCUMENTS", "packed", "unpacked"]

DOCUMENTS = "documents"  # the name of such a file


def packed(documents: Sequence[bytes]) -> bytes:
    """Return documents as one."""
    return b"\n".join([json.dumps([*map(len, documents)]).encode(), b"".join(documents)])


def unpacked(content: bytes) -> list[str]:
    """Return the documents that were packed."""
    head, _, rest = content.partition(b"\n")
    ends = pairwise(accumulate(json.loads(head), initial=0))
    return [rest[start:end].decode() for start, end in ends]
