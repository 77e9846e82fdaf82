"""Writes a picture of few colours as PNG.

Pillow writes PNG too, but first loads every format that it knows; a launch waits for its card.
"""

import struct
import zlib
from collections.abc import Sequence

__all__ = ["COLOURS", "palette_png"]

COLOURS = 16
"""As many as four bits tell apart."""
EFFORT = 4
"""Of nine: zlib's usual one takes twice as long for a tenth of the bytes."""

Colour = tuple[int, int, int]


def palette_png(size: tuple[int, int], pixels: bytes, palette: Sequence[Colour]) -> bytes:
    """Return a PNG (ISO/IEC 15948) with a palette; equal pictures are equal bytes.

    Args:
        size: Width, which is even, and height.
        pixels: Line by line, two pixels a byte, the left one in its upper half.
        palette: At most `COLOURS` colours; pixels are numbers of these.
    """
    wide, high = size
    length = wide // 2
    unfiltered = b"\0"  # before each line: what serves a picture with a palette best (12.7)
    lines = (pixels[start : start + length] for start in range(0, length * high, length))
    head = struct.pack(">IIBBBBB", wide, high, 4, 3, 0, 0, 0)
    chunks = (
        (b"IHDR", head),
        (b"PLTE", bytes(part for colour in palette for part in colour)),
        (b"IDAT", zlib.compress(unfiltered + unfiltered.join(lines), EFFORT)),
        (b"IEND", b""),
    )
    return b"\x89PNG\r\n\x1a\n" + b"".join(_chunk(name, body) for name, body in chunks)


def _chunk(name: bytes, body: bytes) -> bytes:
    sum_of_bits = zlib.crc32(name + body)
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", sum_of_bits)
