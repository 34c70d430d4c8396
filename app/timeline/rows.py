"""Which lanes are in view: they have one height and lie below one another."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

LANE = 34
"""Logical pixels of a lane."""


@dataclass(frozen=True, slots=True)
class Rows:
    """Lanes as rows that can be scrolled.

    Parameters
    ----------
    count
        How many there are.
    top
        Pixels that are scrolled out above.
    height
        Pixels of the view.
    """

    count: int = 0
    top: float = 0.0
    height: int = 1

    @property
    def reach(self) -> float:
        """How far it can be scrolled, pixels."""
        return max(self.count * LANE - self.height, 0)

    def at(self, py: float) -> int | None:
        """Return the lane at a pixel."""
        row = int((py + self.top) // LANE)
        return row if 0 <= row < self.count else None

    def pixel(self, row: int) -> float:
        """Return where a lane begins."""
        return row * LANE - self.top

    def pixels(self, rows: NDArray[np.int64]) -> NDArray[np.float64]:
        """Return where lanes begin."""
        return rows.astype(np.float64) * LANE - self.top

    @property
    def shown(self) -> range:
        """The lanes of which something is in view."""
        return range(max(int(self.top // LANE), 0), min(int((self.top + self.height - 1) // LANE) + 1, self.count))

    def scrolled(self, top: float) -> Rows:
        """Return the rows scrolled to a place, as far as that goes."""
        return replace(self, top=min(max(top, 0.0), self.reach))

    def showing(self, row: int) -> Rows:
        """Return the rows scrolled as little as needed to show all of a lane."""
        return self.scrolled(min(max(self.top, (row + 1) * LANE - self.height), row * LANE))
