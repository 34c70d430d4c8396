"""The program's icon as macOS keeps it: one file with pictures in several sizes."""

from __future__ import annotations

import struct
from pathlib import Path

from rendering import png

_SIZES = {
    b"icp4": 16, b"ic11": 32, b"icp5": 32, b"ic12": 64, b"ic07": 128, b"ic13": 256, b"ic08": 256, b"ic14": 512,
    b"ic09": 512, b"ic10": 1024,
}  # fmt: skip
"""Pixels of each kind of picture; of two with the same size one is for screens with twice the pixels."""

_COVERED = 0.86
"""How much of the square the drawing takes, so that it is as large as the icons beside it in the Dock."""


def icns_bytes(svg: Path) -> bytes:
    """Return a drawing as an .icns file.

    Parameters
    ----------
    svg
        The drawing.
    """
    pictures = {size: png(svg, size, _COVERED) for size in set(_SIZES.values())}
    chunks = b"".join(
        kind + struct.pack(">I", 8 + len(pictures[size])) + pictures[size] for kind, size in _SIZES.items()
    )
    return b"icns" + struct.pack(">I", 8 + len(chunks)) + chunks
