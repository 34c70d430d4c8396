"""Cuts lines into dashes, many at once.

Qt can dash a pen, but begins each line anew, so that a route with short legs would look solid, and it takes longer for
it than for all else on the map. Dashes that are lines of their own follow the route round its corners and are drawn as
fast as any lines.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.map.camera import Rect

Floats = NDArray[np.float64]
Ints = NDArray[np.int64]

Pattern = Sequence[float]
"""Lengths of dash and gap in turn; nothing is a solid line."""


@dataclass(frozen=True, slots=True)
class Lines:
    """Straight lines that each lie somewhere along a longer way.

    Parameters
    ----------
    x0, y0, x1, y1
        Shape ``(lines,)``: ends, map units.
    begins
        Shape ``(lines,)``: how far along the way each begins, map units.
    owners
        Shape ``(lines,)``: what each belongs to.
    """

    x0: Floats
    y0: Floats
    x1: Floats
    y1: Floats
    begins: Floats
    owners: Ints

    @property
    def lengths(self) -> Floats:
        """Shape ``(lines,)``: map units."""
        return np.hypot(self.x1 - self.x0, self.y1 - self.y0)

    def part(self, which: NDArray[np.bool_]) -> Lines:
        """Return some of the lines."""
        return Lines(
            self.x0[which], self.y0[which], self.x1[which], self.y1[which], self.begins[which], self.owners[which]
        )

    def between(self, which: Ints, first: Floats, last: Floats) -> Lines:
        """Return parts of lines.

        Parameters
        ----------
        which
            Shape ``(parts,)``: the line that each is a part of.
        first, last
            Shape ``(parts,)``: where it begins and ends, as shares of that line.
        """
        x0, y0 = self.x0[which], self.y0[which]
        dx, dy = self.x1[which] - x0, self.y1[which] - y0
        begins = self.begins[which] + first * np.hypot(dx, dy)
        return Lines(x0 + first * dx, y0 + first * dy, x0 + last * dx, y0 + last * dy, begins, self.owners[which])

    def clipped(self, rect: Rect) -> Lines:
        """Return what of the lines lies in a rectangle (Liang and Barsky 1984)."""
        first, last = np.zeros(len(self.x0)), np.ones(len(self.x0))
        for start, end, low, high in ((self.x0, self.x1, rect[0], rect[2]), (self.y0, self.y1, rect[1], rect[3])):
            way = end - start
            with np.errstate(divide="ignore", invalid="ignore"):
                one, other = (low - start) / way, (high - start) / way
            inside = (start >= low) & (start <= high)  # what counts where the line runs along the other axis
            still = way == 0
            near = np.where(still, np.where(inside, 0.0, 1.0), np.minimum(one, other))
            far = np.where(still, np.where(inside, 1.0, 0.0), np.maximum(one, other))
            first, last = np.maximum(first, near), np.minimum(last, far)
        which = np.flatnonzero(first < last)
        return self.between(which, first[which], last[which])


class Dashes:
    """Patterns as arrays.

    Parameters
    ----------
    patterns
        Any number of them.
    """

    def __init__(self, patterns: Sequence[Pattern]) -> None:
        most = max(1, *(len(pattern) // 2 for pattern in patterns))
        self._solid = np.array([not pattern for pattern in patterns])
        self._periods = np.array([sum(pattern) or 1.0 for pattern in patterns])
        self._marks = np.zeros((len(patterns), most, 2))  # where each dash of a period begins and ends
        for row, pattern in enumerate(patterns):
            edges = np.concatenate([[0.0], np.cumsum(pattern)])
            for dash in range(len(pattern) // 2):
                self._marks[row, dash] = edges[2 * dash], edges[2 * dash + 1]

    def number(self, lines: Lines, patterns: Ints, unit: float) -> int:
        """Return about how many lines `cut` would make, without making them."""
        dashes = np.count_nonzero(self._marks[patterns, :, 1], axis=1)
        periods = np.where(self._solid[patterns], 0.0, lines.lengths / (self._periods[patterns] * unit))
        return len(patterns) + int((dashes * periods).sum())

    def cut(self, lines: Lines, patterns: Ints, unit: float) -> Lines:
        """Return the dashes of lines, solid ones as they are; their order is another.

        Parameters
        ----------
        lines
            What is cut.
        patterns
            Shape ``(lines,)``: which pattern each line has.
        unit
            Map units of the unit of length of the patterns.
        """
        solid = self._solid[patterns]
        dashed = np.flatnonzero(~solid & (lines.lengths > 0))
        periods = self._periods[patterns[dashed]] * unit
        begins, lengths = lines.begins[dashed], lines.lengths[dashed]
        first = np.floor(begins / periods)
        counts = (np.floor((begins + lengths) / periods) - first + 1).astype(np.int64)
        of = np.repeat(np.arange(len(dashed)), counts)
        turn = np.arange(len(of)) - np.repeat(np.cumsum(counts) - counts, counts)
        period_begins = (first[of] + turn) * periods[of] - begins[of]
        parts = [lines.part(solid)]
        for dash in range(self._marks.shape[1]):
            marks = self._marks[patterns[dashed[of]], dash] * unit
            starts = np.clip((period_begins + marks[:, 0]) / lengths[of], 0.0, 1.0)
            ends = np.clip((period_begins + marks[:, 1]) / lengths[of], 0.0, 1.0)
            shown = np.flatnonzero(starts < ends)
            parts.append(lines.between(dashed[of[shown]], starts[shown], ends[shown]))
        return joined(parts)


def joined(parts: Sequence[Lines]) -> Lines:
    """Return all lines of several sets."""
    x0, y0, x1, y1, begins = (
        np.concatenate([getattr(part, name) for part in parts]) for name in ("x0", "y0", "x1", "y1", "begins")
    )
    return Lines(x0, y0, x1, y1, begins, np.concatenate([part.owners for part in parts]))
