"""The program's icon as Windows keeps it: one file with pictures in several sizes."""

from __future__ import annotations

import struct
from pathlib import Path

from rendering import png

SIZES = (16, 20, 24, 32, 40, 48, 64, 256)
"""Those that Windows shows at 100, 125, 150 and 200 percent, in lists, on the task bar and on the desktop."""


def ico_bytes(svg: Path) -> bytes:
    """Return a drawing as an .ico file.

    Parameters
    ----------
    svg
        The drawing.
    """
    pictures = [png(svg, size) for size in SIZES]
    header = struct.pack("<HHH", 0, 1, len(pictures))
    offset = len(header) + 16 * len(pictures)
    entries = b""
    for size, picture in zip(SIZES, pictures, strict=True):
        side = size % 256  # 0 says 256
        entries += struct.pack("<BBBBHHII", side, side, 0, 0, 1, 32, len(picture), offset)
        offset += len(picture)
    return header + entries + b"".join(pictures)
