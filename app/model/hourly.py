"""Travel that depends on the hour: durations for each period of the day, made of those that hold all day."""

from __future__ import annotations

from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from app.model.same import Same
from app.model.scenario import Scenario
from app.model.traffic import SLOWED, Traffic
from app.model.travel_modes import mode_of
from solver.problem import UNREACHABLE, Hours, PlaneMatrix, Travel

LONGEST = UNREACHABLE - 1
"""Seconds that a leg which has a road takes at most."""


def slowed_by_traffic(scenario: Scenario) -> tuple[bool, ...]:
    """Return of each vehicle whether it stands in traffic."""
    return tuple(mode_of(scenario.settings, one).kind in SLOWED for one in scenario.vehicles.values())


def starts_of(traffic: Traffic) -> NDArray[np.int64]:
    """Return when each period begins, seconds of the day; shape ``(periods,)``."""
    return np.array([period.start for period in traffic.periods()], dtype=np.int64)


def by_main_roads(duration: NDArray[np.integer], traffic: Traffic) -> NDArray[np.int32]:
    """Return how long legs take in each period if all of them are on main roads, which is a guess.

    Parameters
    ----------
    duration
        Shape ``(places, places)``, seconds as usual.

    Returns
    -------
    numpy.ndarray
        Shape ``(periods, places, places)``.
    """
    slower = [np.minimum(np.rint(duration / period.main), LONGEST) for period in traffic.periods()]
    return np.where(duration >= UNREACHABLE, duration, np.stack(slower)).astype(np.int32)


def hourly(travel: Travel, by_period: NDArray[np.int32], traffic: Traffic) -> Travel:
    """Return travel with durations of each period.

    Parameters
    ----------
    travel
        As it is all day.
    by_period
        Shape ``(profiles, periods, places, places)``, seconds.
    """
    hours = Hours(starts_of(traffic), by_period)
    return Travel(travel.distance, hours.least, travel.coordinates, hours)


def guessed_by_hour(
    travel: Travel, profiles: tuple[int, ...], slowed: tuple[bool, ...], traffic: Traffic
) -> tuple[Travel, tuple[int, ...]]:
    """Return travel by the hour where nobody knows the streets, and the travel profile of each vehicle in it.

    Parameters
    ----------
    travel
        As it is all day.
    profiles, slowed
        Of each vehicle: its travel profile, and whether it stands in traffic.
    traffic
        Speeds by the hour; all legs are taken to be on main roads.
    """
    pairs = tuple(zip(profiles, slowed, strict=True))
    distinct = tuple(dict.fromkeys(pairs))
    made = _guessed(Same(travel), distinct, traffic)
    return made, tuple(distinct.index(pair) for pair in pairs)


@lru_cache(maxsize=1)
def _guessed(key: Same[Travel], distinct: tuple[tuple[int, bool], ...], traffic: Traffic) -> Travel:
    (travel,) = key.objects
    periods = len(traffic.periods())
    distance, duration = (_expanded(part) for part in (travel.distance, travel.duration))
    by_period = np.stack(
        [
            by_main_roads(duration[profile], traffic)
            if slowed
            else np.repeat(duration[None, profile], periods, axis=0).astype(np.int32)
            for profile, slowed in distinct
        ]
    )
    whole = Travel(distance[[profile for profile, _ in distinct]], duration, travel.coordinates)
    return hourly(whole, by_period, traffic)


def _expanded(part: NDArray[np.int64] | PlaneMatrix) -> NDArray[np.int64]:
    return np.asarray(part, dtype=np.int64)
