"""What a new row of a table starts as."""

from __future__ import annotations

from typing import Any

from app.model.changes import PLACES
from app.model.scenario import Customer, Depot, Profile, Scenario, Vehicle, Zone


def new_item(kind: str, key: str, scenario: Scenario, at: tuple[float, float] | None = None) -> Any:
    """Return an item as a new row starts.

    Parameters
    ----------
    kind
        One of the tables.
    key
        Its id.
    scenario
        Says which depot and how many dimensions there are.
    at
        Latitude and longitude; the middle of the places that there are when left out.
    """
    zeros = (0.0,) * len(scenario.settings.dimensions)
    depot = next(iter(scenario.depots), "")
    lat, lon = (round(degrees, PLACES) for degrees in at or _middle(scenario))
    if kind == "depots":
        return Depot(key, lat=lat, lon=lon)
    if kind == "vehicles":
        return Vehicle(key, capacity=tuple(100.0 for _ in zeros), start_depot=depot, end_depot=depot)
    if kind == "customers":
        return Customer(key, lat=lat, lon=lon, demand=zeros, pickup=zeros, service=5 * 60)
    if kind == "profiles":
        return Profile(key)
    return Zone(key, ring=_square(lat, lon))


def _middle(scenario: Scenario) -> tuple[float, float]:
    places: list[Depot] | list[Customer] = [*scenario.depots.values()] or [*scenario.customers.values()]
    if not places:
        return 0.0, 0.0
    return sum(one.lat for one in places) / len(places), sum(one.lon for one in places) / len(places)


def _square(lat: float, lon: float) -> tuple[tuple[float, float], ...]:
    half = 0.005  # degrees: some hundred metres, to be reshaped by the user
    return ((lat - half, lon - half), (lat - half, lon + half), (lat + half, lon + half), (lat + half, lon - half))
