"""Depots and customers that no road leads to: who does not get there, why, and where the nearest road is.

It asks routers, so only background threads may ask it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from enum import StrEnum

import numpy as np
from numpy.typing import NDArray

from app.language import listing, tr, trn
from app.model.changes import PLACES, Edit, set_scenario
from app.model.patch import State
from app.model.road_keys import RoadKey, road_key
from app.model.road_routers import routers
from app.model.scenario import Access, Customer, Depot, Point, Profile, Scenario, TravelSource, Vehicle
from app.model.straight import great_circle_legs
from app.model.travel import travel_of
from app.model.violations import name_of
from app.model.zone_hours import opening_of
from app.model.zones import forbidden_by_zones, inside
from solver.problem import UNREACHABLE

FAR_MOVE = 1000.0
"""Metres; a place is moved farther than this only when it is asked for by itself."""

_ROUNDS = 3
"""How often a road is looked for beside one that only some vehicles get to."""


class Obstacle(StrEnum):
    """What cuts a place off, as `solver.roads.islands.Cut` has it."""

    FAR = "far"
    ISLAND = "island"
    CLOSED = "closed"
    SURROUNDED = "surrounded"
    UNKNOWN = "unknown"  # a server or a document said only that there is no way


@dataclass(frozen=True, slots=True)
class Unreached:
    """A place that some vehicles do not get to, or not back from.

    Parameters
    ----------
    kind, id
        ``depots`` or ``customers``, and which.
    vehicles
        Ids of those who do not, though they should: rules of profiles and zones let them.
    everybody
        Whether these are all who should, other than those that do not get away from their own depots.
    obstacle
        Why, for the first of them.
    zone
        Id of the zone that closes its road; "" where none does.
    road
        Where it helps to move it: the nearest place found on a road from which everybody who should come gets
        everywhere; where there is none, one from which as many kinds of them as can be do. None where there is no such
        road, and where some vehicle gets to the place as it is.
    metres
        How far it is to that road.
    """

    kind: str
    id: str
    vehicles: tuple[str, ...]
    everybody: bool
    obstacle: Obstacle
    zone: str = ""
    road: Point | None = None
    metres: float = 0.0

    @property
    def near(self) -> bool:
        """Whether there is a road to move it to, and not a far one."""
        return self.road is not None and self.metres <= FAR_MOVE

    def sentence(self, scenario: Scenario) -> str:
        """Say it."""
        table: Mapping[str, Depot | Customer] = scenario.depots if self.kind == "depots" else scenario.customers
        names = [name_of(scenario.vehicles, key) for key in self.vehicles]
        return _SENTENCES[self.obstacle if self.zone or self.obstacle is not Obstacle.CLOSED else None].format(
            place=name_of(table, self.id),
            vehicles=tr("any vehicle") if self.everybody and len(names) > 1 else listing(names),
            zone=name_of(scenario.zones, self.zone),
        )

    def help(self) -> str:
        """Say how far it would be moved, or why it is not."""
        if self.road is not None:
            return tr("The move to a road is {metres} m.", metres=round(self.metres))
        if not self.everybody:
            return tr("Other vehicles get there, so it is not moved.")
        return tr("No road to move it to was found.")


_SENTENCES: Mapping[Obstacle | None, str] = {
    Obstacle.FAR: tr("No road is near {place} for {vehicles}."),
    Obstacle.ISLAND: tr("The road at {place} does not lead to the others, or not back, for {vehicles}."),
    Obstacle.CLOSED: tr("{zone} closes the road at {place} to {vehicles}."),
    None: tr("The road at {place} is closed to {vehicles}."),
    Obstacle.SURROUNDED: tr("Every road to {place} is closed to {vehicles}."),
    Obstacle.UNKNOWN: tr("No road leads to {place} and back for {vehicles}."),
}


def unreached(scenario: Scenario) -> tuple[Unreached, ...]:
    """Return the depots and customers of a valid scenario that cannot be reached by some vehicle that should.

    A customer that is cut off from a depot only because that is cut off itself is not named. Where travel is as the
    crow flies everything can be reached.

    Raises
    ------
    app.model.issue.ScenarioError
        If the road network cannot be read.
    """
    if scenario.settings.travel not in (TravelSource.ROADS, TravelSource.SERVER) or not scenario.customers:
        return ()
    should = _should_serve(scenario)
    found: dict[tuple[str, str], list[tuple[str, _Cut]]] = {}
    for column, vehicle in enumerate(scenario.vehicles.values()):
        if vehicle.count:
            for item, cut in _cut_off(scenario, vehicle, column, should[:, column]):
                found.setdefault(item, []).append((vehicle.id, cut))
    order = [("depots", key) for key in scenario.depots] + [("customers", key) for key in scenario.customers]
    stranded = {vehicle for (kind, _), cuts in found.items() if kind == "depots" for vehicle, _ in cuts}
    return tuple(_unreached(scenario, should, stranded, item, found[item]) for item in order if item in found)


def moved_to_roads(state: State, places: Collection[Unreached]) -> Edit:
    """Move places to the roads that were found for them; those that have none stay."""
    depots, customers = dict(state.scenario.depots), dict(state.scenario.customers)
    moved = 0
    for one in places:
        if one.road is None:
            continue
        lat, lon = (round(value, PLACES) for value in one.road)
        if one.kind == "depots" and one.id in depots:
            depots[one.id] = replace(depots[one.id], lat=lat, lon=lon)
        elif one.kind == "customers" and one.id in customers:
            customers[one.id] = replace(customers[one.id], lat=lat, lon=lon)
        else:
            continue
        moved += 1
    name = trn("Move {number} place to the nearest road", "Move {number} places to the nearest road", moved)
    return set_scenario(state, replace(state.scenario, depots=depots, customers=customers), name)


@dataclass(frozen=True, slots=True)
class _Cut:
    """Why one vehicle does not get to a place."""

    obstacle: Obstacle
    road: Point | None = None
    metres: float = 0.0


def _should_serve(scenario: Scenario) -> NDArray[np.bool_]:
    """Shape ``(customers, vehicles)``: whom no profile and no zone keeps from whom."""
    none = Profile("")
    rules = [scenario.profiles.get(one.profile, none) for one in scenario.customers.values()]
    by_profile = [[one.rule(key).access is not Access.FORBIDDEN for key in scenario.vehicles] for one in rules]
    return np.array(by_profile, dtype=np.bool_) & ~forbidden_by_zones(scenario) & ~opening_of(scenario).shut


def _cut_off(
    scenario: Scenario, vehicle: Vehicle, column: int, should: NDArray[np.bool_]
) -> Iterator[tuple[tuple[str, str], _Cut]]:
    """Yield the places that one vehicle does not get to, or not back from."""
    made = travel_of(scenario)
    distance = made.travel.distance[made.profiles[column]]
    depots, first = list(scenario.depots), len(scenario.depots)
    start = depots.index(vehicle.start_depot)
    missing = np.asarray(distance[start, first:] >= UNREACHABLE)
    homes = {vehicle.start_depot}
    if vehicle.end_depot is not None:
        missing = missing | np.asarray(distance[first:, depots.index(vehicle.end_depot)] >= UNREACHABLE)
        homes.add(vehicle.end_depot)
    missing = missing & should
    if not missing.any():
        return
    customers = list(scenario.customers.values())
    items: list[Depot | Customer] = [scenario.depots[key] for key in sorted(homes)]
    items += [customers[at] for at in np.flatnonzero(missing)]
    cuts = _cuts(scenario, vehicle.id, [(one.lat, one.lon) for one in items])
    at_home = any(cut is not None for cut in cuts[: len(homes)])
    for item, cut in zip(items, cuts, strict=True):
        if cut is not None:
            yield ("depots" if isinstance(item, Depot) else "customers", item.id), cut
        elif isinstance(item, Customer) and not at_home:
            yield ("customers", item.id), _Cut(Obstacle.UNKNOWN)


def _cuts(scenario: Scenario, vehicle: str, places: Sequence[Point]) -> list[_Cut | None]:
    """Return why a vehicle does not get to places; None where a router knows of nothing."""
    key: RoadKey | None = None
    if scenario.settings.travel is TravelSource.ROADS:
        key = road_key(scenario, vehicle)
    router = routers().router(key) if key is not None else None
    if router is None:
        return [None] * len(places)
    return [
        None if one is None else _Cut(Obstacle(str(one.cut)), one.place, float(one.distance))
        for one in router.cut_off(np.array(places, dtype=np.float64))
    ]


def _unreached(
    scenario: Scenario,
    should: NDArray[np.bool_],
    stranded: Collection[str],
    item: tuple[str, str],
    found: Sequence[tuple[str, _Cut]],
) -> Unreached:
    kind, key = item
    vehicles, first = tuple(vehicle for vehicle, _ in found), found[0][1]
    wanted = {one.id for one in scenario.vehicles.values() if one.count}
    if kind == "customers":
        row = list(scenario.customers).index(key)
        wanted &= {one for one, may in zip(scenario.vehicles, should[row], strict=True) if may}
    else:
        wanted &= {one.id for one in scenario.vehicles.values() if key in (one.start_depot, one.end_depot)}
    zone = _closing(scenario, vehicles[0], item) if first.obstacle is Obstacle.CLOSED else ""
    everybody = wanted <= {*vehicles, *(stranded if kind == "customers" else ())}
    road, metres = _road(scenario, item, wanted, [cut for _, cut in found]) if everybody else (None, 0.0)
    return Unreached(kind, key, vehicles, everybody, first.obstacle, zone, road, metres)


def _road(
    scenario: Scenario, item: tuple[str, str], wanted: Collection[str], found: Sequence[_Cut]
) -> tuple[Point | None, float]:
    """Return the nearest place found that all who should come get to, or else most of their kinds, and its metres.

    The nearest road of each is tried, then the road of another beside that. A place that all share is never nearer
    than the nearest road of the one that has the fewest, so that one is most often it.
    """
    ahead = {cut.road: cut.metres for cut in found if cut.road is not None}
    if not ahead:
        return None, 0.0
    place = _place(scenario, item)
    kinds = list({road_key(scenario, vehicle): vehicle for vehicle in sorted(wanted)}.values())
    tried: dict[Point, tuple[int, float]] = {}
    for _ in range(_ROUNDS):
        beside: dict[Point, float] = {}
        for point, metres in ahead.items():
            lost = [cut for kind in kinds for cut in _cuts(scenario, kind, [point]) if cut is not None]
            tried[point] = (len(lost), metres)
            for cut in lost:
                if cut.road is not None:
                    beside[cut.road] = float(great_circle_legs(np.array([place]), np.array([cut.road]))[0])
        if any(not lost for lost, _ in tried.values()):
            break
        ahead = {point: metres for point, metres in beside.items() if point not in tried}
    best = min(tried, key=lambda point: tried[point])
    lost_there, metres = tried[best]
    return (best, metres) if lost_there < len(kinds) else (None, 0.0)


def _place(scenario: Scenario, item: tuple[str, str]) -> Point:
    kind, key = item
    one = scenario.depots[key] if kind == "depots" else scenario.customers[key]
    return one.lat, one.lon


def _closing(scenario: Scenario, vehicle: str, item: tuple[str, str]) -> str:
    """Return the zone that a place lies in and that closes its roads to a vehicle; "" where it lies beside one."""
    point = np.array([_place(scenario, item)])
    for zone in scenario.zones.values():
        closed = zone.pace == 0 or vehicle in zone.forbidden
        if closed and len(zone.ring) > 2 and bool(inside(zone.ring, point, plane=False)[0]):
            return zone.id
    return ""
