"""What a matrix of travel on roads is made of."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from solver.roads.hierarchy import Metric
from solver.roads.labels import Labels
from solver.roads.snapping import Snaps


@dataclass(frozen=True, eq=False)
class RoadMatrix:
    """Travel between points along the fastest ways, and what `solver.roads.router.Router.extended` goes on from.

    Parameters
    ----------
    points
        Shape ``(n, 2)``, degrees.
    distance, duration
        Shape ``(n, n)``, int64, metres and seconds of the same way; `solver.problem.UNREACHABLE` where there is none,
        and 0 between points at the same place, which need no road.
    snaps
        Where the points meet the roads.
    labels, metric
        What the entries were computed from.
    """

    points: NDArray[np.float64]
    distance: NDArray[np.int64]
    duration: NDArray[np.int64]
    snaps: Snaps
    labels: Labels
    metric: Metric
