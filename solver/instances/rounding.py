"""Which kinds of benchmark instances there are, and how each turns the file's numbers into whole units."""

from __future__ import annotations

from enum import Enum

import numpy as np
from numpy.typing import NDArray


class Rounding(Enum):
    """A rounding convention; cost units per unit of the file's coordinates are its ``scale``."""

    ROUND = "round"
    """To the nearest integer, halves upwards, as TSPLIB and CVRPLIB have it for capacitated instances."""

    DIMACS = "dimacs"
    """Truncated to one decimal and times ten, as the 12th DIMACS challenge has it for time windows."""

    EXACT = "exact"
    """Times one thousand and to the nearest integer, halves upwards."""

    @property
    def scale(self) -> int:
        """Whole units per unit of the file."""
        return {"round": 1, "dimacs": 10, "exact": 1000}[self.value]

    def units(self, values: NDArray[np.float64]) -> NDArray[np.int64]:
        """Turn numbers of the file into whole units; any shape."""
        scaled = values * self.scale
        return (scaled if self is Rounding.DIMACS else np.floor(scaled + 0.5)).astype(np.int64)


ROUNDING: dict[str, Rounding] = {
    "CVRP": Rounding.ROUND,
    "HFVRP": Rounding.ROUND,
    "VRPB": Rounding.ROUND,
    "GVRP": Rounding.ROUND,
    "SOLOMON": Rounding.DIMACS,
    "VRPTW": Rounding.DIMACS,
    "PCVRPTW": Rounding.DIMACS,
    "MTVRPTWR": Rounding.DIMACS,
    "SDVRPTW": Rounding.EXACT,
    "MDVRPTW": Rounding.EXACT,
}
"""Rounding convention per kind of instance; a kind is the name of the folder that the instance lies in."""
