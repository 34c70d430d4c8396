"""Which pairs are asked for together: few requests, none of them larger than a server allows."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

Places = NDArray[np.intp]
Block = tuple[Places, Places]
"""Starts and ends, as indices of places; each of the one with each of the other."""

_WORTH = 0.5
"""Share of the pairs of a row that have to be missing, for the row to be asked with others."""


def blocks(missing: NDArray[np.bool_]) -> Iterator[Block]:
    """Yield blocks that hold all missing pairs between them, whatever their size.

    Parameters
    ----------
    missing
        Shape ``(places, places)``; of a place with itself nothing is ever asked, whatever it says.
    """
    missing = missing.copy()
    np.fill_diagonal(missing, False)
    while missing.any():
        ends = missing[missing.sum(axis=1).argmax()]
        starts = missing[:, ends].sum(axis=1) >= _WORTH * ends.sum()
        ends = ends | (missing[starts].sum(axis=0) >= _WORTH * starts.sum())
        missing[np.ix_(starts, ends)] = False
        yield np.flatnonzero(starts), np.flatnonzero(ends)


def tiles(block: Block, most: int) -> Iterator[Block]:
    """Yield the parts of a block that have no more places together than a request may have.

    Parameters
    ----------
    block
        What is asked for.
    most
        Places in one request; at least two.
    """
    starts, ends = block
    high = min(len(starts), most // 2)
    wide = min(len(ends), most - high)
    high = min(len(starts), most - wide)
    for row in range(0, len(starts), high):
        for column in range(0, len(ends), wide):
            yield starts[row : row + high], ends[column : column + wide]
