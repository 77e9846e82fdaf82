"""Reads the parts of picture files without Pillow, and writes files with secrets in them."""

import struct
import zlib
from collections.abc import Iterator

_PNG = b"\x89PNG\r\n\x1a\n"
_ALONE = {0x01, *range(0xD0, 0xD8)}  # JPEG markers without a length
JPEG_PARTS = {"APP0", "DQT", "SOF", "DHT", "SOS", "scan", "EOI"}
PNG_PARTS = {"IHDR", "PLTE", "tRNS", "IDAT", "IEND"}


def jpeg_segments(content: bytes) -> Iterator[tuple[int, bytes]]:
    """Yield marker and body of each segment, scans as marker 0, and what follows the end."""
    assert content[:2] == b"\xff\xd8"
    at = 2
    while at < len(content):
        assert content[at] == 0xFF
        marker = content[at + 1]
        at += 2
        if marker == 0xD9:
            yield marker, content[at:]
            return
        (length,) = struct.unpack(">H", content[at : at + 2])
        yield marker, content[at + 2 : at + length]
        at += length
        if marker == 0xDA:
            start = at
            while content[at] != 0xFF or content[at + 1] in {0, *_ALONE}:
                at += 1
            yield 0, content[start:at]


def assert_bare_jpeg(content: bytes) -> None:
    """Assert that a JPEG holds what makes its pixels, and a JFIF head without a thumbnail."""
    for marker, body in jpeg_segments(content):
        if marker == 0xE0:
            assert body[:5] == b"JFIF\0"
            assert len(body) == 14
            assert body[12:] == b"\0\0"
        elif marker == 0xD9:
            assert body == b""
        else:
            assert marker in {0, 0xDB, 0xC0, 0xC1, 0xC2, 0xC4, 0xDA}, f"{marker:02x}"


def png_chunks(content: bytes) -> Iterator[tuple[str, bytes]]:
    """Yield name and body of each chunk, and what follows the last one under no name."""
    assert content[:8] == _PNG
    at = 8
    name = ""
    while at < len(content) and name != "IEND":
        (length,) = struct.unpack(">I", content[at : at + 4])
        name, body = content[at + 4 : at + 8].decode(), content[at + 8 : at + 8 + length]
        assert zlib.crc32(content[at + 4 : at + 8 + length]) == int.from_bytes(
            content[at + 8 + length : at + 12 + length]
        )
        yield name, body
        at += 12 + length
    yield "", content[at:]


def assert_bare_png(content: bytes) -> None:
    """Assert that a PNG holds pixels alone, and that its compressed data ends with them."""
    parts = list(png_chunks(content))
    assert {name for name, _ in parts} <= PNG_PARTS | {""}
    assert parts[-1] == ("", b"")
    width, height, depth, colours = struct.unpack(">IIBB", parts[0][1][:10])
    unpacker = zlib.decompressobj()
    lines = unpacker.decompress(b"".join(body for name, body in parts if name == "IDAT"))
    assert unpacker.eof
    assert unpacker.unused_data == b""
    samples = {0: 1, 2: 3, 3: 1, 4: 2, 6: 4}[colours]
    assert len(lines) == height * (1 + (width * samples * depth + 7) // 8)


def assert_bare(content: bytes) -> None:
    """Assert that a picture holds nothing but its pixels; an icon file holds PNGs."""
    if content.startswith(_PNG):
        assert_bare_png(content)
    elif content.startswith(b"\0\0\1\0"):
        (count,) = struct.unpack("<H", content[4:6])
        for number in range(count):
            size, start = struct.unpack("<II", content[14 + 16 * number : 22 + 16 * number])
            assert_bare_png(content[start : start + size])
    else:
        assert_bare_jpeg(content)


def with_segment(jpeg: bytes, marker: int, body: bytes) -> bytes:
    """Return a JPEG with one more segment, behind its start."""
    return b"\xff\xd8" + struct.pack(">BBH", 0xFF, marker, len(body) + 2) + body + jpeg[2:]


def with_chunk(png: bytes, name: bytes, body: bytes) -> bytes:
    """Return a PNG with one more chunk, behind its head."""
    return png[:33] + chunk(name, body) + png[33:]


def chunk(name: bytes, body: bytes) -> bytes:
    """Return a chunk of a PNG."""
    check = zlib.crc32(name + body)
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", check)


def with_riff(webp: bytes, name: bytes, body: bytes) -> bytes:
    """Return a WebP with one more chunk at its end."""
    padded = body + b"\0" * (len(body) % 2)
    grown = webp[8:] + name + struct.pack("<I", len(body)) + padded
    return b"RIFF" + struct.pack("<I", len(grown)) + grown
