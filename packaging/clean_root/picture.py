"""Pictures of a screen: dumps as xwd writes them, as PNG, with nothing but Python."""

from __future__ import annotations

import struct
import zlib

_FIELDS = 25
_STEP = 7
_WIDTH, _HEIGHT, _LINE, _COLOURS = 4, 5, 12, 19


def png_of(dump: bytes) -> bytes:
    """Return a dump of xwd as a PNG.

    Parameters
    ----------
    dump
        Of a screen with 24 bits of colour, as Xvfb has it here.
    """
    header = struct.unpack(f">{_FIELDS}I", dump[: 4 * _FIELDS])
    width, height = header[_WIDTH], header[_HEIGHT]
    if header[_LINE] < 4 * width:
        raise ValueError(f"the screen has {header[_LINE] // width} bytes for a dot, not 4")
    begin = header[0] + 12 * header[_COLOURS]
    lines = bytearray()
    for row in range(height):
        start = begin + row * header[_LINE]
        dots = dump[start : start + 4 * width]  # blue, green, red and nothing
        line = bytearray(3 * width)
        line[0::3], line[1::3], line[2::3] = dots[2::4], dots[1::4], dots[0::4]
        lines += b"\0" + line
    return b"".join(
        (
            b"\x89PNG\r\n\x1a\n",
            _chunk(b"IHDR", struct.pack(">2I5B", width, height, 8, 2, 0, 0, 0)),
            _chunk(b"IDAT", zlib.compress(bytes(lines))),
            _chunk(b"IEND", b""),
        )
    )


def colours_of(dump: bytes) -> int:
    """Return how many colours a dump of xwd shows, of a part of its dots: one where nothing was painted.

    Parameters
    ----------
    dump
        As for `png_of`.
    """
    header = struct.unpack(f">{_FIELDS}I", dump[: 4 * _FIELDS])
    begin = header[0] + 12 * header[_COLOURS]
    dots = memoryview(dump)[begin : begin + header[_HEIGHT] * header[_LINE]].cast("I")
    return len(set(dots[::_STEP]))


def _chunk(kind: bytes, content: bytes) -> bytes:
    return struct.pack(">I", len(content)) + kind + content + struct.pack(">I", zlib.crc32(kind + content))
