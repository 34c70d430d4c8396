"""From a scenario, in the dispatcher's words and units, to the arrays that the solver takes. Ids stay as they are."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np
from numpy.typing import NDArray

from app.model.scenario import Access, Customer, Profile, Scenario
from app.model.travel import travel_of
from app.model.validate import ScenarioError, issues_of
from app.model.zone_hours import Opening, opening_of
from app.model.zones import forbidden_by_zones
from solver.problem import ALONE, OPEN, UNLIMITED, Backhauls, Clients, Depots, Locks, Problem, Published, VehicleTypes

LOAD_SCALE = 1000
"""Load units of the solver in one of the user's."""

IntArray = NDArray[np.int64]


def compile_scenario(scenario: Scenario) -> Problem:
    """Return the solver's problem; its clients, vehicle types and depots have the ids and the order of the scenario.

    Raises
    ------
    app.model.validate.ScenarioError
        If anything is wrong in the scenario; it lists all issues.
    """
    issues = issues_of(scenario)
    if issues:
        raise ScenarioError(issues)
    travel, opening = travel_of(scenario), opening_of(scenario)
    return Problem(
        name=scenario.settings.name,
        travel=travel.travel,
        depots=_depots(scenario),
        clients=_clients(scenario, opening),
        vehicles=_vehicles(scenario, travel.profiles, opening),
        locks=Locks.none(len(scenario.customers)),
        published=Published.none(len(scenario.customers)),
    )


def _depots(scenario: Scenario) -> Depots:
    depots = scenario.depots.values()
    return Depots(
        ids=tuple(scenario.depots),
        location=np.arange(len(depots), dtype=np.int64),
        opening=_ints(one.hours[0] for one in depots),
        closing=_ints(one.hours[1] for one in depots),
    )


def _clients(scenario: Scenario, opening: Opening) -> Clients:
    customers = list(scenario.customers.values())
    dims = len(scenario.settings.dimensions)
    first = len(scenario.depots)
    rules = _ProfileTables(scenario, customers)
    service = _ints(one.service for one in customers)
    return Clients(
        ids=tuple(scenario.customers),
        location=np.arange(first, first + len(customers), dtype=np.int64),
        delivery=_loads((one.demand for one in customers), dims),
        pickup=_loads((one.pickup for one in customers), dims),
        service=np.rint(service[:, None] * rules.service_factor).astype(np.int64),
        windows=opening.windows,
        release=np.zeros(len(customers), dtype=np.int64),
        required=np.array([one.required for one in customers], dtype=np.bool_),
        prize=np.array([one.priority for one in customers], dtype=np.float64) * scenario.settings.priority_value,
        group=np.full(len(customers), ALONE, dtype=np.int64),
        allowed=rules.allowed & ~forbidden_by_zones(scenario) & ~opening.shut,
        preference=rules.preference,
    )


class _ProfileTables:
    """What profiles say, per customer and vehicle; each array has the shape ``(customers, vehicles)``."""

    def __init__(self, scenario: Scenario, customers: Sequence[Customer]):
        none = Profile("")
        row = {key: index + 1 for index, key in enumerate(scenario.profiles)}
        of = np.array([row.get(one.profile, 0) for one in customers], dtype=np.intp)
        rules = [
            [profile.rule(vehicle) for vehicle in scenario.vehicles] for profile in (none, *scenario.profiles.values())
        ]
        weight = np.array([[r.weight if r.access is Access.PREFERRED else 0.0 for r in line] for line in rules])
        # A customer pays for what it misses: the favourite costs nothing, so no plan gains by a visit.
        self.preference = (weight.max(axis=1, keepdims=True) - weight)[of]
        self.allowed = np.array([[r.access is not Access.FORBIDDEN for r in line] for line in rules])[of]
        self.service_factor = np.array([[r.service_factor for r in line] for line in rules])[of]


def _vehicles(scenario: Scenario, profiles: Sequence[int], opening: Opening) -> VehicleTypes:
    vehicles = scenario.vehicles.values()
    depot = {key: index for index, key in enumerate(scenario.depots)}
    return VehicleTypes(
        ids=tuple(scenario.vehicles),
        count=_ints(one.count for one in vehicles),
        capacity=_loads((one.capacity for one in vehicles), len(scenario.settings.dimensions)),
        start_depot=_ints(depot[one.start_depot] for one in vehicles),
        end_depot=_ints(OPEN if one.end_depot is None else depot[one.end_depot] for one in vehicles),
        shift_start=_ints(one.shift[0] for one in vehicles),
        shift_end=_ints(one.shift[1] for one in vehicles),
        fixed_cost=np.array([one.fixed_cost for one in vehicles], dtype=np.float64),
        distance_cost=np.array([one.cost_per_km for one in vehicles], dtype=np.float64) / 1000,
        duration_cost=np.array([one.cost_per_hour for one in vehicles], dtype=np.float64) / 3600,
        max_distance=_ints(
            UNLIMITED if one.max_distance is None else round(one.max_distance * 1000) for one in vehicles
        ),
        max_duration=_ints(UNLIMITED if one.max_duration is None else one.max_duration for one in vehicles),
        max_stops=np.full(len(vehicles), UNLIMITED, dtype=np.int64),
        profile=_ints(profiles),
        window_profile=opening.profile,
        max_trips=np.ones(len(vehicles), dtype=np.int64),
        reload_depot=np.full(len(vehicles), OPEN, dtype=np.int64),
        backhauls=np.full(len(vehicles), Backhauls.MIXED, dtype=np.int64),
    )


def _ints(values: Iterable[int]) -> IntArray:
    return np.fromiter(values, dtype=np.int64)


def _loads(loads: Iterable[tuple[float, ...]], dims: int) -> IntArray:
    rows = [load or (0.0,) * dims for load in loads]
    return np.rint(np.array(rows, dtype=np.float64).reshape(-1, dims) * LOAD_SCALE).astype(np.int64)
