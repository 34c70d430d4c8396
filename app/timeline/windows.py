"""Time windows of the stops of a route, so that each can be told from those of its neighbours."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.model.scenario import Customer

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class Windows:
    """What is drawn of windows: of each stop only what lies in the time around its visit.

    Windows last for hours and visits for minutes, so whole ones would lie over one another. Cut, each belongs to the
    stop above it, and those that open or close near their visit, which are the ones that matter, can be seen to.

    Parameters
    ----------
    spans
        Shape ``(windows, 2)``: begins and ends, seconds since midnight.
    real
        Shape ``(windows, 2)``: whether the window begins or ends there, or goes on.
    """

    spans: Floats = field(default_factory=lambda: np.empty((0, 2)))
    real: NDArray[np.bool_] = field(default_factory=lambda: np.empty((0, 2), dtype=bool))


def cut_windows(
    customers: Sequence[Customer | None], leaves: Floats, arrives: Floats, departs: Floats, end: float
) -> Windows:
    """Cut the windows of the customers of a route: each to what lies between the middles of the drives around it.

    Parameters
    ----------
    customers
        In the order of the visits; None has no window.
    leaves, arrives, departs
        Shape ``(visits,)``: when the drive that leads to a visit begins and ends, and when the vehicle goes on.
    end
        When the route ends.
    """
    if not len(leaves):
        return Windows()
    middles = (leaves + arrives) / 2
    firsts = np.concatenate([leaves[:1], middles[1:]]).tolist()
    lasts = np.concatenate([middles[1:], [max(end, departs[-1])]]).tolist()
    spans, real = [], []
    for customer, first, last in zip(customers, firsts, lasts, strict=True):
        for opens, closes in customer.windows if customer is not None else ():
            if opens <= last and closes >= first:
                spans.append((max(opens, first), min(closes, last)))
                real.append((opens >= first, closes <= last))
    return Windows(np.array(spans).reshape(-1, 2), np.array(real, dtype=bool).reshape(-1, 2))
