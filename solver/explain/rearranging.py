"""Ways to put a few stops in another order, as tables of indices: ``order[..., table]`` has a row for each."""

from __future__ import annotations

from functools import lru_cache
from itertools import permutations
from math import factorial

import numpy as np
from numpy.typing import NDArray

Table = NDArray[np.int64]

LONGEST_SEGMENT = 3
"""Stops that are moved together at most."""


@lru_cache(maxsize=8)
def all_orders(number: int) -> Table:
    """Return every order of so many stops, shape ``(number!, number)``."""
    made = np.array(list(permutations(range(number))), dtype=np.int64).reshape(factorial(number), number)
    made.flags.writeable = False
    return made


@lru_cache(maxsize=64)
def neighbours(number: int) -> Table:
    """Return the orders that one move makes of an order of so many stops, shape ``(moves, number)``, each once.

    A move takes up to `LONGEST_SEGMENT` neighbouring stops elsewhere, as they are or turned round; or turns any segment
    round; or exchanges two stops.
    """
    order = tuple(range(number))
    made: dict[tuple[int, ...], None] = {}
    for start in range(number):
        for end in range(start + 1, number + 1):
            segment = order[start:end]
            made[*order[:start], *segment[::-1], *order[end:]] = None
            if len(segment) <= LONGEST_SEGMENT:
                left = (*order[:start], *order[end:])
                for place in range(len(left) + 1):
                    made[*left[:place], *segment, *left[place:]] = None
                    made[*left[:place], *segment[::-1], *left[place:]] = None
        for other in range(start + 1, number):
            swapped = list(order)
            swapped[start], swapped[other] = swapped[other], swapped[start]
            made[tuple(swapped)] = None
    made.pop(order, None)
    table = np.array(list(made), dtype=np.int64).reshape(len(made), number)
    table.flags.writeable = False
    return table


@lru_cache(maxsize=64)
def insertions(number: int) -> Table:
    """Return where one more can stand among so many, shape ``(number + 1, number + 1)``; its own index is ``number``.

    The rows go by its place.
    """
    made = np.array([[*range(place), number, *range(place, number)] for place in range(number + 1)], dtype=np.int64)
    made.flags.writeable = False
    return made
