"""Travel as a server has told it, and as the crow flies, times the detour, where it has not told it yet."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from app.model.drives import Drive
from app.model.gaps import time_gaps
from app.model.kept_travel import FROM_SERVER, KeptWays, kept_travel
from app.model.scenario import Customer, Depot, Scenario, ServerKind, Settings, TravelSource, Vehicle
from app.model.shape_table import shape_table
from app.model.travel_modes import mode_of
from app.model.travel_table import UNKNOWN, Asked, travel_table
from solver.problem import Travel
from solver.roads.modes import Mode, ModeKind

OSRM_PROFILES = {
    ModeKind.CAR: "driving",
    ModeKind.VAN: "driving",
    ModeKind.TRUCK: "driving",
    ModeKind.BICYCLE: "cycling",
    ModeKind.FOOT: "walking",
}
"""What servers of OSRM call the kinds of travel; most of them have one only, and answer by that whatever is asked."""

VALHALLA_COSTINGS = {
    ModeKind.CAR: "auto",
    ModeKind.VAN: "auto",
    ModeKind.TRUCK: "truck",
    ModeKind.BICYCLE: "bicycle",
    ModeKind.FOOT: "pedestrian",
}
"""What servers of Valhalla call them."""

Kind = tuple[Asked, float]
"""Vehicles that travel alike: by what is asked for them, and at a speed while there is no answer."""


@dataclass(frozen=True, slots=True)
class Told:
    """How much of a scenario's travel a server has told.

    Parameters
    ----------
    legs
        Ordered pairs of different places, for each profile that is asked for.
    told
        Those of which something is known.
    """

    legs: int
    told: int

    @property
    def complete(self) -> bool:
        """Whether nothing is left to ask."""
        return self.told >= self.legs


def asked_for(settings: Settings, vehicle: Vehicle) -> Asked:
    """Return whom a scenario asks for the travel of a vehicle, and for which profile of that server."""
    mode = mode_of(settings, vehicle)
    if settings.server_kind is ServerKind.OSRM:
        return Asked(settings.server, OSRM_PROFILES[mode.kind])
    return Asked(settings.server, _costing(mode))


def all_asked(scenario: Scenario) -> tuple[Asked, ...]:
    """Return whom a scenario asks, once each, in the order of its vehicles."""
    return tuple(dict.fromkeys(asked_for(scenario.settings, one) for one in scenario.vehicles.values()))


def places_of(scenario: Scenario) -> NDArray[np.float64]:
    """Return the places of all depots and then all customers, shape ``(places, 2)`` in degrees."""
    holders: tuple[Depot | Customer, ...] = (*scenario.depots.values(), *scenario.customers.values())
    return np.array([(one.lat, one.lon) for one in holders], dtype=np.float64).reshape(-1, 2)


def told_of(scenario: Scenario) -> Told:
    """Return how much of a scenario's travel its server has told."""
    places, table = places_of(scenario), travel_table()
    told = [table.told(asked, places) for asked in all_asked(scenario)]
    return Told(len(told) * len(places) * (len(places) - 1), sum(told))


def told_shapes(scenario: Scenario, drives: Sequence[Drive]) -> list[NDArray[np.float64] | None]:
    """Return the shapes of drives as a server has told them, see `app.model.road_travel.leg_shapes`."""
    asked = {key: asked_for(scenario.settings, vehicle) for key, vehicle in scenario.vehicles.items()}
    told = [shape_table().get(asked[key], start, end) if key in asked else None for key, start, end in drives]
    return [shape if shape is not None and len(shape) > 1 else None for shape in told]


def told_to_keep(scenario: Scenario) -> tuple[KeptWays, ...]:
    """Return what a server has told of a scenario, for its document."""
    places, kept = places_of(scenario), []
    for asked in all_asked(scenario):
        pairs = travel_table().pairs(asked, places)
        if pairs.known.sum() > len(places):
            distance, duration = (part.astype(np.int32) for part in (pairs.distance, pairs.duration))
            kept.append(KeptWays(_digest(asked), places, distance, duration))
    return tuple(kept)


def tell_again(scenario: Scenario) -> None:
    """Take what a server told when a document was saved, as far as nothing is known that is newer."""
    if scenario.settings.travel is not TravelSource.SERVER:
        return
    for asked in all_asked(scenario):
        for kept in kept_travel().of(_digest(asked)):
            known = travel_table().pairs(asked, kept.points).known
            distance, duration = (np.where(known, UNKNOWN, part) for part in (kept.distance, kept.duration))
            if len(kept.points) <= travel_table().most_places and (duration != UNKNOWN).any():
                travel_table().put(asked, kept.points, kept.points, distance, duration)


def _digest(asked: Asked) -> str:
    return f"{FROM_SERVER}{hashlib.sha256(f'{asked.address} {asked.profile}'.encode()).hexdigest()[:32]}"


def told_until(scenario: Scenario) -> int:
    """Return a number that is another one when a server has told more of a scenario; 0 where none is asked."""
    return travel_table().revision if scenario.settings.travel is TravelSource.SERVER else 0


def kinds_of(scenario: Scenario) -> tuple[tuple[Kind, ...], tuple[int, ...]]:
    """Return how vehicles travel, once each, and which of these each vehicle has."""
    of = [(asked_for(scenario.settings, one), one.speed) for one in scenario.vehicles.values()]
    kinds = tuple(sorted(set(of), key=lambda kind: (kind[0].address, kind[0].profile, kind[1])))
    return kinds, tuple(kinds.index(one) for one in of)


def with_told(
    guess: Travel, speeds: Sequence[float], places: NDArray[np.float64], kinds: Sequence[Kind], detour: float
) -> Travel:
    """Return travel for each kind of vehicle: as it was told, and guessed where it was not.

    Parameters
    ----------
    guess
        With a profile for each speed.
    speeds
        Of these profiles, kilometres per hour.
    places
        Shape ``(places, 2)``, latitude and longitude in degrees.
    kinds
        How vehicles travel.
    detour
        For the times of legs that have no road, see `app.model.gaps`.
    """
    distance = np.stack([guess.distance[speeds.index(speed)] for _, speed in kinds])
    duration = np.stack([guess.duration[speeds.index(speed)] for _, speed in kinds])
    for profile, (asked, _) in enumerate(kinds):
        pairs = travel_table().pairs(asked, places)
        known = pairs.known
        distance[profile][known], duration[profile][known] = pairs.distance[known], pairs.duration[known]
    time_gaps(distance, duration, places, detour)
    return Travel(distance, duration, guess.coordinates)


def _costing(mode: Mode) -> str:
    """Return a costing of Valhalla with the sizes of a truck, which it knows."""
    name = VALHALLA_COSTINGS[mode.kind]
    if mode.kind is not ModeKind.TRUCK:
        return name
    sizes = {"height": mode.height, "width": mode.width, "length": mode.length, "weight": mode.weight}
    options = [f"{option}={size:g}" for option, size in sizes.items() if size > 0]
    return " ".join([name, *options, *(["hazmat=true"] if mode.hazmat else [])])
