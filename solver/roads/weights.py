"""What a way costs as one whole number: sums of numbers are sums of ways, and the lesser number is the better way.

From the highest bits to the lowest: how many restricted areas it enters (5 bits), milliseconds (31 bits, 24 days) and
decimetres (26 bits, 6,700 km). So of two ways the one counts that enters fewer restricted areas, then the faster one,
then the shorter one, and a restricted street is never a short cut but can still be where a journey begins or ends.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import ArrayLike, NDArray

FAR = (1 << 62) - 1
"""Of what cannot be driven. The sum of two still fits into int64."""

TIME_SHIFT = 26
"""Bits below the time."""

ENTRY_SHIFT = 57
"""Bits below the entries."""

MOST = (30 << ENTRY_SHIFT) - 1
"""Of a way; what is more is none, even if it begins at a part of an edge and so is a little below `FAR`."""

MOST_TIME = (1 << (ENTRY_SHIFT - TIME_SHIFT)) - 1
"""Milliseconds of a way."""

MOST_LENGTH = (1 << TIME_SHIFT) - 1
"""Decimetres of a way."""

LONGEST = (1 << 28) - 1
"""Milliseconds that one edge may take at most: three days, whatever slows it down."""


def packed(milliseconds: ArrayLike, decimetres: ArrayLike = 0, entries: ArrayLike = 0) -> NDArray[np.int64]:
    """Return weights of whole milliseconds, decimetres and entries into restricted areas."""
    time, length, entry = (np.asarray(part, dtype=np.int64) for part in (milliseconds, decimetres, entries))
    return np.asarray((entry << ENTRY_SHIFT) + (time << TIME_SHIFT) + length, dtype=np.int64)


def milliseconds(weight: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the time of ways."""
    return weight >> TIME_SHIFT & MOST_TIME


def decimetres(weight: NDArray[np.int64]) -> NDArray[np.int64]:
    """Return the length of ways."""
    return weight & MOST_LENGTH
