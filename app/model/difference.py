"""What is different between two plans: vehicle by vehicle, stop by stop, and leg by leg."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import pairwise, repeat

from app.model.drives import Drive
from app.model.patch import State
from app.model.plan import Plan, PlannedRoute
from app.model.scenario import Customer, Depot, Scenario

Place = tuple[str, str]
"""Kind and id: ``("customers", "17")`` or ``("depots", "D1")``."""

Leg = tuple[Place, Place]
"""From one place to the next, in the direction of the drive."""


@dataclass(frozen=True, slots=True)
class RouteDifference:
    """What is different for one vehicle.

    Parameters
    ----------
    route
        What its route is known by.
    before, after
        Place of its route in either plan; None where it stays at home.
    came
        Customers that it serves after and not before, in the order of visit.
    went
        Customers that it serves before and not after, in the order of visit.
    shifted
        Customers that it serves in both, in another order than the rest: as few as can say what was moved.
    stayed
        How many it serves in both.
    """

    route: str
    before: int | None
    after: int | None
    came: tuple[str, ...] = ()
    went: tuple[str, ...] = ()
    shifted: tuple[str, ...] = ()
    stayed: int = 0

    @property
    def same(self) -> bool:
        """Whether the vehicle has the same stops in the same order, or none at all in both."""
        return not (self.came or self.went or self.shifted)


@dataclass(frozen=True, slots=True)
class PlanDifference:
    """What is different between two plans.

    Parameters
    ----------
    routes
        One for each vehicle that drives in one of them, in the order of the first plan, then those of the second only.
    moved
        Customers whom another vehicle serves, or who are served in one of the plans only.
    """

    routes: tuple[RouteDifference, ...]
    moved: frozenset[str]


@dataclass(frozen=True, slots=True)
class LegDifference:
    """The legs of two plans as lines on the earth.

    Parameters
    ----------
    same, before, after
        Legs that are in both, in the first only, and in the second only; one that is in both has the vehicle of the
        first.
    """

    same: tuple[Drive, ...] = ()
    before: tuple[Drive, ...] = ()
    after: tuple[Drive, ...] = ()


def plan_difference(before: Plan, after: Plan) -> PlanDifference:
    """Compare two plans vehicle by vehicle; both are settled and of one fleet, see `app.model.identity`."""
    had = {route.id: place for place, route in enumerate(before.routes)}
    has = {route.id: place for place, route in enumerate(after.routes)}
    routes = [_route(route, before.routes, had.get(route), after.routes, has.get(route)) for route in had | has]
    of_before = {stop: route.id for route in before.routes for stop in route.stops}
    of_after = {stop: route.id for route in after.routes for stop in route.stops}
    moved = {stop for stop in of_before | of_after if of_before.get(stop) != of_after.get(stop)}
    return PlanDifference(tuple(routes), frozenset(moved))


def leg_difference(before: State, after: State) -> LegDifference:
    """Compare where two plans drive; a leg is the same when it joins the same places and these lie where they lay."""
    first, second = _lines(before), _lines(after)
    same = [key for key, leg in first.items() if key in second and second[key][1:] == leg[1:]]
    shared = frozenset(same)
    return LegDifference(
        tuple(first[key] for key in same),
        tuple(leg for key, leg in first.items() if key not in shared),
        tuple(leg for key, leg in second.items() if key not in shared),
    )


def moved_places(before: Scenario, after: Scenario) -> frozenset[str]:
    """Return the customers of both scenarios who are somewhere else in the second."""
    return frozenset(
        key
        for key, one in before.customers.items()
        if (other := after.customers.get(key)) is not None and (one.lat, one.lon) != (other.lat, other.lon)
    )


def drive(vehicle: str, stops: Iterable[str], scenario: Scenario) -> tuple[Place, ...]:
    """Return where a vehicle of a type goes that visits customers, depots included."""
    places: list[Place] = [*zip(repeat("customers"), stops)]
    kind = scenario.vehicles.get(vehicle)
    if kind is not None and places:
        places.insert(0, ("depots", kind.start_depot))
        if kind.end_depot is not None:
            places.append(("depots", kind.end_depot))
    return tuple(places)


def _lines(state: State) -> dict[Leg, Drive]:
    lines: dict[Leg, Drive] = {}
    for route in state.plan.routes:
        places = drive(route.vehicle, route.stops, state.scenario)
        points = [(place, point) for place in places if (point := _point(state.scenario, place))]
        for (start, a), (end, b) in pairwise(points):
            lines[start, end] = (route.vehicle, (a.lat, a.lon), (b.lat, b.lon))
    return lines


def _point(scenario: Scenario, place: Place) -> Customer | Depot | None:
    kind, key = place
    return scenario.customers.get(key) if kind == "customers" else scenario.depots.get(key)


def _route(
    route: str,
    before: Sequence[PlannedRoute],
    first: int | None,
    after: Sequence[PlannedRoute],
    second: int | None,
) -> RouteDifference:
    had = before[first].stops if first is not None else ()
    has = after[second].stops if second is not None else ()
    kept_before, kept_after = frozenset(had), frozenset(has)
    rank = {stop: place for place, stop in enumerate(had)}
    common = [stop for stop in has if stop in kept_before]
    return RouteDifference(
        route,
        first,
        second,
        tuple(stop for stop in has if stop not in kept_before),
        tuple(stop for stop in had if stop not in kept_after),
        _out_of_order(common, [rank[stop] for stop in common]),
        len(common),
    )


def _out_of_order(stops: Sequence[str], ranks: Sequence[int]) -> tuple[str, ...]:
    """Return the fewest stops without which the ranks of the others ascend (by patience sorting)."""
    tops: list[int] = []
    ends: list[int] = []  # of the longest ascending run of each length, the place of the last
    former: list[int] = []
    for place, rank in enumerate(ranks):
        length = bisect_left(tops, rank)
        former.append(ends[length - 1] if length else -1)
        tops[length : length + 1] = [rank]
        ends[length : length + 1] = [place]
    kept: set[int] = set()
    place = ends[-1] if ends else -1
    while place >= 0:
        kept.add(place)
        place = former[place]
    return tuple(stop for place, stop in enumerate(stops) if place not in kept)
