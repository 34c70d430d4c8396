"""Nodes of a ``.pbf``, decoded as arrays: most of a file are nodes of buildings, and an object for each is too slow.

What is not as files usually are is left to osmium: other compression, nodes that are not dense, another granularity,
and whatever is damaged.
"""

from __future__ import annotations

import zlib
from collections.abc import Iterable, Iterator
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from solver.roads.osm.protobuf import differences, fields, varints

BLOB_MOST = 32 * 1024 * 1024
"""Bytes that a blob may have, packed or not."""

_DENSE, _PLAIN = 0x12, 0x0A
"""First bytes of groups of nodes; those of ways and relations have others."""


class NodeBatch(NamedTuple):
    """Some nodes.

    Parameters
    ----------
    ids
        Shape ``(nodes,)``, int64.
    places
        Shape ``(nodes, 2)``, int32, units of 1e-7 degrees.
    tagged
        Index and all tags of each node that has one of the keys that were asked for.
    """

    ids: NDArray[np.int64]
    places: NDArray[np.int32]
    tagged: list[tuple[int, dict[str, str]]]


def decode(blob: bytes, keys: Iterable[str]) -> list[NodeBatch] | None:
    """Return the nodes of a blob; None where it is not as usual.

    Parameters
    ----------
    blob
        A message of type Blob.
    keys
        Of the tags that matter.
    """
    try:
        content = dict(fields(blob))
        packed = content.get(3)
        if not isinstance(packed, bytes):
            return None
        return list(_batches(_unpacked(packed), [key.encode() for key in keys]))
    except (zlib.error, ValueError, IndexError, OverflowError):
        return None


class _UnusualError(ValueError):
    """Something that osmium can read and this module cannot."""


def _unpacked(packed: bytes) -> bytes:
    stream = zlib.decompressobj()
    data = stream.decompress(packed, BLOB_MOST)
    if not stream.eof:
        raise _UnusualError("a blob is cut off, or too large")
    return data


def _batches(block: bytes, keys: list[bytes]) -> Iterator[NodeBatch]:
    table, groups = b"", []
    for number, value in fields(block):
        if number == 1 and isinstance(value, bytes):
            table = value
        elif number == 2 and isinstance(value, bytes):
            groups.append(value)
        elif (number, value) not in ((17, 100), (19, 0), (20, 0)) and number in (17, 19, 20):
            raise _UnusualError("granularity")
    for group in groups:
        if group[:1] == bytes([_PLAIN]):
            raise _UnusualError("nodes that are not dense")
        if group[:1] == bytes([_DENSE]):
            for _, dense in fields(group):
                if isinstance(dense, bytes):
                    yield _batch(dense, table, keys)


def _batch(dense: bytes, table: bytes, keys: list[bytes]) -> NodeBatch:
    parts = {number: value for number, value in fields(dense) if isinstance(value, bytes)}
    ids, lats, lons = (differences(parts.get(number, b"")) for number in (1, 8, 9))
    if not len(ids) == len(lats) == len(lons):
        raise _UnusualError("columns of different length")
    places = np.stack([lats, lons], axis=1)
    if len(places) and np.abs(places).max() > 1_800_000_000:
        raise _UnusualError("a place outside the world")
    tagged = _tagged(varints(parts.get(10, b"")).astype(np.int64), table, keys, len(ids))
    return NodeBatch(ids, places.astype(np.int32), tagged)


def _tagged(pairs: NDArray[np.int64], table: bytes, keys: list[bytes], nodes: int) -> list[tuple[int, dict[str, str]]]:
    """Return the tags of nodes that have one of the keys.

    ``pairs`` are key, value, key, value, ..., 0 for each node, as indices into the table of texts.
    """
    if not len(pairs) or not any(key in table for key in keys):
        return []
    texts = [value for _, value in fields(table) if isinstance(value, bytes)]
    wanted = [index for index, text in enumerate(texts) if text in keys]
    ends = np.flatnonzero(pairs == 0)
    if len(ends) != nodes or ends[-1] != len(pairs) - 1:
        raise _UnusualError("tags of another number of nodes")
    starts = np.concatenate([[0], ends[:-1] + 1])
    hits = np.flatnonzero(np.isin(pairs, wanted))
    node = np.searchsorted(ends, hits)
    node = np.unique(node[(hits - starts[node]) % 2 == 0])
    found = []
    for one in node.tolist():
        words = [texts[index].decode() for index in pairs[starts[one] : ends[one]].tolist()]
        found.append((one, dict(zip(words[::2], words[1::2], strict=True))))
    return found
