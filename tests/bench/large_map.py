"""A large OpenStreetMap file made of a small one: copies of it side by side, as many as are asked for.

The nodes of copies have ids that mix, as those of neighbouring towns do. Relations are left out.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from itertools import pairwise
from pathlib import Path
from typing import BinaryIO

from solver.roads.osm.protobuf import differences, fields, varint

_IDS = 13_000_000_000
"""About as many as OpenStreetMap has given to nodes."""

_BESIDE, _STEP = 30, 2_500_000
"""Copies in a row, and units of 1e-7 degrees from one to the next."""

_STRINGS, _GROUP = 1, 2  # of a block
_DENSE, _WAYS = 2, 3  # of a group
_REFS = 8  # of a way

Fields = list[tuple[int, int | bytes]]


def write_copies(source: Path, target: Path, copies: int) -> None:
    """Write a file of copies of a small ``.pbf`` of dense nodes and ways."""
    header, *blocks = _blocks(source)
    nodes = [(block, group) for block in blocks for group in _groups(block, _DENSE)]
    ways = [(block, group) for block in blocks for group in _groups(block, _WAYS)]
    met = {one for _, group in nodes for one in _packed(group, 1)} | {
        one for _, group in ways for one in _packed(group, _REFS)
    }
    apart = _IDS // (len(met) * copies)
    spread = {one: rank * copies * apart for rank, one in enumerate(sorted(met))}
    nodes = [(block, _renumbered(group, 1, spread)) for block, group in nodes]
    ways = [(block, _renumbered(group, _REFS, spread)) for block, group in ways]
    with target.open("wb") as file:
        _write(file, b"OSMHeader", header)
        for copy in range(copies):
            for block, group in nodes:
                _write(file, b"OSMData", _with_group(block, _moved_nodes(group, copy, apart)))
        for copy in range(copies):
            for block, group in ways:
                _write(file, b"OSMData", _with_group(block, _moved_ways(group, copy, apart)))


def _packed(group: Fields, field: int) -> Iterator[int]:
    """Yield the ids of one packed field of all messages of a group."""
    for _, message in group:
        for number, value in fields(message):  # type: ignore[arg-type]
            if number == field and isinstance(value, bytes):
                yield from differences(value).tolist()


def _renumbered(group: Fields, field: int, spread: dict[int, int]) -> Fields:
    done: Fields = []
    for kind, message in group:
        parts: Fields = []
        for number, value in fields(message):  # type: ignore[arg-type]
            if number == field and isinstance(value, bytes):
                ids = [0, *(spread[one] for one in differences(value).tolist())]
                value = b"".join(_varint(_zigzag(one - before)) for before, one in pairwise(ids))
            parts.append((number, value))
        done.append((kind, _message(parts)))
    return done


def _blocks(path: Path) -> Iterator[bytes]:
    with path.open("rb") as file:
        while size := int.from_bytes(file.read(4), "big"):
            length = dict(fields(file.read(size)))[3]
            assert isinstance(length, int)
            packed = dict(fields(file.read(length)))[3]
            assert isinstance(packed, bytes)
            yield zlib.decompress(packed)


def _groups(block: bytes, kind: int) -> Iterator[Fields]:
    for number, group in fields(block):
        if number == _GROUP and isinstance(group, bytes):
            found = [field for field in fields(group) if field[0] == kind]
            if found:
                yield found


def _with_group(block: bytes, group: bytes) -> bytes:
    return _message([*(field for field in fields(block) if field[0] != _GROUP), (_GROUP, group)])


def _moved_nodes(group: Fields, copy: int, apart: int) -> bytes:
    shifts = {1: copy * apart, 8: copy // _BESIDE * _STEP, 9: copy % _BESIDE * _STEP}
    return _message((kind, _message(_shifted(fields(dense), shifts))) for kind, dense in group)  # type: ignore[arg-type]


def _moved_ways(group: Fields, copy: int, apart: int) -> bytes:
    moved: Fields = []
    for kind, way in group:
        assert isinstance(way, bytes)
        parts = [(number, value + copy * 10**9 if number == 1 else value) for number, value in fields(way)]  # type: ignore[operator]
        moved.append((kind, _message(_shifted(parts, {_REFS: copy * apart}))))
    return _message(moved)


def _shifted(parts: Iterable[tuple[int, int | bytes]], shifts: dict[int, int]) -> Iterator[tuple[int, int | bytes]]:
    """Add to the first number of packed fields; the others are differences, and follow it."""
    for number, value in parts:
        if number in shifts and isinstance(value, bytes):
            first, rest = varint(value, 0)
            signed = ((first >> 1) ^ -(first & 1)) + shifts[number]
            value = _varint(_zigzag(signed)) + value[rest:]
        yield number, value


def _write(file: BinaryIO, kind: bytes, content: bytes) -> None:
    blob = _message([(2, len(content)), (3, zlib.compress(content, 1))])
    header = _message([(1, kind), (3, len(blob))])
    file.write(len(header).to_bytes(4, "big") + header + blob)


def _message(parts: Iterable[tuple[int, int | bytes]]) -> bytes:
    out = []
    for number, value in parts:
        if isinstance(value, bytes):
            out += [_varint(number << 3 | 2), _varint(len(value)), value]
        else:
            out += [_varint(number << 3), _varint(value)]
    return b"".join(out)


def _zigzag(value: int) -> int:
    return value * 2 if value >= 0 else -value * 2 - 1


def _varint(value: int) -> bytes:
    out = bytearray()
    while value > 127:
        out.append(value & 127 | 128)
        value >>= 7
    return bytes([*out, value])
