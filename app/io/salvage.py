"""What can still be read of a damaged archive: its members one by one, without the directory at its end."""

from __future__ import annotations

import struct
import zlib
from collections.abc import Iterator
from pathlib import Path, PurePosixPath

from app.io.bundle import LARGEST_BUNDLE, LARGEST_FILE, Bundle
from app.language import tr

_MAGIC = b"PK\x03\x04"
_HEADER = struct.Struct("<4s5H3I2H")
_STORED, _DEFLATED = 0, 8
_STEP = 256
"""Bytes that are unpacked at a time: so many are lost before the first that is damaged."""
_WHOLE = tr("a file that is whole; its end is missing")
_SOUND = tr("a file that is as it was saved; check what stands in it")


def salvaged(path: Path, wanted: frozenset[str]) -> Bundle:
    """Return what is left of the wanted members of an archive.

    Of a member whose end is missing, the lines that are whole are returned. What is not as it was saved has an issue.

    Parameters
    ----------
    path
        Of the archive.
    wanted
        File names in lower case.
    """
    bundle = Bundle()
    try:
        data = path.read_bytes() if path.stat().st_size <= LARGEST_FILE else b""
    except (OSError, ValueError):
        return bundle
    left = LARGEST_BUNDLE
    for name, content, fault in _members(data):
        left -= len(content)
        if left < 0:
            break
        if name in wanted and name not in bundle.files:
            bundle.files[name] = content
            if fault:
                bundle.complain(name, "", fault)
    return bundle


def _members(data: bytes) -> Iterator[tuple[str, bytes, str]]:
    """Yield name, content and what is wrong with it ("" for nothing) of every member that can be found."""
    at = data.find(_MAGIC)
    while at >= 0 and len(data) - at >= _HEADER.size:
        _, _, flags, method, _, _, checksum, packed, size, length, extra = _HEADER.unpack_from(data, at)
        begin = at + _HEADER.size
        name = PurePosixPath(data[begin : begin + length].decode("utf-8", "replace")).name.casefold()
        begin += length + extra
        # Without a size in the header, or with one that is damaged, deflated data still says where it ends.
        content, end = _unpacked(data, begin, method, packed)
        if flags & 0x1 or content is None:
            at = data.find(_MAGIC, at + 1)
            continue
        whole = zlib.crc32(content) == checksum and len(content) == size
        if whole:
            yield name, content, ""
        elif end is None or len(content) < size:
            yield name, content[: content.rfind(b"\n") + 1], _WHOLE
        else:
            yield name, content, _SOUND
        at = data.find(_MAGIC, end if end is not None else begin)


def _unpacked(data: bytes, begin: int, method: int, packed: int) -> tuple[bytes | None, int | None]:
    """Return what can be unpacked from a place on, and where it ends; None for an end that was not reached."""
    if method == _STORED:
        end = begin + packed
        return data[begin:end], end if end <= len(data) else None
    if method != _DEFLATED:
        return None, None
    stream = zlib.decompressobj(-zlib.MAX_WBITS)
    parts: list[bytes] = []
    size, at = 0, begin
    while at < len(data) and not stream.eof and size <= LARGEST_FILE:
        chunk = data[at : at + _STEP]
        at += len(chunk)
        try:
            parts.append(stream.decompress(chunk))
        except zlib.error:
            break
        size += len(parts[-1])
    return b"".join(parts), at - len(stream.unused_data) if stream.eof else None
