"""What zones do to roads: which streets they close to a vehicle or slow down, as a pace for each segment."""

from __future__ import annotations

from collections import OrderedDict
from threading import Lock
from weakref import WeakKeyDictionary

import numpy as np
import shapely
from numpy.typing import NDArray

from app.language import tr
from app.model.scenario import Point, Scenario, TravelSource, Zone
from app.model.zones import inside, polygon_of, projected, ring_fault
from solver.roads.network import DEGREE, Network

Closures = tuple[tuple[tuple[Point, ...], float], ...]
"""Rings and the pace of the roads inside, in an order of their own; nothing where roads are as usual."""

METRES = 111_195.0
"""Of a degree."""

ACROSS = 1.4
"""How much of a street that only crosses a narrow ring lies in it at most: times half the width of the ring."""
MOST_ACROSS = 25.0
"""Metres of it that lie in any ring at most, however wide."""

_HAIR = 1e-9
"""Degrees; the last digit of what is projected depends on how many places are projected at once."""

MOST_RINGS = 200
"""Of a network, whose segments are remembered; those used last stay."""


def closures_for(scenario: Scenario, vehicle: str) -> Closures:
    """Return what zones do to the roads of a vehicle; those without an area do nothing."""
    found = set()
    for zone in scenario.zones.values():
        pace = 0.0 if vehicle in zone.forbidden else zone.pace
        if pace != 1 and not ring_fault(zone.ring, plane=False):
            found.add((zone.ring, pace))
    return tuple(sorted(found))


def closed_around(scenario: Scenario, place: Point) -> list[Zone]:
    """Return the zones that close all roads around a place, to everybody; none where travel is not by roads."""
    point = np.array([place], dtype=np.float64)
    return [
        zone
        for zone in scenario.zones.values()
        if zone.pace == 0
        and scenario.settings.travel is TravelSource.ROADS
        and not ring_fault(zone.ring, plane=False)
        and bool(inside(zone.ring, point, plane=False)[0])
    ]


def closing_words(scenario: Scenario, place: Point) -> str:
    """Say which zone closes the roads around a place; "" where none does."""
    zones = closed_around(scenario, place)
    return tr("{zone} closes the roads there.", zone=zones[0].name or zones[0].id) if zones else ""


def pace_of(network: Network, closures: Closures) -> NDArray[np.float32] | None:
    """Return the pace of each segment; where zones overlap, the slowest counts.

    Returns
    -------
    numpy.ndarray or None
        Shape ``(segments,)``; None where all are as usual.
    """
    if not closures:
        return None
    pace = np.ones(network.segments, dtype=np.float32)
    for ring, factor in closures:
        inside = segments_in(network, ring)
        pace[inside] = np.minimum(pace[inside], np.float32(factor))
    return pace


def segments_in(network: Network, ring: tuple[Point, ...]) -> NDArray[np.intp]:
    """Return the indices of the segments that are meant by a ring, ascending.

    These are all that lie in it, and those of which more does than if they only crossed it: whoever closes a street by
    drawing along it does not mean the streets that it meets. Where that is none, all are meant that it touches.
    """
    with _lock:
        index = _indices.get(network)
        if index is None:
            index = _indices[network] = _Index(network)
    return index.inside(ring)


class _Index:
    """Where the segments of a network lie, on the Mercator map on which the sides of a ring are straight."""

    def __init__(self, network: Network) -> None:
        places = projected(network.shape / DEGREE, plane=False)
        self._places, self._first = places, network.segment_shape
        begins = network.segment_shape[:-1]
        empty = np.empty((0, 2))
        self._low = np.minimum.reduceat(places, begins) if network.segments else empty
        self._high = np.maximum.reduceat(places, begins) if network.segments else empty
        self._lock = Lock()
        self._known: OrderedDict[tuple[Point, ...], NDArray[np.intp]] = OrderedDict()

    def inside(self, ring: tuple[Point, ...]) -> NDArray[np.intp]:
        with self._lock:
            known = self._known.get(ring)
            if known is not None:
                self._known.move_to_end(ring)
                return known
        found = self._found(polygon_of(ring, plane=False))
        with self._lock:
            self._known[ring] = found
            while len(self._known) > MOST_RINGS:
                self._known.popitem(last=False)
        return found

    def _found(self, polygon: shapely.Polygon) -> NDArray[np.intp]:
        west, south, east, north = polygon.bounds
        near = np.flatnonzero(
            (self._high >= (west - _HAIR, south - _HAIR)).all(axis=1)
            & (self._low <= (east + _HAIR, north + _HAIR)).all(axis=1),
        )
        if not len(near):
            return near
        count = self._first[near + 1] - self._first[near]
        of = np.repeat(np.arange(len(near)), count)
        corner = np.arange(len(of)) - np.repeat(np.cumsum(count) - count, count) + np.repeat(self._first[near], count)
        lines = shapely.linestrings(self._places[corner], indices=of)
        shapely.prepare(polygon)
        touched = shapely.intersects(polygon, lines)
        near, lines = near[touched], lines[touched]
        degree = METRES / np.cosh(np.radians((south + north) / 2))  # of this map, which is Mercator's
        across = min(ACROSS * polygon.area / polygon.length, MOST_ACROSS / degree)
        meant = shapely.covers(polygon, lines)
        meant[~meant] = shapely.length(shapely.intersection(polygon, lines[~meant])) >= across
        found: NDArray[np.intp] = near[meant] if meant.any() else near
        return found


_lock = Lock()
_indices: WeakKeyDictionary[Network, _Index] = WeakKeyDictionary()
