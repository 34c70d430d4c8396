"""The vehicles of a scenario one by one: what each is called, what stands for it on the map, and who stays at home."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from itertools import accumulate

from app.model.patch import State
from app.model.plan import PlannedRoute
from app.model.scenario import Scenario, Vehicle

SPAN = 29
"""Colours that a type takes at most before the next one begins: of some types there are as many as one likes, and these
begin at other colours of the palette, whose length has no factor in common with this."""


class Fleet:
    """Says of each vehicle what the screen needs to tell it from others; it depends on the scenario's vehicles alone.

    Parameters
    ----------
    vehicles
        Types by id, in their order.
    """

    def __init__(self, vehicles: Mapping[str, Vehicle]) -> None:
        self._vehicles = vehicles
        counts = [min(vehicle.count, SPAN) for vehicle in vehicles.values()]
        self._firsts = dict(zip(vehicles, accumulate(counts, initial=0), strict=False))
        self._letters = _letters(vehicles)
        self._joint = "-" if any(letters[-1:].isdigit() for letters in self._letters.values()) else ""

    @classmethod
    def of(cls, scenario: Scenario) -> Fleet:
        """Return the fleet of a scenario."""
        return cls(scenario.vehicles)

    def label(self, vehicle: str, number: int) -> str:
        """Return what a vehicle is called, by its type and which of the type it is; see `label`."""
        return label(self._vehicles.get(vehicle), vehicle, number)

    def badge(self, vehicle: str, number: int) -> str:
        """Return what stands for a vehicle where there is little room: its number, after letters of its type.

        The letters are left out where the scenario has one type of vehicle, the number where there is one of the type.
        """
        kind, letters = self._vehicles.get(vehicle), self._letters.get(vehicle, "")
        if kind is not None and kind.count == 1 and letters:
            return letters
        return f"{letters}{self._joint}{number}" if letters else str(number)

    def colour(self, vehicle: str, number: int) -> int:
        """Return the place of a vehicle in the palette of routes, see `app.map.palette`."""
        return self._firsts.get(vehicle, 0) + number - 1


def label(vehicle: Vehicle | None, key: str, number: int) -> str:
    """Return what a vehicle is called: the name of its type, numbered when there are several of it.

    Parameters
    ----------
    vehicle, key
        The type, None when it is gone, and its id.
    number
        Which of the type, from 1.
    """
    name = vehicle.name if vehicle and vehicle.name else key
    return f"{name} {number}" if vehicle is None or vehicle.count > 1 else name


def label_of(scenario: Scenario, route: PlannedRoute) -> str:
    """Return what the vehicle of a route is called."""
    return label(scenario.vehicles.get(route.vehicle), route.vehicle, route.number)


def labels(state: State) -> list[str]:
    """Return what the vehicle of each route of a plan is called."""
    return [label_of(state.scenario, route) for route in state.plan.routes]


def idle(state: State, vehicle: str, without: Iterable[str] = ()) -> list[int]:
    """Return which vehicles of a type would have no route if some customers left theirs, by number."""
    gone = frozenset(without)
    used = {
        route.number
        for route in state.plan.routes
        if route.vehicle == vehicle and any(stop not in gone for stop in route.stops)
    }
    return [number for number in range(1, state.scenario.vehicles[vehicle].count + 1) if number not in used]


def _letters(vehicles: Mapping[str, Vehicle]) -> dict[str, str]:
    """Return as few letters of each type's name as tell it from the types before it; none where there is one type."""
    if len(vehicles) < 2:
        return {}
    taken: dict[str, str] = {}
    for key, vehicle in vehicles.items():
        letters = next((one for one in _shortened(vehicle.name or key) if one not in taken), key)
        taken[letters] = key
    return {key: letters for letters, key in taken.items()}


def _shortened(name: str) -> Iterator[str]:
    """Yield short forms of a name: the first letters of its words, then more and more of the last word."""
    words = [kept for word in name.split() if (kept := "".join(filter(str.isalnum, word)))] or [name]
    first, last = "".join(word[0] for word in words[:-1]).upper(), words[-1]
    for length in range(1, len(last) + 1):
        yield first + last[:1].upper() + last[1:length]
