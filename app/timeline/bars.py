"""What all lanes have of one kind, in arrays, so that it can be drawn with a call or two whatever its number."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from app.timeline.axis import TimeAxis
from app.timeline.rows import Rows

Spans = NDArray[np.float64]
"""Begins and ends, shape ``(spans, 2)``, seconds since midnight."""

FAR = 10_000.0
"""Pixels beyond the view at which what is drawn is cut: Qt draws wrongly where numbers are very large."""

BIAS = 1e-4
"""Pixels that are added, so that what lies on the edge of a pixel goes to the same side wherever it was panned from."""


def no_spans() -> Spans:
    """Return no time at all."""
    return np.empty((0, 2))


@dataclass(frozen=True, slots=True, eq=False)
class Bars:
    """Times in lanes.

    Parameters
    ----------
    rows
        Shape ``(bars,)``: the lane of each.
    spans
        Shape ``(bars, 2)``.
    """

    rows: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, dtype=np.int64))
    spans: Spans = field(default_factory=no_spans)

    @classmethod
    def of(cls, spans: Iterable[Spans]) -> Bars:
        """Join the spans of each lane."""
        by_lane = list(spans)
        if not by_lane:
            return cls()
        return cls(np.repeat(np.arange(len(by_lane)), [len(one) for one in by_lane]), np.concatenate(by_lane))

    def shown(self, axis: TimeAxis, rows: Rows, part: tuple[float, float]) -> NDArray[np.int64]:
        """Return which bars of the lanes in view reach between two pixels."""
        begins, ends = self.spans.T
        lanes, first, last = rows.shown, axis.to_time(part[0]), axis.to_time(part[1])
        return np.flatnonzero(
            (ends >= first) & (begins <= last) & (self.rows >= lanes.start) & (self.rows < lanes.stop)
        )

    def boxes(self, which: NDArray[np.int64], axis: TimeAxis, rows: Rows) -> list[list[float]]:
        """Return where bars begin and end and where their lanes begin, in pixels: ``[left, right, top]`` of each."""
        pixels = (axis.to_pixel(self.spans[which]) + BIAS).clip(-FAR, axis.width + FAR)
        made: list[list[float]] = np.column_stack([pixels, rows.pixels(self.rows[which])]).tolist()
        return made
