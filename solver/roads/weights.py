"""What a way costs as one whole number: sums of numbers are sums of ways, and the lesser number is the better way.

From the highest bits to the lowest: how many restricted areas it enters (6 bits), milliseconds (30 bits, 12 days) and
decimetres (26 bits, 6,700 km). So of two ways the one counts that enters fewer restricted areas, then the faster one,
then the shorter one, and a restricted street is never a short cut but can still be where a journey begins or ends.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

FAR = (1 << 62) - 1
"""Of what cannot be driven. The sum of two still fits into int64."""

LONGEST = (1 << 28) - 1
"""Milliseconds that one edge may take at most: three days, whatever slows it down."""

_TIME = 26
_ENTRY = 56
_TIMES = (1 << (_ENTRY - _TIME)) - 1
_LENGTHS = (1 << _TIME) - 1
_MOST_ENTRIES = 61


def packed(milliseconds: ArrayLike, decimetres: ArrayLike = 0, entries: ArrayLike = 0) -> NDArray[np.int64]:
    """Return weights of whole milliseconds, decimetres and entries into restricted areas."""
    time, length, entry = (np.asarray(part, dtype=np.int64) for part in (milliseconds, decimetres, entries))
    return np.asarray((entry << _ENTRY) + (time << _TIME) + length, dtype=np.int64)


def reachable(weight: NDArray[np.int64]) -> NDArray[np.bool_]:
    """Tell which are ways; what began at a part of an edge may be a little below `FAR` and is none."""
    return weight >> _ENTRY <= _MOST_ENTRIES


def milliseconds(weight: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the time of ways."""
    return weight >> _TIME & _TIMES


def decimetres(weight: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the length of ways."""
    return weight & _LENGTHS
