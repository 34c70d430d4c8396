"""Land and country borders, cut to what a view needs. No Qt here: arrays in, arrays out.

The file is made by ``packaging/make_basemap.py``, which says how it is laid out. Every point carries a level of detail;
a view draws the points that are worth at least a pixel.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from app.language import tr
from app.map.camera import Rect
from app.map.projection import EARTH_RADIUS, Mercator
from app.resources import resource

ATTRIBUTION = tr("Made with Natural Earth")
SMOOTHED = 2
"""Rounds of corner cutting where the view is finer than the data: the coast is a sketch there, and should look it."""

Floats = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Lines:
    """Polylines or rings, one after the other.

    Parameters
    ----------
    points
        Shape ``(points, 2)``, Web Mercator metres.
    levels
        Shape ``(points,)``: the coarsest level of detail at which the point is drawn.
    starts
        Shape ``(lines + 1,)``: where each line begins in ``points``.
    boxes
        Shape ``(lines, 4)``: left, bottom, right and top of each line.
    """

    points: Floats
    levels: NDArray[np.uint8]
    starts: NDArray[np.int64]
    boxes: Floats

    def within(self, rect: Rect, tolerance: float) -> NDArray[np.int64]:
        """Return the lines that reach into ``rect`` and are larger than ``tolerance`` in either direction."""
        left, bottom, right, top = self.boxes.T
        mask = (left <= rect[2]) & (right >= rect[0]) & (bottom <= rect[3]) & (top >= rect[1])
        return np.flatnonzero(mask & ((right - left > tolerance) | (top - bottom > tolerance)))

    def line(self, index: int) -> Floats:
        """Return one line's points."""
        return self.points[self.starts[index] : self.starts[index + 1]]

    def at(self, level: int) -> Lines:
        """Return the same lines down to a level of detail; a line may be left with no point."""
        if level <= 0:
            return self
        keep = self.levels >= level
        starts = np.concatenate([[0], np.cumsum(keep)])[self.starts]
        return Lines(self.points[keep], self.levels[keep], starts, self.boxes)


class BaseMap:
    """Natural Earth's land and borders in Web Mercator.

    Parameters
    ----------
    path
        The ``.npz`` file; it is read without pickles, so it cannot run code.

    Raises
    ------
    OSError, ValueError, KeyError
        When the file is missing or is not a base map.
    """

    def __init__(self, path: Path) -> None:
        with np.load(path, allow_pickle=False) as data:
            scale, translate = data["scale"], data["translate"]
            self._finest = float(data["finest"])
            self._land = _unpacked(data["land_points"], data["land_levels"], data["land_lengths"], scale, translate)
            self._borders = _unpacked(
                data["borders_points"], data["borders_levels"], data["borders_lengths"], scale, translate
            )

        self._levels: dict[int, tuple[Lines, Lines]] = {}

    def land(self, rect: Rect, units_per_pixel: float) -> list[Floats]:
        """Return rings of land cut to ``rect``, to be filled by the even-odd rule; not closed."""
        land, _ = self._at(self._level(units_per_pixel))
        rounds = self._rounds(units_per_pixel)
        rings = []
        for shift, window in _worlds(rect):
            near = land.within(window, units_per_pixel)
            left, bottom, right, top = land.boxes[near].T
            whole = (left >= window[0]) & (bottom >= window[1]) & (right <= window[2]) & (top <= window[3])
            for index, inside in zip(near.tolist(), whole.tolist(), strict=True):
                ring = land.line(index) if inside else clipped_ring(land.line(index), window)
                if len(ring) >= 3:
                    rings.append(smoothed(ring, rounds, closed=True) + (shift, 0.0))
        return rings

    def borders(self, rect: Rect, units_per_pixel: float) -> list[Floats]:
        """Return border lines that reach into ``rect``; parts outside are dropped but for one point."""
        _, borders = self._at(self._level(units_per_pixel))
        rounds = self._rounds(units_per_pixel)
        return [
            smoothed(piece, rounds, closed=False) + (shift, 0.0)
            for shift, window in _worlds(rect)
            for index in borders.within(window, units_per_pixel)
            for piece in clipped_line(borders.line(int(index)), window)
        ]

    def _at(self, level: int) -> tuple[Lines, Lines]:
        """Return land and borders at a level of detail, made on first use."""
        if level not in self._levels:
            self._levels[level] = (self._land.at(level), self._borders.at(level))
        return self._levels[level]

    def _level(self, units_per_pixel: float) -> int:
        """Return the level of detail whose points are about a pixel apart."""
        return max(0, int(np.floor(np.log2(max(units_per_pixel, 1e-9) / self._finest))) + 1)

    def _rounds(self, units_per_pixel: float) -> int:
        return SMOOTHED if units_per_pixel < self._finest / 2 else 0


@cache
def base_map() -> BaseMap:
    """Return the base map that comes with the program, read on first use."""
    return BaseMap(resource("basemap/world.npz"))


def _worlds(rect: Rect) -> list[tuple[float, Rect]]:
    """Return the world and its copies to the east and west: how far each is moved, and ``rect`` as it sees it.

    Lines run on beyond the date line instead of jumping, so that only together the copies are complete.
    """
    left, bottom, right, top = rect
    around = 2 * np.pi * EARTH_RADIUS
    return [(turn * around, (left - turn * around, bottom, right - turn * around, top)) for turn in (-1, 0, 1)]


def _unpacked(
    planes: NDArray[np.uint8],
    levels: NDArray[np.uint8],
    lengths: NDArray[np.uint32],
    scale: Floats,
    translate: Floats,
) -> Lines:
    """Undo ``byte_planes`` of the script that makes the file, and project."""
    zigzag = np.ascontiguousarray(planes.transpose(0, 2, 1)).view("<u4")[:, :, 0]
    steps = (zigzag >> 1).view("<i4") ^ -(zigzag & 1).view("<i4")  # 0, 1, 2, 3 are 0, -1, 1, -2
    degrees = np.cumsum(steps, axis=1, dtype=np.int64).T * scale + translate
    points = np.column_stack(Mercator().to_map(degrees[:, 1], degrees[:, 0]))
    starts = np.concatenate([[0], np.cumsum(lengths.astype(np.int64))])
    low = np.minimum.reduceat(points, starts[:-1])
    high = np.maximum.reduceat(points, starts[:-1])
    return Lines(points, levels, starts, np.column_stack([low, high]))


def clipped_ring(ring: Floats, rect: Rect) -> Floats:
    """Return the part of a ring inside a rectangle, one half-plane after the other.

    References
    ----------
    Sutherland, I. E. and Hodgman, G. W. (1974). Reentrant polygon clipping. Communications of the ACM 17(1), 32-42.
    """
    for axis, limit, sign in ((0, rect[0], 1.0), (1, rect[1], 1.0), (0, rect[2], -1.0), (1, rect[3], -1.0)):
        depth = sign * (ring[:, axis] - limit)
        inside = depth >= 0
        if inside.all():
            continue
        if not inside.any():
            return ring[:0]
        following, next_depth = np.roll(ring, -1, axis=0), np.roll(depth, -1)
        crosses = inside != np.roll(inside, -1)
        # every point may give two: itself when it is inside, then the crossing on the way to the next one
        share = np.divide(depth, depth - next_depth, out=np.zeros_like(depth), where=crosses)
        crossing = ring + share[:, None] * (following - ring)
        crossing[:, axis] = limit
        pairs = np.stack([ring, crossing], axis=1).reshape(-1, 2)
        ring = pairs[np.column_stack([inside, crosses]).ravel()]
    return ring


def clipped_line(line: Floats, rect: Rect) -> list[Floats]:
    """Return the pieces of a line near a rectangle: every segment whose box touches it, whole."""
    low, high = np.minimum(line[:-1], line[1:]), np.maximum(line[:-1], line[1:])
    near = (low[:, 0] <= rect[2]) & (high[:, 0] >= rect[0]) & (low[:, 1] <= rect[3]) & (high[:, 1] >= rect[1])
    edges = np.diff(np.concatenate([[0], near.astype(np.int8), [0]]))
    return [line[a : b + 1] for a, b in zip(np.flatnonzero(edges == 1), np.flatnonzero(edges == -1), strict=True)]


def smoothed(line: Floats, rounds: int, *, closed: bool) -> Floats:
    """Return the line with its corners cut; an open line keeps its ends.

    References
    ----------
    Chaikin, G. M. (1974). An algorithm for high-speed curve generation. Computer Graphics and Image Processing 3(4),
    346-349.
    """
    for _ in range(rounds):
        if len(line) < 3:
            break
        following = np.roll(line, -1, axis=0) if closed else line[1:]
        base = line if closed else line[:-1]
        cut = np.stack([0.75 * base + 0.25 * following, 0.25 * base + 0.75 * following], axis=1).reshape(-1, 2)
        line = cut if closed else np.concatenate([line[:1], cut[1:-1], line[-1:]])
    return line
