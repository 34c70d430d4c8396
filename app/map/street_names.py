"""Names of streets along them, where there is room. No Qt here."""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

AIR = 12.0
"""Pixels that a street is longer than its name."""
APART = 15.0
"""Pixels between names."""
AGAIN = 320.0
"""Pixels after which a name may stand once more."""
MOST = 80
"""Names in a picture."""
STEP = 12.0
"""Pixels between the points at which a name keeps its distance from others."""


@dataclass(frozen=True, slots=True)
class NameSpot:
    """Where a name stands.

    Parameters
    ----------
    text
        The name.
    x, y
        Pixels of its middle.
    angle
        Degrees, clockwise, such that it can be read.
    """

    text: str
    x: float
    y: float
    angle: float


@dataclass(frozen=True, slots=True, eq=False)
class Stretch:
    """A straight part of a street.

    Parameters
    ----------
    text
        Its name.
    start, end
        Pixels.
    """

    text: str
    start: tuple[float, float]
    end: tuple[float, float]

    @property
    def length(self) -> float:
        """Pixels."""
        return math.dist(self.start, self.end)


def placed(stretches: list[Stretch], width: Callable[[str], float]) -> list[NameSpot]:
    """Return where names stand: on the longest stretches first, clear of each other.

    Parameters
    ----------
    stretches
        Those of greater streets come first, and go before longer ones.
    width
        Of a text, pixels.
    """
    spots: list[NameSpot] = []
    taken = np.empty((0, 2))
    places: dict[str, list[tuple[float, float]]] = {}
    for one in stretches:
        if len(spots) == MOST:
            break
        wide = width(one.text)
        if one.length < wide + AIR:
            continue
        (ax, ay), (bx, by) = one.start, one.end
        middle = (ax + bx) / 2, (ay + by) / 2
        if any(math.dist(middle, other) < AGAIN for other in places.get(one.text, ())):
            continue
        share = np.linspace(-0.5, 0.5, 2 + int(wide / STEP))[:, None] * wide / one.length
        covered = np.array(middle) + share * np.array([bx - ax, by - ay])
        if len(taken) and np.hypot(*(taken[None] - covered[:, None]).transpose(2, 0, 1)).min() < APART:
            continue
        taken = np.concatenate([taken, covered])
        places.setdefault(one.text, []).append(middle)
        angle = math.degrees(math.atan2(by - ay, bx - ax))
        spots.append(NameSpot(one.text, *middle, (angle + 90) % 180 - 90))
    return spots
