"""How a bucket keeps the list of an edition's files: compressed, a piece at a time.

An archive of ten thousand press releases has a list of many megabytes, and every launch reads
one and writes one, maybe over a hotel's line. All but the hashes repeats from row to row.
"""

import zlib
from collections.abc import Iterator

from sparetire.model.manifest import Manifest

__all__ = ["list_name", "packed", "unpacked"]

_FAST = 1  # of nine: nobody waits for the last tenth of the bytes
_GZIP = zlib.MAX_WBITS | 16  # so that a person can read it, with gunzip; it has no time in it
_PIECE = 1 << 14  # bytes
_LARGEST = 1 << 28  # bytes: a million files


def list_name(edition: str) -> str:
    """Return where the list of an edition's files is kept."""
    return f"manifests/{edition}.json.gz"


def packed(manifest: Manifest) -> bytes:
    """Return a manifest's text, compressed."""
    packing = zlib.compressobj(_FAST, wbits=_GZIP)
    done = b"".join(map(packing.compress, manifest.pieces()))
    return done + packing.flush()


def unpacked(body: bytes) -> Iterator[bytes]:
    """Yield what `packed` was given, in pieces.

    Raises:
        ValueError: It is damaged, not whole, or far too large.
    """
    unpacking, size = zlib.decompressobj(wbits=_GZIP), 0
    for start in range(0, len(body), _PIECE):
        try:
            piece = unpacking.decompress(body[start : start + _PIECE])
        except zlib.error as error:
            raise ValueError(str(error)) from error
        size += len(piece)
        if size > _LARGEST:
            raise ValueError("too large")
        yield piece
    if not unpacking.eof:
        raise ValueError("cut short")
