"""Travel by roads: distances and durations between all places for each kind of vehicle, and the shapes of legs.

What takes long happens here: only background threads may ask.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

import numpy as np
from numpy.typing import NDArray

from app.language import tr
from app.model.drives import Drive
from app.model.gaps import time_gaps
from app.model.hourly import by_main_roads, hourly
from app.model.issue import Issue, ScenarioError
from app.model.kept_travel import KeptWays, kept_travel, rows_of
from app.model.road_keys import RoadKey, road_keys
from app.model.road_library import library
from app.model.road_routers import Ways, routers
from app.model.same import Same
from app.model.scenario import Point, Scenario, TravelSource
from app.model.server_travel import told_shapes, told_to_keep
from app.model.straight import flat
from app.model.traffic import SLOWED, Traffic
from solver.problem import UNREACHABLE, Travel

IntArray = NDArray[np.int64]
FloatArray = NDArray[np.float64]

MOST_KEPT = 2000
"""Places of which a document keeps the ways: it would be of tens of megabytes."""


@dataclass(frozen=True, slots=True, eq=False)
class RoadTravel:
    """Travel between the depots and customers of a scenario by roads.

    Parameters
    ----------
    travel
        One profile for each kind of roads; locations are all depots and then all customers. Where there is no road the
        distance is `solver.problem.UNREACHABLE`, and the duration is that of a straight line (`app.model.gaps`).
    profiles
        The travel profile of each vehicle.
    """

    travel: Travel
    profiles: tuple[int, ...]


def travel_by_roads(scenario: Scenario, places: tuple[Point, ...]) -> RoadTravel:
    """Return travel between places by the roads of the scenario's vehicles.

    Raises
    ------
    app.model.issue.ScenarioError
        If the network cannot be read, and no document said how long the ways are.
    """
    keys = road_keys(scenario)
    distinct = tuple(dict.fromkeys(keys.values()))
    found = tuple(_ways(key, places) for key in distinct)
    traffic, by_period = scenario.settings.traffic, tuple[NDArray[np.int32], ...]()
    if traffic is not None:
        by_period = tuple(_by_period(key, one, places, traffic) for key, one in zip(distinct, found, strict=True))
    travel = _travel(Same(*found, *by_period), places, scenario.settings.detour, traffic)
    return RoadTravel(travel, tuple(distinct.index(key) for key in keys.values()))


def leg_shape(scenario: Scenario, vehicle: str, start: Point, end: Point) -> FloatArray | None:
    """Return the way that a vehicle takes from one place to another.

    Parameters
    ----------
    scenario
        Any.
    vehicle
        Id of a vehicle type.
    start, end
        Latitude and longitude, degrees.

    Returns
    -------
    numpy.ndarray or None
        Shape ``(corners, 2)``, latitude and longitude; None where there is no way, or travel is not by roads.
    """
    return leg_shapes(scenario, [(vehicle, start, end)])[0]


def leg_shapes(scenario: Scenario, drives: Sequence[Drive]) -> list[FloatArray | None]:
    """Return the ways of many legs as `leg_shape` does, in less time than one by one."""
    shapes: list[FloatArray | None] = [None] * len(drives)
    if scenario.settings.travel is TravelSource.SERVER:
        return told_shapes(scenario, drives)
    if scenario.settings.travel is not TravelSource.ROADS:
        return shapes
    keys = road_keys(scenario)
    by_roads: dict[RoadKey, list[int]] = {}
    for number, (vehicle, _, _) in enumerate(drives):
        if vehicle in keys:
            by_roads.setdefault(keys[vehicle], []).append(number)
    for key, numbers in by_roads.items():
        router = routers().router(key)
        if router is not None:
            starts, ends = (np.array([drives[number][end] for number in numbers]) for end in (1, 2))
            for number, way in zip(numbers, router.ways(starts, ends), strict=True):
                shapes[number] = way.shape if len(way.shape) > 1 else None
    return shapes


def ways_to_keep(scenario: Scenario, *, at_home: bool = False) -> tuple[KeptWays, ...]:
    """Return the ways that a document needs to be planned with on another computer, as far as they are at hand.

    Parameters
    ----------
    scenario
        Any.
    at_home
        Whether it stays on this computer: then what its road networks know is left out.
    """
    places = places_of(scenario)
    if len(places) > MOST_KEPT:
        return ()
    if scenario.settings.travel is TravelSource.SERVER:
        return told_to_keep(scenario)
    if scenario.settings.travel is not TravelSource.ROADS or (at_home and library().has(scenario.settings.network)):
        return ()
    found = (_at_hand(key, places) for key in dict.fromkeys(road_keys(scenario).values()))
    return tuple(one for one in found if one is not None)


def places_of(scenario: Scenario) -> tuple[Point, ...]:
    """Return where all depots and then all customers are."""
    return tuple((one.lat, one.lon) for table in (scenario.depots, scenario.customers) for one in table.values())


def kept_issues(scenario: Scenario) -> list[Issue] | None:
    """Return what keeps a scenario from being planned by what documents said alone.

    Returns
    -------
    list or None
        An issue with each place that they do not know; None when they know nothing of the roads of some vehicle.
    """
    places = set(places_of(scenario))
    rests = [kept_travel().missing(key.digest, places) for key in dict.fromkeys(road_keys(scenario).values())]
    if not all(rest is not None for rest in rests):
        return None
    missing = {place for rest in rests for place in rest or ()}
    return [
        Issue(kind, key, "", NO_TIMES, tr("its former place, or the road network on this computer"))
        for kind, table in (("depots", scenario.depots), ("customers", scenario.customers))
        for key, one in table.items()
        if (one.lat, one.lon) in missing
    ]


NO_TIMES = tr("no travel times are known from and to it")
"""The value of an issue with a place that the document says nothing of."""


def _ways(key: RoadKey, places: tuple[Point, ...]) -> Ways:
    found: Ways | None = None
    if library().has(key.network):
        found = routers().ways(key, np.array(places, dtype=np.float64).reshape(-1, 2))
    found = found or kept_travel().ways(key.digest, places)
    if found is None:
        expected = tr("a road network that can be read: import the file that it comes from again")
        raise ScenarioError([Issue("settings", "", "network", key.network, expected)])
    return found


def _at_hand(key: RoadKey, places: tuple[Point, ...]) -> KeptWays | None:
    known = routers().at_hand(key)
    if known is not None:
        points, ways = known
        rows = rows_of(points, places)
        if rows is not None:
            grid = np.ix_(rows, rows)
            distance, duration = (values[grid].astype(np.int32) for values in (ways.distance, ways.duration))
            return KeptWays(key.digest, points[rows], distance, duration)
    return kept_travel().ways(key.digest, places)


@lru_cache(maxsize=2)
def _travel(key: Same[Any], places: tuple[Point, ...], detour: float, traffic: Traffic | None) -> Travel:
    """Return travel from the ways of each profile, and with traffic from the durations by period that follow them."""
    ways = key.objects if traffic is None else key.objects[: len(key.objects) // 2]
    distance = np.stack([one.distance for one in ways]).astype(np.int64, copy=False)
    duration = np.stack([one.duration for one in ways]).astype(np.int64, copy=False)
    time_gaps(distance, duration, np.array(places, dtype=np.float64), detour)
    travel = Travel(distance, duration, flat(places))
    if traffic is None:
        return travel
    by_period = np.stack(key.objects[len(ways) :])
    missing = distance >= UNREACHABLE
    np.copyto(by_period, duration[:, None].astype(np.int32), where=missing[:, None])
    return hourly(travel, by_period, traffic)


def _by_period(key: RoadKey, ways: Ways, places: tuple[Point, ...], traffic: Traffic) -> NDArray[np.int32]:
    """Return how long ways take in each period; without the network all of them are taken to be on main roads."""
    if key.mode.kind in SLOWED and library().has(key.network):
        found = routers().durations(key, np.array(places, dtype=np.float64).reshape(-1, 2), traffic.factors())
        if found is not None:
            return found
    return _guessed(Same(ways), traffic, key.mode.kind in SLOWED)


@lru_cache(maxsize=8)
def _guessed(key: Same[Ways], traffic: Traffic, slowed: bool) -> NDArray[np.int32]:
    (ways,) = key.objects
    if slowed:
        return by_main_roads(ways.duration, traffic)
    return np.repeat(ways.duration[None], len(traffic.periods()), axis=0).astype(np.int32)
