"""Where routes run between their places: along roads where that is known, straight elsewhere."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

import numpy as np
from numpy.typing import NDArray

from app.map.camera import Rect
from app.map.dashes import Lines
from app.map.features import Floats, Ints, Item, Places, RouteLines
from app.map.projection import Projection
from app.map.simplify import worths
from app.model.drives import Drive

Shapes = Mapping[Drive, Floats | None]
"""What is known of the shapes of drives, see `shaped`; None where there is none to be known.

A drive that is not in it is looked for, though `get` may give the shape that it had before its roads changed.
"""

NO_SHAPES: Shapes = {}
OFF = 0.6
"""Pixels that a line may be off where it is simplified."""

KEPT = 4
"""Levels of detail kept: a zoom passes through them."""


def shaped(lines: Sequence[Floats], projection: Projection) -> list[Floats | None]:
    """Return shapes of drives for the map.

    Parameters
    ----------
    lines
        Shape ``(corners, 2)`` each: latitude and longitude along a road.
    projection
        Of the map.

    Returns
    -------
    list of numpy.ndarray
        Shape ``(corners, 3)`` each: x and y, map units, and what each corner is worth, see `app.map.simplify`; None for
        a line of less than two corners.
    """
    long = [line for line in lines if len(line) > 1]
    if not long:
        return [None] * len(lines)
    starts = np.cumsum([0, *map(len, long)])
    every = np.concatenate(long)
    points = np.column_stack(projection.to_map(every[:, 0], every[:, 1]))
    whole = np.column_stack([points, worths(points, starts)])
    made = iter(np.split(whole, starts[1:-1]))
    return [next(made) if len(line) > 1 else None for line in lines]


def strands(
    drives: Sequence[Drive], shapes: Shapes | None, projection: Projection, tolerance: float
) -> tuple[Floats, Floats, NDArray[np.uint8]]:
    """Return drives as points of one curve.

    Parameters
    ----------
    drives, shapes, projection
        What is drawn; a drive without a shape is straight.
    tolerance
        How far lines may be off, map units.

    Returns
    -------
    x, y
        Shape ``(points,)``, map units.
    connect
        Shape ``(points,)``: whether each point is joined to the next.
    """
    ends = np.array([drive[1:] for drive in drives], dtype=np.float64).reshape(-1, 2)
    straight = np.column_stack([*projection.to_map(ends[:, 0], ends[:, 1]), np.full(len(ends), np.inf)])
    found = [shapes.get(drive) if shapes is not None else None for drive in drives]
    parts = [
        straight[2 * place : 2 * place + 2] if shape is None else shape[shape[:, 2] > tolerance]
        for place, shape in enumerate(found)
    ]
    points = np.concatenate([np.empty((0, 3)), *parts])
    connect = np.ones(len(points), dtype=np.uint8)
    connect[np.cumsum([len(part) for part in parts], dtype=np.int64) - 1] = 0
    return np.ascontiguousarray(points[:, 0]), np.ascontiguousarray(points[:, 1]), connect


class Ways:
    """The legs of routes as they are drawn.

    Parameters
    ----------
    places, lines
        The routes.
    shapes
        Of those drives that are known.

    Attributes
    ----------
    places, lines
        As given.
    missing
        Drives whose shapes are not known; none where ``shapes`` has none at all.
    """

    def __init__(self, places: Places, lines: RouteLines, shapes: Shapes | None = None) -> None:
        self.places, self.lines = places, lines
        self.missing: list[Drive] = []
        found = self._found(shapes) if shapes is not None and len(lines.starts) else None
        if found is None:
            self._straight()
        else:
            self._along(found)
        self._levels: dict[int, Lines] = {}

    def at(self, unit: float) -> Lines:
        """Return all ways as lines, as exact as a scale needs; their owners are legs.

        Parameters
        ----------
        unit
            Map units of a pixel.
        """
        level = 0 if self._worth is None else _level(unit)
        if level not in self._levels:
            if len(self._levels) >= KEPT:
                self._levels.clear()
            self._levels[level] = self._lines_at(_tolerance(level))
        return self._levels[level]

    def number(self, legs: Ints, unit: float) -> int:
        """Return how many lines some legs are made of at a scale."""
        if self._worth is None:
            return len(legs)
        wanted = np.zeros(len(self._starts) - 1, dtype=bool)
        wanted[legs] = True
        return int(np.count_nonzero((self._worth > _tolerance(_level(unit))) & wanted[self._legs])) - len(legs)

    def near(self, rect: Rect) -> Ints:
        """Return the legs whose boxes reach into a rectangle."""
        left, bottom, right, top = self._boxes
        return np.flatnonzero((left <= rect[2]) & (right >= rect[0]) & (bottom <= rect[3]) & (top >= rect[1]))

    def nearest(self, x: float, y: float, reach: float) -> Item | None:
        """Return the route whose line passes nearest, within ``reach`` map units."""
        leg = self.nearest_leg(x, y, reach)
        return None if leg is None else ("routes", self.lines.routes[self.lines.owners[leg]].id)

    def nearest_leg(self, x: float, y: float, reach: float) -> int | None:
        """Return the leg that passes nearest, within ``reach`` map units."""
        mine = np.zeros(len(self.lines.starts), dtype=bool)
        mine[self.near((x - reach, y - reach, x + reach, y + reach))] = True
        if not mine.any():
            return None
        corners = self.corners(np.flatnonzero(mine))
        ax, ay, dx, dy = corners.x0, corners.y0, corners.x1 - corners.x0, corners.y1 - corners.y0
        length = dx * dx + dy * dy
        share = np.clip(((x - ax) * dx + (y - ay) * dy) / np.where(length > 0, length, 1.0), 0.0, 1.0)
        squares = (ax + share * dx - x) ** 2 + (ay + share * dy - y) ** 2
        best = int(np.argmin(squares))
        return int(corners.owners[best]) if squares[best] <= reach * reach else None

    def corners(self, legs: Ints) -> Lines:
        """Return some legs as lines between all of their corners; each begins as far along its leg as it does."""
        counts = self._starts[legs + 1] - self._starts[legs] - 1
        of = np.repeat(np.arange(len(legs)), counts)
        begins = np.cumsum(counts) - counts
        at = self._starts[legs][of] + np.arange(len(of)) - begins[of]
        x0, y0, x1, y1 = self._x[at], self._y[at], self._x[at + 1], self._y[at + 1]
        ends = np.cumsum(np.hypot(x1 - x0, y1 - y0))
        before = np.concatenate([[0.0], ends])[: len(of)]
        return Lines(x0, y0, x1, y1, before - before[begins[of]], legs[of])

    def along(self, legs: Ints, share: float) -> tuple[Floats, Floats, Floats]:
        """Return points on some legs.

        Parameters
        ----------
        legs
            Which.
        share
            Of their lengths that lies before the points, 0 to 1.

        Returns
        -------
        points, directions
            Shape ``(legs, 2)`` each, map units; a direction has length one, or zero on a leg of no length.
        lengths
            Shape ``(legs,)``, map units.
        """
        if not len(legs):
            return np.empty((0, 2)), np.empty((0, 2)), np.empty(0)
        lines = self.corners(legs)
        long = lines.lengths
        counts = self._starts[legs + 1] - self._starts[legs] - 1
        last = np.cumsum(counts) - 1
        lengths = lines.begins[last] + long[last]
        wanted = np.repeat(share * lengths, counts)
        passed = (lines.begins <= wanted).astype(np.int64)
        at = last - counts + np.add.reduceat(passed, last - counts + 1)  # the last line that begins before the point
        part = (share * lengths - lines.begins[at]) / np.where(long[at] > 0, long[at], 1.0)
        way = np.column_stack([lines.x1[at] - lines.x0[at], lines.y1[at] - lines.y0[at]])
        points = np.column_stack([lines.x0[at], lines.y0[at]]) + np.clip(part, 0.0, 1.0)[:, None] * way
        return points, way / np.where(long[at] > 0, long[at], 1.0)[:, None], lengths

    def kerbs(self) -> tuple[Ints, Floats, Floats]:
        """Return the places that are served from a road beside them, and where on it; each once.

        Returns
        -------
        at
            Shape ``(kerbs,)``: positions in the places.
        x, y
            Shape ``(kerbs,)``: map units.
        """
        if self._worth is None:
            return np.empty(0, dtype=np.int64), np.empty(0), np.empty(0)
        first, last = self._starts[:-1], self._starts[1:] - 1
        at = np.concatenate([self.lines.ends, self.lines.starts])
        x, y = np.concatenate([self._x[last], self._x[first]]), np.concatenate([self._y[last], self._y[first]])
        beside = (x != self.places.x[at]) | (y != self.places.y[at])
        _, once = np.unique(at[beside], return_index=True)
        return at[beside][once], x[beside][once], y[beside][once]

    def _found(self, shapes: Shapes) -> list[Floats | None] | None:
        """Look up the shape of each leg; None where none has one."""
        lines, points = self.lines, self.places.points
        vehicles = [route.vehicle for route in lines.routes]
        drives: list[Drive] = list(
            zip(
                map(vehicles.__getitem__, lines.owners.tolist()),
                map(points.__getitem__, lines.starts.tolist()),
                map(points.__getitem__, lines.ends.tolist()),
                strict=True,
            )
        )
        found = list(map(shapes.get, drives))
        self.missing = [drive for drive in drives if drive not in shapes]
        return found if any(one is not None for one in found) else None

    def _straight(self) -> None:
        lines, places = self.lines, self.places
        ends = np.column_stack([lines.starts, lines.ends]).ravel()
        self._x, self._y = places.x[ends], places.y[ends]
        self._starts: Ints = np.arange(0, len(ends) + 1, 2)
        self._worth: Floats | None = None
        x, y = self._x.reshape(-1, 2), self._y.reshape(-1, 2)
        self._legs = np.repeat(np.arange(len(self._starts) - 1), 2)
        self._boxes = x.min(axis=1), y.min(axis=1), x.max(axis=1), y.max(axis=1)

    def _along(self, found: list[Floats | None]) -> None:
        lines, places = self.lines, self.places
        ends = np.full((len(found), 2, 3), np.inf)
        for column, at in enumerate((lines.starts, lines.ends)):
            ends[:, column, 0], ends[:, column, 1] = places.x[at], places.y[at]
        parts = [straight if shape is None else shape for shape, straight in zip(found, ends, strict=True)]
        self._starts = np.cumsum([0, *map(len, parts)])
        self._x, self._y, self._worth = np.ascontiguousarray(np.concatenate(parts).T)
        self._legs = np.repeat(np.arange(len(parts)), np.diff(self._starts))
        begins = self._starts[:-1]
        self._boxes = (
            np.minimum.reduceat(self._x, begins),
            np.minimum.reduceat(self._y, begins),
            np.maximum.reduceat(self._x, begins),
            np.maximum.reduceat(self._y, begins),
        )

    def _lines_at(self, tolerance: float) -> Lines:
        legs, x, y = self._legs, self._x, self._y
        if self._worth is not None:
            kept = np.flatnonzero(self._worth > tolerance)
            legs, x, y = legs[kept], x[kept], y[kept]
        joined = np.flatnonzero(legs[:-1] == legs[1:])
        x0, y0, x1, y1, owners = x[joined], y[joined], x[joined + 1], y[joined + 1], legs[joined]
        # dashes go on from leg to leg, and begin with each route
        before = np.concatenate([[0.0], np.cumsum(np.hypot(x1 - x0, y1 - y0))])[: len(owners)]
        routes = self.lines.owners[owners]
        begins = np.flatnonzero(np.diff(routes, prepend=-1))
        return Lines(x0, y0, x1, y1, before - np.repeat(before[begins], np.diff(begins, append=len(routes))), owners)


def _level(unit: float) -> int:
    return round(2 * math.log2(unit)) if unit > 0 else 0


def _tolerance(level: int) -> float:
    return OFF * math.exp2(level / 2)
