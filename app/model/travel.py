"""The door for travel: from coordinates, or from a matrix, to the distances and durations that the solver takes.

Another source, such as a road graph, becomes another function here that returns `ScenarioTravel`.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from app.model.scenario import Matrix, Point, Rounding, Scenario, TravelSource
from solver.problem import Travel

EARTH_RADIUS = 6_371_008.8
"""Mean radius (IUGG), metres."""

LONGEST = (1 << 31) - 1
"""A leg takes no more metres and no more seconds than this; nobody drives for 68 years."""

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]


@dataclass(frozen=True, slots=True, eq=False)
class ScenarioTravel:
    """Travel between the depots and customers of a scenario.

    Parameters
    ----------
    travel
        Locations are all depots and then all customers, in the order of the scenario.
    profiles
        The travel profile of each vehicle.
    """

    travel: Travel
    profiles: tuple[int, ...]


def travel_of(scenario: Scenario) -> ScenarioTravel:
    """Return the travel of a valid scenario.

    What does not depend on the edit is not computed again: as long as places, speeds and the source stay the same,
    every call returns the very same `Travel`.
    """
    settings = scenario.settings
    depots = tuple((one.lat, one.lon) for one in scenario.depots.values())
    places = depots + tuple((one.lat, one.lon) for one in scenario.customers.values())
    speeds = tuple(sorted({one.speed for one in scenario.vehicles.values()}))
    if settings.travel is TravelSource.MATRIX:
        if scenario.matrix is None:
            raise ValueError("the scenario takes its travel from a matrix but has none")
        ids = (*scenario.depots, *scenario.customers)
        if scenario.matrix.distance is not None and scenario.matrix.duration is not None:
            speeds = ()
        travel = _from_matrix(_Same(scenario.matrix), ids, places, speeds)
    elif settings.travel is TravelSource.PLANE:
        travel = _in_plane(places, speeds, settings.rounding)
    elif settings.travel in (TravelSource.GREAT_CIRCLE, TravelSource.SERVER):
        travel = _over_the_globe(places, speeds, settings.detour)
    else:
        raise ValueError(f"no travel from {settings.travel}")
    profiles = tuple(speeds.index(one.speed) if speeds else 0 for one in scenario.vehicles.values())
    return ScenarioTravel(travel, profiles)


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


def _whole(values: FloatArray) -> FloatArray:
    """Round to whole metres or seconds within bounds; the type is still float."""
    return np.minimum(np.rint(values), LONGEST)


def _at_speeds(metres: FloatArray | IntArray, speeds: tuple[float, ...], coordinates: FloatArray) -> Travel:
    """One travel profile for each speed in kilometres per hour; durations follow from the rounded distances."""
    shape = (len(speeds), *metres.shape)
    distance, duration = np.empty(shape, dtype=np.int64), np.empty(shape, dtype=np.int64)
    for block in _blocks(len(metres)):
        rounded = _whole(metres[block].astype(np.float64))
        for profile, speed in enumerate(speeds):
            distance[profile, block] = rounded
            duration[profile, block] = _whole(rounded * (3.6 / speed))
    return Travel(distance, duration, coordinates)


def _flat(places: tuple[Point, ...]) -> FloatArray:
    """Project to a plane in metres, true at the mean latitude; it only guides the search."""
    points = np.array(places, dtype=np.float64)
    lat, lon = np.radians(points).T
    return np.column_stack([lon * np.cos(lat.mean()), lat]) * EARTH_RADIUS


@lru_cache(maxsize=1)
def _over_the_globe(places: tuple[Point, ...], speeds: tuple[float, ...], detour: float) -> Travel:
    metres = great_circle_metres(np.array(places, dtype=np.float64))
    metres *= detour
    return _at_speeds(metres, speeds, _flat(places))


@lru_cache(maxsize=1)
def _in_plane(places: tuple[Point, ...], speeds: tuple[float, ...], rounding: Rounding) -> Travel:
    points = np.array(places, dtype=np.float64)
    return _at_speeds(plane_metres(points, rounding), speeds, points[:, ::-1] * 1000.0)


class _Same:
    """A matrix as a key of a cache: the same only if it is the same object, for comparing all entries is slow."""

    def __init__(self, matrix: Matrix):
        self.matrix = matrix

    def __eq__(self, other: object) -> bool:
        return isinstance(other, _Same) and self.matrix is other.matrix

    def __hash__(self) -> int:
        return id(self.matrix)


@lru_cache(maxsize=1)
def _from_matrix(key: _Same, ids: tuple[str, ...], places: tuple[Point, ...], speeds: tuple[float, ...]) -> Travel:
    matrix = key.matrix
    row = {one: index for index, one in enumerate(matrix.ids)}
    rows = np.array([row[one] for one in ids], dtype=np.intp)

    def picked(values: IntArray) -> IntArray:
        return np.ascontiguousarray(values[np.ix_(rows, rows)])

    if matrix.distance is not None and matrix.duration is not None:
        return Travel(picked(matrix.distance)[None], picked(matrix.duration)[None], _flat(places))
    if matrix.distance is not None:
        return _at_speeds(picked(matrix.distance), speeds, _flat(places))
    if matrix.duration is None:
        raise ValueError("the travel matrix has neither distances nor durations")
    seconds = picked(matrix.duration)
    distance = np.stack([_whole(seconds.astype(np.float64) * (speed / 3.6)).astype(np.int64) for speed in speeds])
    return Travel(distance, np.repeat(seconds[None], len(speeds), axis=0), _flat(places))
