"""The types of the arrays of a problem, and how they are made and kept from changing."""

from __future__ import annotations

from dataclasses import fields

import numpy as np
from numpy.typing import ArrayLike, NDArray

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]
BoolArray = NDArray[np.bool_]


def ints(values: ArrayLike) -> IntArray:
    """Return values as whole numbers of 64 bits, contiguous in memory."""
    return np.ascontiguousarray(values, dtype=np.int64)


def floats(values: ArrayLike) -> FloatArray:
    """Return values as floating-point numbers of 64 bits, contiguous in memory."""
    return np.ascontiguousarray(values, dtype=np.float64)


def freeze(record: object) -> None:
    """Let nobody write into the arrays of a dataclass any more."""
    for part in fields(record):  # type: ignore[arg-type]
        value = getattr(record, part.name)
        if isinstance(value, np.ndarray):
            value.flags.writeable = False
