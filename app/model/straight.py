"""Distances as the crow flies, on the globe and in a plane, and the travel that follows from them."""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
from numpy.typing import NDArray

from app.model.scenario import Point, Rounding
from solver.problem import Travel

EARTH_RADIUS = 6_371_008.8
"""Mean radius (IUGG), metres."""

LONGEST = (1 << 31) - 1
"""A leg takes no more metres and no more seconds than this; nobody drives for 68 years."""

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]


def great_circle_metres(points: FloatArray) -> FloatArray:
    """Return great-circle distances.

    Parameters
    ----------
    points
        Shape ``(points, 2)``, latitude and longitude in degrees.

    Returns
    -------
    numpy.ndarray
        Shape ``(points, points)``, metres.
    """
    lat, lon = np.radians(points).T
    on_sphere = np.stack([np.cos(lat) * np.cos(lon), np.cos(lat) * np.sin(lon), np.sin(lat)])
    # Half the chord is the root of the haversine; differences of coordinates stay exact for near points.
    angle = _euclidean(on_sphere * 0.5)
    for block in _blocks(len(points)):
        np.minimum(angle[block], 1.0, out=angle[block])
        np.arcsin(angle[block], out=angle[block])
        angle[block] *= 2 * EARTH_RADIUS
    return angle


def great_circle_legs(start: FloatArray, end: FloatArray) -> FloatArray:
    """Return great-circle distances of single legs.

    Parameters
    ----------
    start, end
        Shape ``(legs, 2)``, latitude and longitude in degrees.

    Returns
    -------
    numpy.ndarray
        Shape ``(legs,)``, metres.
    """
    (lat, lon), (other_lat, other_lon) = np.radians(start).T, np.radians(end).T
    half = np.sin((other_lat - lat) / 2) ** 2 + np.cos(lat) * np.cos(other_lat) * np.sin((other_lon - lon) / 2) ** 2
    metres: FloatArray = 2 * EARTH_RADIUS * np.arcsin(np.sqrt(np.minimum(half, 1.0)))
    return metres


def plane_metres(points: FloatArray, rounding: Rounding) -> FloatArray:
    """Return Euclidean distances in a plane whose unit is one kilometre.

    Parameters
    ----------
    points
        Shape ``(points, 2)``, y and x.
    rounding
        Of the distance in units, before it becomes metres.

    Returns
    -------
    numpy.ndarray
        Shape ``(points, points)``, metres.
    """
    units = _euclidean(points.T)
    if rounding is Rounding.NEAREST:
        return np.floor(units + 0.5) * 1000
    if rounding is Rounding.TRUNCATED:
        return np.floor(units * 10) * 100
    return units * 1000


def _blocks(rows: int) -> Iterator[slice]:
    """Slices of rows; whole matrices of thousands of places would go through memory at every step."""
    return (slice(start, start + 64) for start in range(0, rows, 64))


def _euclidean(coordinates: FloatArray) -> FloatArray:
    """Distances between points given as ``(dimensions, points)``."""
    size = coordinates.shape[1]
    result = np.empty((size, size))
    for block in _blocks(size):
        total = np.zeros_like(result[block])
        for values in coordinates:
            difference = values[block, None] - values[None, :]
            difference *= difference
            total += difference
        np.sqrt(total, out=result[block])
    return result


def whole(values: FloatArray) -> FloatArray:
    """Round to whole metres or seconds within bounds; the type is still float."""
    return np.minimum(np.rint(values), LONGEST)


def at_speeds(metres: FloatArray | IntArray, speeds: tuple[float, ...], coordinates: FloatArray) -> Travel:
    """One travel profile for each speed in kilometres per hour; durations follow from the rounded distances."""
    shape = (len(speeds), *metres.shape)
    distance, duration = np.empty(shape, dtype=np.int64), np.empty(shape, dtype=np.int64)
    for block in _blocks(len(metres)):
        rounded = whole(metres[block].astype(np.float64))
        for profile, speed in enumerate(speeds):
            distance[profile, block] = rounded
            duration[profile, block] = whole(rounded * (3.6 / speed))
    return Travel(distance, duration, coordinates)


def flat(places: tuple[Point, ...]) -> FloatArray:
    """Project to a plane in metres, true at the mean latitude; it only guides the search."""
    points = np.array(places, dtype=np.float64)
    lat, lon = np.radians(points).T
    return np.column_stack([lon * np.cos(lat.mean()), lat]) * EARTH_RADIUS
