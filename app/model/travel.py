"""The door for travel: from coordinates, roads or a matrix to the distances and durations that the solver takes.

Roads take long, so only background threads may ask (`app.model.road_travel`).
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from app.model.hourly import guessed_by_hour, slowed_by_traffic
from app.model.road_travel import places_of, travel_by_roads
from app.model.same import Same
from app.model.scenario import Matrix, Point, Rounding, Scenario, TravelSource
from app.model.server_travel import Kind, kinds_of, with_told
from app.model.straight import at_speeds, flat, great_circle_metres, plane_metres, whole
from app.model.travel_table import travel_table
from solver.problem import Travel

IntArray = NDArray[np.int64]


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

    Raises
    ------
    app.model.issue.ScenarioError
        If the road network cannot be read.
    """
    if scenario.settings.travel is TravelSource.ROADS:
        roads = travel_by_roads(scenario, places_of(scenario))
        return ScenarioTravel(roads.travel, roads.profiles)
    all_day, traffic = _all_day(scenario), scenario.settings.traffic
    if traffic is None:
        return all_day
    slowed = slowed_by_traffic(scenario)
    return ScenarioTravel(*guessed_by_hour(all_day.travel, all_day.profiles, slowed, traffic))


def _all_day(scenario: Scenario) -> ScenarioTravel:
    """Return travel that is not by roads, as it is at all hours."""
    settings, places = scenario.settings, places_of(scenario)
    speeds = tuple(sorted({one.speed for one in scenario.vehicles.values()}))
    if settings.travel is TravelSource.MATRIX:
        if scenario.matrix is None:
            raise ValueError("the scenario takes its travel from a matrix but has none")
        ids = (*scenario.depots, *scenario.customers)
        if scenario.matrix.distance is not None and scenario.matrix.duration is not None:
            speeds = ()
        travel = _from_matrix(Same(scenario.matrix), ids, places, speeds)
    elif settings.travel is TravelSource.PLANE:
        travel = _in_plane(places, speeds, settings.rounding)
    elif settings.travel is TravelSource.SERVER:
        kinds, of = kinds_of(scenario)
        return ScenarioTravel(_told(places, speeds, settings.detour, kinds, travel_table().revision), of)
    else:
        travel = _over_the_globe(places, speeds, settings.detour)
    profiles = tuple(speeds.index(one.speed) if speeds else 0 for one in scenario.vehicles.values())
    return ScenarioTravel(travel, profiles)


@lru_cache(maxsize=1)
def _over_the_globe(places: tuple[Point, ...], speeds: tuple[float, ...], detour: float) -> Travel:
    metres = great_circle_metres(np.array(places, dtype=np.float64))
    metres *= detour
    return at_speeds(metres, speeds, flat(places))


@lru_cache(maxsize=1)
def _told(
    places: tuple[Point, ...], speeds: tuple[float, ...], detour: float, kinds: tuple[Kind, ...], _: int
) -> Travel:
    guess = _over_the_globe(places, speeds, detour)
    return with_told(guess, speeds, np.array(places, dtype=np.float64), kinds, detour)


@lru_cache(maxsize=1)
def _in_plane(places: tuple[Point, ...], speeds: tuple[float, ...], rounding: Rounding) -> Travel:
    points = np.array(places, dtype=np.float64)
    return at_speeds(plane_metres(points, rounding), speeds, points[:, ::-1] * 1000.0)


@lru_cache(maxsize=1)
def _from_matrix(
    key: Same[Matrix], ids: tuple[str, ...], places: tuple[Point, ...], speeds: tuple[float, ...]
) -> Travel:
    (matrix,) = key.objects
    row = {one: index for index, one in enumerate(matrix.ids)}
    rows = np.array([row[one] for one in ids], dtype=np.intp)

    def picked(values: IntArray) -> IntArray:
        return np.ascontiguousarray(values[np.ix_(rows, rows)])

    if matrix.distance is not None and matrix.duration is not None:
        return Travel(picked(matrix.distance)[None], picked(matrix.duration)[None], flat(places))
    if matrix.distance is not None:
        return at_speeds(picked(matrix.distance), speeds, flat(places))
    if matrix.duration is None:
        raise ValueError("the travel matrix has neither distances nor durations")
    seconds = picked(matrix.duration)
    distance = np.stack([whole(seconds.astype(np.float64) * (speed / 3.6)).astype(np.int64) for speed in speeds])
    return Travel(distance, np.repeat(seconds[None], len(speeds), axis=0), flat(places))
