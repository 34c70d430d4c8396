"""Which part of the day is in view: seconds to pixels and back, panning and zooming, in plain numbers."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

Number = TypeVar("Number", float, NDArray[np.float64])

FINEST = 2.0
"""Least seconds of a pixel: a visit of half an hour fills the view."""
COARSEST = 1800.0
"""Most seconds of a pixel."""


@dataclass(frozen=True, slots=True)
class TimeAxis:
    """Time runs to the right.

    Parameters
    ----------
    left
        Seconds since midnight at the left edge.
    scale
        Seconds of one logical pixel.
    width
        Logical pixels.
    """

    left: float = 0.0
    scale: float = 60.0
    width: int = 1

    @property
    def right(self) -> float:
        """Seconds since midnight at the right edge."""
        return self.left + self.width * self.scale

    def to_pixel(self, seconds: Number) -> Number:
        """Return where a time of day is, one or an array of them."""
        return (seconds - self.left) / self.scale

    def to_time(self, px: float) -> float:
        """Return the time of day at a pixel."""
        return self.left + px * self.scale

    def panned(self, dx: float) -> TimeAxis:
        """Return the axis after the day was dragged by pixels."""
        return replace(self, left=self.left - dx * self.scale)

    def zoomed(self, factor: float, px: float) -> TimeAxis:
        """Return the axis magnified within limits, the time at a pixel staying where it is."""
        scale = min(max(self.scale / factor, FINEST), COARSEST)
        return replace(self, left=self.to_time(px) - px * scale, scale=scale)

    def fitted(self, begin: float, end: float, margin: float) -> TimeAxis:
        """Return the axis that shows a time as large as it can be within margins of pixels on both sides."""
        room = max(self.width - 2 * margin, 1.0)
        scale = min(max((end - begin) / room, FINEST), COARSEST)
        return replace(self, left=(begin + end - self.width * scale) / 2, scale=scale)

    def held(self, begin: float, end: float) -> TimeAxis:
        """Return the axis panned just so far that its middle lies between two times: nobody gets lost in the night."""
        half = self.width * self.scale / 2
        return replace(self, left=min(max(self.left, begin - half), end - half))

    def showing(self, begin: float, end: float, margin: float) -> TimeAxis:
        """Return the axis panned as little as needed to show a time with margins of pixels; its begin goes first."""
        low, high = begin - margin * self.scale, end + margin * self.scale
        left = max(self.left, high - self.width * self.scale)
        return replace(self, left=min(left, low))
