"""As much of Protocol Buffers as ``.pbf`` files need."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

_LONGEST = 10
"""Bytes of a varint."""


def varint(data: bytes, at: int) -> tuple[int, int]:
    """Return the number at a place and the place behind it.

    Raises
    ------
    IndexError
        If the data end in it.
    """
    value = shift = 0
    while True:
        byte = data[at]
        at += 1
        value |= (byte & 127) << shift
        if byte < 128:
            return value, at
        shift += 7


def fields(data: bytes) -> Iterator[tuple[int, int | bytes]]:
    """Yield the fields of a message: their number, and an integer or bytes.

    Raises
    ------
    IndexError, ValueError
        If it is no message of integers and bytes.
    """
    at = 0
    while at < len(data):
        key, at = varint(data, at)
        value, at = varint(data, at)
        if key & 7 == 0:
            yield key >> 3, value
        elif key & 7 == 2 and at + value <= len(data):
            yield key >> 3, data[at : at + value]
            at += value
        else:
            raise ValueError(f"field of type {key & 7}")


def varints(data: bytes) -> NDArray[np.uint64]:
    """Return all numbers of a packed field.

    Raises
    ------
    ValueError
        If the last one is cut off, or one is too long.
    """
    raw = np.frombuffer(data, dtype=np.uint8)
    ends = np.flatnonzero(raw < 128)
    if not len(raw):
        return np.empty(0, dtype=np.uint64)
    if not len(ends) or ends[-1] != len(raw) - 1:
        raise ValueError("a number is cut off")
    starts = np.concatenate([[0], ends[:-1] + 1])
    sizes = ends - starts + 1
    longest = int(sizes.max())
    if longest > _LONGEST:
        raise ValueError("a number is too long")
    value: NDArray[np.uint64] = (raw[starts] & 127).astype(np.uint64)
    for byte in range(1, longest):
        which = np.flatnonzero(sizes > byte)
        value[which] |= (raw[starts[which] + byte] & 127).astype(np.uint64) << np.uint64(7 * byte)
    return value


def differences(data: bytes) -> NDArray[np.int64]:
    """Return the numbers of a packed field of signed ones that holds each as its difference from the one before.

    Raises
    ------
    ValueError
        If the field is damaged.
    """
    value = varints(data)
    signed = (value >> np.uint64(1)).astype(np.int64) ^ -(value & np.uint64(1)).astype(np.int64)
    return np.cumsum(signed, dtype=np.int64)
